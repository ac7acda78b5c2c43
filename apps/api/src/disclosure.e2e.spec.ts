import { LogUnavailable, type EventLog } from '@guitu/event-log';
import { migrate, openReadModels, type ReadModels } from '@guitu/read-models';
import { recordedOf } from '@guitu/history';
import { directory } from '../../../libs/rescue/src/testing/agencies';
import { freshDatabase, serverOfOnesOwn } from '../../../test/support/database-for-tests';
import { apiForSpecs, freshKey, sendRaw, type ApiForSpecs, type RawAnswer } from './testing/api-for-specs';

let server: Awaited<ReturnType<typeof serverOfOnesOwn>>;
let readModels: ReadModels;
let api: ApiForSpecs;
let caseId = '';
let auditFails = false;
const idNumber = '34112619600312032X';

const around = (log: EventLog): EventLog => ({
  read: (stream, options) => log.read(stream, options),
  readAll: (after, limit) => log.readAll(after, limit),
  head: () => log.head(),
  close: () => log.close(),
  append: (stream, version, records) => {
    if (auditFails && stream.startsWith('audit-')) return Promise.reject(new LogUnavailable('unreachable', 'the disk is full'));
    return log.append(stream, version, records);
  },
});

beforeAll(async () => {
  server = await serverOfOnesOwn({});
  const { superuserUrl } = await freshDatabase(server.superuserUrl);
  await migrate({ url: superuserUrl, steps: [] });
  readModels = await openReadModels({ url: superuserUrl, poolSize: 3 });
  await readModels.prepare();
  api = await apiForSpecs({ directory, now: '2020-10-12T08:00:00+08:00', readModels, around });
  caseId = await openCase();
  await api.project();
}, 120_000);
afterAll(async () => {
  await api?.close();
  await readModels?.close();
  await server?.stop();
});
afterEach(() => void (auditFails = false));

type Who = Readonly<{ agency?: string; user?: string; role?: 'staff' | 'auditor' | 'registrar'; purpose?: string }>;
const headersOf = async ({ purpose, ...who }: Who): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await api.token(who)}`,
  'content-type': 'application/json',
  'idempotency-key': freshKey(),
  ...(purpose === undefined ? {} : { 'guitu-purpose': purpose }),
});
const post = async (path: string, body: object, who: Who = {}): Promise<RawAnswer> =>
  sendRaw(api.url, { method: 'POST', path: `/v1/${path}`, headers: await headersOf(who), body: JSON.stringify(body) });
const get = async (path: string, who: Who = {}): Promise<RawAnswer> =>
  sendRaw(api.url, { method: 'GET', path: `/v1/${path}`, headers: await headersOf(who) });

async function openCase(): Promise<string> {
  const data = {
    place: { division: '320585', text: '太仓市上海路' },
    source: 'POLICE_PATROL',
    apparentSex: 'MALE',
    apparentAgeBand: 'FROM_19_TO_59',
    conditions: [],
    claims: { name: '赵根生' },
  };
  return String((await post('cases/record-encounter', { data })).body['caseId']);
}

type Told = Readonly<{
  type: string;
  by: string;
  requestId: string;
  rule: string;
  purpose: string;
  count: number;
  streams: readonly string[];
}>;
/** Everything that the audit trail holds of one request. */
async function recordedOfRequest({ headers }: RawAnswer): Promise<readonly Told[]> {
  const records = (await api.log.readAll(0n, 1_000))
    .filter(({ stream }) => stream.startsWith('audit-'))
    .map((record) => recordedOf(record));
  return records
    .map(({ type, meta, data }) => ({ type, by: meta.by, ...data }) as unknown as Told)
    .filter(({ requestId }) => requestId === headers['request-id']);
}

const auditor = { agency: 'ministry', role: 'auditor' } as const;
const timeline = () => `cases/${caseId}/timeline`;

describe('whoever reads personal values', () => {
  it('is recorded with agency, purpose, rule and request, once for a page', async () => {
    const answer = await get(timeline());
    expect(answer.text).toContain('赵根生');
    expect(await recordedOfRequest(answer)).toMatchObject([
      { type: 'PersonalDataRead', by: 'taicang-police', purpose: 'CASE_HANDLING', rule: 'participant', streams: [`case-${caseId}`] },
    ]);
  });

  it('is not recorded where no personal value is asked for', async () => {
    expect(await recordedOfRequest(await get(`cases/${caseId}`))).toEqual([]);
  });

  it('says what for, when an auditor, with a purpose of the closed list', async () => {
    const refused = await get(timeline(), auditor);
    expect([refused.status, refused.body['code'], refused.body['errors']]).toEqual([
      400,
      'purpose-required',
      [expect.objectContaining({ pointer: 'Guitu-Purpose' })],
    ]);
    expect((await get(timeline(), { ...auditor, purpose: 'CURIOSITY' })).body['code']).toBe('purpose-invalid');
    expect((await get(timeline(), { ...auditor, purpose: 'CASE_HANDLING' })).body['code']).toBe('purpose-invalid');
    expect((await get(timeline(), { purpose: 'AUDIT' })).body['code']).toBe('purpose-invalid');
    const answer = await get(timeline(), { ...auditor, purpose: 'AUDIT' });
    expect(answer.text).toContain('赵根生');
    expect(await recordedOfRequest(answer)).toMatchObject([{ by: 'ministry', purpose: 'AUDIT', rule: 'auditor' }]);
  });

  it('is shown nothing while the record cannot be written', async () => {
    auditFails = true;
    const { rows } = (await get(`cases/${caseId}/custody`)).body as { rows: object[] };
    expect(rows).toHaveLength(1);
    for (const path of [timeline(), `cases/${caseId}/events/${await firstEvent()}`]) {
      const answer = await get(path);
      expect([answer.status, answer.body['code'], answer.headers['retry-after']]).toEqual([503, 'audit-unavailable', '1']);
      expect(answer.text).not.toContain('赵根生');
    }
    const search = await post('searches', { kind: 'alias', value: '赵根生' });
    expect([search.status, search.body['code']]).toEqual([503, 'audit-unavailable']);
  });

  const firstEvent = async (): Promise<string> => (await api.log.read(`case-${caseId}`))[0]!.id;
});

describe('who read of a case', () => {
  it('is told to its parties and to auditors, in the order of the log and without a value', async () => {
    const own = await openCase();
    await api.project();
    const read = await get(`cases/${own}/timeline`);
    await get(`cases/${own}/timeline`, { ...auditor, purpose: 'COMPLAINT' });
    await api.project();
    const told = await get(`cases/${own}/disclosures`);
    const shown = { caseId: own, outcome: 'SHOWN', stream: `case-${own}` };
    expect(told.body['rows']).toMatchObject([
      { ...shown, agency: 'taicang-police', purpose: 'CASE_HANDLING', rule: 'participant', requestId: read.headers['request-id'] },
      { ...shown, agency: 'ministry', purpose: 'COMPLAINT', rule: 'auditor' },
    ]);
    expect(told.text).not.toContain('赵根生');
    expect((await get(`cases/${own}/disclosures`, auditor)).body['rows']).toHaveLength(2);
    expect((await get(`cases/${own}/disclosures`, { agency: 'wuxi-station' })).status).toBe(404);
    const { rows, next } = (await get(`cases/${own}/disclosures?limit=1`)).body as { rows: object[]; next: string };
    const rest = (await get(`cases/${own}/disclosures?limit=1&cursor=${next}`)).body as { rows: object[] };
    expect([...rows, ...rest.rows]).toEqual(told.body['rows']);
  });

  it('is the same when the rows are made again from the log', async () => {
    const { differing, rows } = await readModels.verify(api.log);
    expect(differing).toBe(0);
    expect(rows['disclosure']).toBeGreaterThan(2);
  });
});

describe('a look-up', () => {
  beforeAll(async () => {
    const stream = `case-${caseId}`;
    const [subject] = await api.parts.keyring.subjectsOf(stream);
    await api.blindIndex.put([
      { kind: 'id-number', value: idNumber, subject: subject!.subject, stream },
      { kind: 'alias', value: '赵根生', subject: subject!.subject, stream },
    ]);
  });

  it('finds the cases of the caller, however the value is written, and is recorded without it', async () => {
    for (const value of [idNumber, idNumber.toLowerCase(), ` ${idNumber.slice(0, 6)} ${idNumber.slice(6)}`]) {
      const answer = await post('searches', { kind: 'id-number', value });
      expect([answer.status, answer.body]).toEqual([200, { cases: [{ caseId }], more: false }]);
      const told = await recordedOfRequest(answer);
      expect(told).toMatchObject([{ type: 'PersonalDataSearched', kind: 'id-number', count: 1, streams: [`case-${caseId}`] }]);
    }
    const records = await api.log.readAll(0n, 1_000);
    for (const { envelope } of records) expect(Buffer.from(envelope).toString('utf8')).not.toContain(idNumber);
    expect(JSON.stringify(api.logged)).not.toContain(idNumber);
  });

  it('answers a stranger as it does when there is nobody', async () => {
    const theirs = await post('searches', { kind: 'id-number', value: idNumber }, { agency: 'wuxi-station' });
    const nobody = await post('searches', { kind: 'alias', value: '无此人' }, { agency: 'wuxi-station' });
    expect([theirs.status, theirs.text]).toEqual([nobody.status, nobody.text]);
    expect(theirs.body).toEqual({ cases: [], more: false });
    expect(await recordedOfRequest(theirs)).toMatchObject([{ type: 'PersonalDataSearched', by: 'wuxi-station', count: 0, streams: [] }]);
  });

  it('wants a purpose of an auditor', async () => {
    expect((await post('searches', { kind: 'alias', value: '赵根生' }, auditor)).body['code']).toBe('purpose-required');
    const answer = await post('searches', { kind: 'alias', value: '赵根生' }, { ...auditor, purpose: 'COMPLAINT' });
    expect(answer.body['cases']).toEqual([{ caseId }]);
  });

  it.each<readonly [body: Readonly<{ kind: string; value?: string }>, pointer: string, rule: string]>([
    [{ kind: 'id-number', value: '341126196003120323' }, '/value', 'id-number'],
    [{ kind: 'phone', value: 'call me' }, '/value', 'phone'],
    [{ kind: 'alias', value: ' ' }, '/value', 'required'],
    [{ kind: 'alias', value: '长'.repeat(101) }, '/value', 'too-long'],
    [{ kind: 'face', value: 'x' }, '/kind', 'enum'],
    [{ kind: 'alias' }, '/value', 'required'],
  ])('is refused with field and rule and never the value: %j', async (body, pointer, rule) => {
    const answer = await post('searches', body);
    expect([answer.status, answer.body['code'], answer.body['errors']]).toEqual([
      400,
      'validation-failed',
      [expect.objectContaining({ pointer, rule })],
    ]);
    if (body.value !== undefined && body.value.trim().length > 1) expect(answer.text).not.toContain(body.value);
  });

  it('has no form in which the value stands in an address', async () => {
    const asked = await get(`searches?kind=id-number&value=${idNumber}`);
    expect([asked.status, asked.headers['allow']]).toEqual([405, 'POST']);
    expect(asked.text).not.toContain(idNumber);
    const both = await post(`searches?value=${idNumber}`, { kind: 'id-number', value: idNumber });
    expect([both.status, both.body['code']]).toEqual([400, 'unknown-parameter']);
    expect(both.text).not.toContain(idNumber);
    expect((await post('searches', { kind: 'alias', value: 'x', also: 1 })).body['code']).toBe('unknown-field');
  });

  it('does not find whose erasure was confirmed, although the row of the index is there', async () => {
    const own = await openCase();
    const stream = `case-${own}`;
    const [subject] = await api.parts.keyring.subjectsOf(stream);
    await api.blindIndex.put([{ kind: 'alias', value: '陈某某', subject: subject!.subject, stream }]);
    const search = async (): Promise<unknown> => (await post('searches', { kind: 'alias', value: '陈某某' })).body['cases'];
    expect(await search()).toEqual([{ caseId: own }]);
    const erasure = { erasureId: 'e1', persons: ['person'], classes: ['identity'], reason: 'UNLAWFUL', legalBasis: 'PIPL-47-1-4' };
    await post(`privacy/${own}/decide-erasure`, { data: erasure }, { user: 'P-1' });
    expect(await search()).toEqual([{ caseId: own }]);
    await post(`privacy/${own}/confirm-erasure`, { data: { erasureId: 'e1' } }, { user: 'P-2' });
    expect(await search()).toEqual([]);
    await api.project();
    const shown = await get(`cases/${own}/timeline`);
    expect(shown.text).not.toContain('赵根生');
    expect(shown.text).toContain('"name":{"erased":true}');
  });
});
