import { migrate, openReadModels, type ReadModels } from '@guitu/read-models';
import { directory } from '../../../libs/rescue/src/testing/agencies';
import { freshDatabase, serverOfOnesOwn } from '../../../test/support/database-for-tests';
import { apiForSpecs, freshKey, sendRaw, type ApiForSpecs, type RawAnswer } from './testing/api-for-specs';

let server: Awaited<ReturnType<typeof serverOfOnesOwn>>;
let readModels: ReadModels;
let api: ApiForSpecs;
let caseId: string;

beforeAll(async () => {
  server = await serverOfOnesOwn({});
  const { superuserUrl } = await freshDatabase(server.superuserUrl);
  await migrate({ url: superuserUrl, steps: [] });
  readModels = await openReadModels({ url: superuserUrl, poolSize: 3 });
  await readModels.prepare();
  api = await apiForSpecs({ directory, now: '2020-10-12T08:00:00+08:00', readModels });
  const data = {
    place: { division: '320585', text: '太仓市上海路' },
    source: 'POLICE_PATROL',
    apparentSex: 'MALE',
    apparentAgeBand: 'FROM_19_TO_59',
    conditions: [],
  };
  caseId = String((await post('cases/record-encounter', data)).body['caseId']);
}, 120_000);
afterAll(async () => {
  await api?.close();
  await readModels?.close();
  await server?.stop();
});

type Who = Readonly<{ agency?: string; user?: string; role?: 'staff' | 'auditor' }>;
const headersOf = async (who: Who): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await api.token(who)}`,
  'content-type': 'application/json',
  'idempotency-key': freshKey(),
});
const post = async (path: string, data: object, who: Who = {}): Promise<RawAnswer> =>
  sendRaw(api.url, { method: 'POST', path: `/v1/${path}`, headers: await headersOf(who), body: JSON.stringify({ data }) });
const get = async (path: string, who: Who = {}): Promise<RawAnswer> =>
  sendRaw(api.url, { method: 'GET', path: `/v1/${path}`, headers: await headersOf(who) });
const told = ({ status, body }: RawAnswer): readonly unknown[] => [status, body['code']];

const stranger = { agency: 'wuxi-station' };
const bureau = { agency: 'taicang-civil-affairs' };
const hold = { holdId: 'h1', reason: 'CRIMINAL_CASE', legalBasis: 'CPL-54' };
const erasure = { erasureId: 'e1', persons: ['person'], classes: ['identity'], reason: 'UNLAWFUL', legalBasis: 'PIPL-47-1-4' };
const nobodysCase = 'a0000000-0000-5000-8000-000000000000';

describe('the personal data of a case over HTTP', () => {
  it('an agency that has no part in the case gets the same answer as for a case that does not exist', async () => {
    expect(told(await post(`privacy/${caseId}/place-legal-hold`, hold, stranger))).toEqual([404, 'not-found']);
    expect(told(await post(`privacy/${nobodysCase}/place-legal-hold`, hold, stranger))).toEqual([404, 'not-found']);
    expect(told(await post(`privacy/${nobodysCase}/place-legal-hold`, hold))).toEqual([404, 'not-found']);
    expect(told(await get(`privacy/${caseId}`, stranger))).toEqual([404, 'not-found']);
  });
  it('is not there before the first decision', async () => expect(told(await get(`privacy/${caseId}`))).toEqual([404, 'not-found']));
  it('nothing but an opening step comes first', async () =>
    expect(told(await post(`privacy/${caseId}/confirm-erasure`, { erasureId: 'e1' }))).toEqual([404, 'not-found']));
  it('is decided by who answers for the case, under the id of the case', async () => {
    const answer = await post(`privacy/${caseId}/place-legal-hold`, hold);
    expect([answer.status, answer.body['privacyId'], answer.headers['location']]).toEqual([201, caseId, `/v1/privacy/${caseId}`]);
    expect(told(await post(`privacy/${caseId}/decide-erasure`, erasure))).toEqual([409, 'PRV-HELD']);
    const lift = { holdId: 'h1', reason: 'MATTER_CLOSED', legalBasis: 'CPL-54' };
    expect((await post(`privacy/${caseId}/lift-legal-hold`, lift)).status).toBe(201);
  });
  it('an auditor reads it and decides nothing', async () => {
    expect((await get(`privacy/${caseId}`, { agency: 'ministry', role: 'auditor' })).status).toBe(200);
    expect((await post(`privacy/${caseId}/place-legal-hold`, hold, { agency: 'ministry', role: 'auditor' })).status).toBe(403);
  });
  it('a second person confirms; the same one is refused', async () => {
    expect((await post(`privacy/${caseId}/decide-erasure`, erasure, { user: 'P-1' })).status).toBe(201);
    const confirm = (user: string): Promise<RawAnswer> => post(`privacy/${caseId}/confirm-erasure`, { erasureId: 'e1' }, { user });
    expect(told(await confirm('P-1'))).toEqual([409, 'PRV-SAME-USER']);
    expect((await confirm('P-2')).status).toBe(201);
  });
  it('an agency that was asked to confirm knows of it from then on, and of the case no more than before', async () => {
    const station = { agency: 'taicang-station' };
    const request = { arrivalMode: 'SELF', causes: ['LOST'], assistanceStatus: 'UNKNOWN' };
    const own = String((await post('cases/register-help-request', request, station)).body['caseId']);
    expect((await post(`privacy/${own}/decide-erasure`, erasure, station)).status).toBe(201);
    expect((await get(`privacy/${own}`, bureau)).status).toBe(404);
    await post(`privacy/${own}/withdraw-erasure`, { erasureId: 'e1', reason: 'GROUND_GONE' }, station);
    const asked = { ...erasure, erasureId: 'e2', confirmer: bureau.agency };
    expect((await post(`privacy/${own}/decide-erasure`, asked, station)).status).toBe(201);
    expect((await get(`privacy/${own}`, bureau)).status).toBe(200);
    expect((await get(`cases/${own}`, bureau)).status).toBe(404);
    expect((await post(`privacy/${own}/confirm-erasure`, { erasureId: 'e2' }, bureau)).status).toBe(201);
  });
  it('a clause has a form that no name fits into, and every fault is told', async () => {
    const answer = await post(`privacy/${caseId}/place-legal-hold`, { ...hold, holdId: 'h2', legalBasis: '张三要求' });
    expect(told(answer)).toEqual([400, 'validation-failed']);
    expect(answer.body['faults'] ?? answer.body['errors']).toMatchObject([{ pointer: '/data/legalBasis' }]);
  });
});

describe('an erasure over HTTP', () => {
  it('is listed before by what it would destroy, also before anything was decided, to parties of the case alone', async () => {
    const data = {
      place: { division: '320585', text: '太仓市上海路' },
      ...{ source: 'POLICE_PATROL', apparentSex: 'MALE', apparentAgeBand: 'FROM_19_TO_59', conditions: [] },
    };
    const own = String((await post('cases/record-encounter', data)).body['caseId']);
    await api.project();
    const all = await get(`privacy/${own}/erasure-plan`);
    expect([all.status, all.body]).toMatchObject([200, { caseId: own, held: false, underWay: null, indexRows: 0 }]);
    const some = await get(`privacy/${own}/erasure-plan?persons=person&classes=identity`);
    expect(some.body).toMatchObject({
      persons: ['person'],
      classes: ['identity'],
      keys: 1,
      values: 2,
      events: [{ type: 'EncounterRecorded', values: 2 }],
    });
    expect(some.body['rows']).toEqual({ timeline: 1 });
    expect(Number(all.body['values'])).toBeGreaterThan(2);
    expect(all.text).not.toContain('太仓市上海路');
    expect(told(await get(`privacy/${own}/erasure-plan`, stranger))).toEqual([404, 'not-found']);
    expect(told(await get(`privacy/${nobodysCase}/erasure-plan`))).toEqual([404, 'not-found']);
    expect(told(await get(`privacy/${own}/erasure-plan?classes=face`))).toEqual([400, 'invalid-parameter']);
    expect(told(await get(`privacy/${own}/certificate`))).toEqual([404, 'not-found']);
  });
  it('has a certificate, in JSON or as text for whoever asks for text', async () => {
    const certificate = await get(`privacy/${caseId}/certificate?erasureId=e1`);
    expect(certificate.body).toMatchObject({ caseId, erasureId: 'e1', completed: false, persons: ['person'], classes: ['identity'] });
    expect((certificate.body['steps'] as { type: string }[]).map(({ type }) => type)).toEqual(['ErasureDecided', 'ErasureConfirmed']);
    const headers = { ...(await headersOf({})), accept: 'text/plain' };
    const text = await sendRaw(api.url, { method: 'GET', path: `/v1/privacy/${caseId}/certificate`, headers });
    expect(text.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(text.text).toContain(caseId);
    expect(text.text).not.toContain('P-1');
    expect(told(await get(`privacy/${caseId}/certificate?erasureId=e9`))).toEqual([404, 'not-found']);
    expect(told(await get(`privacy/${caseId}/certificate`, stranger))).toEqual([404, 'not-found']);
  });
});

describe('audit streams and Guitu’s own steps', () => {
  it('have no address', async () => {
    expect((await get('audits/20201012-00', { agency: 'ministry', role: 'auditor' })).status).toBe(404);
    expect((await post(`privacy/${caseId}/record-keys-destroyed`, { erasureId: 'e1', keys: [] })).status).toBe(404);
    expect((await post(`privacy/${caseId}/start-key-destruction`, { erasureId: 'e1' })).status).toBe(404);
  });
});
