import { gzipSync } from 'node:zlib';
import { migrate, openReadModels, type ReadModels } from '@guitu/read-models';
import { directory } from '../../../libs/rescue/src/testing/agencies';
import { freshDatabase, serverOfOnesOwn } from '../../../test/support/database-for-tests';
import { apiForSpecs, freshKey, sendRaw, type ApiForSpecs, type RawAnswer, type RawRequest } from './testing/api-for-specs';

// The numbers are those of the table of bad inputs; each row says what was sent and exactly what comes back.

let server: Awaited<ReturnType<typeof serverOfOnesOwn>>;
let readModels: ReadModels;
let api: ApiForSpecs;
let police: string;
let station: string;
let caseId: string;

const now = '2020-10-12T09:00:00+08:00';
const encounter = {
  place: { division: '320585' },
  source: 'POLICE_PATROL',
  apparentSex: 'MALE',
  apparentAgeBand: 'FROM_19_TO_59',
  conditions: ['HEALTHY'],
};

beforeAll(async () => {
  server = await serverOfOnesOwn({});
  const { superuserUrl } = await freshDatabase(server.superuserUrl);
  await migrate({ url: superuserUrl, steps: [] });
  readModels = await openReadModels({ url: superuserUrl, poolSize: 3 });
  await readModels.prepare();
  api = await apiForSpecs({ directory, now, readModels });
  police = await api.token({ agency: 'taicang-police' });
  station = await api.token({ agency: 'wuxi-station' });
  const opened = await give('cases/record-encounter', { data: encounter });
  expect([opened.status, opened.body['code']]).toEqual([201, undefined]);
  caseId = String(opened.body['caseId']);
});

afterAll(async () => {
  await api?.close();
  await readModels?.close();
  await server?.stop();
});

const json = { 'content-type': 'application/json' };
const as = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** A command as it should be, with whatever is changed. */
const give = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  raw({ method: 'POST', path: `/v1/${path}`, body: JSON.stringify(body), headers });
const raw = ({ headers, ...request }: RawRequest): Promise<RawAnswer> =>
  sendRaw(api.url, { ...request, headers: { ...as(police), ...json, 'idempotency-key': freshKey(), ...headers } });
const read = (path: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  sendRaw(api.url, { method: 'GET', path: `/v1/${path}`, headers: { ...as(police), ...headers } });
const open = (body: string | Buffer, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  raw({ method: 'POST', path: '/v1/cases/record-encounter', body, headers });
const opening = (change: object, envelope: object = {}): Promise<RawAnswer> =>
  give('cases/record-encounter', { ...envelope, data: { ...encounter, ...change } });
const informed = { mode: 'INFORMED', cardGiven: true };
const identity = {
  basis: ['POLICE_DB'],
  documentCarried: false,
  name: '赵根生',
  birthDate: '1985-03-12',
  sex: 'MALE',
  homeDivision: '341126',
};
const confirming = (idNumber: string): Promise<RawAnswer> => give(`cases/${caseId}/confirm-identity`, { data: { ...identity, idNumber } });
const offer = (quantity: string): Promise<RawAnswer> =>
  raw({
    method: 'POST',
    path: `/v1/cases/${caseId}/offer-handover`,
    body: JSON.stringify({ data: offered }).replace('"QUANTITY"', quantity),
  });
const offered = {
  handoverId: 'h1',
  kind: 'POLICE_STATION',
  to: 'taicang-station',
  statement: { belongings: [{ item: '包', quantity: 'QUANTITY' }] },
};
const withText = (text: string): string => JSON.stringify({ data: { ...encounter, claims: { name: 'NAME' } } }).replace('NAME', text);
const rulesOf = ({ body }: RawAnswer): readonly string[] => ((body['errors'] ?? []) as readonly { rule: string }[]).map(({ rule }) => rule);
const pointersOf = ({ body }: RawAnswer): readonly string[] =>
  ((body['errors'] ?? []) as readonly { pointer: string }[]).map(({ pointer }) => pointer);

type Row = readonly [number: number, what: string, send: () => Promise<RawAnswer>, status: number, code: string | undefined, rule?: string];

const megabyte = 1_048_576;
const padded = (bytes: number): string => {
  const body = JSON.stringify({ data: encounter });
  return body + ' '.repeat(bytes - body.length);
};
const nameInGbk = Buffer.concat([Buffer.from('{"data":{"claims":{"name":"'), Buffer.from([0xcd, 0xf5, 0xb6, 0xfe]), Buffer.from('"}}}')]);

const commands: readonly Row[] = [
  [1, 'a body that is no JSON', () => open('{"data": oops}'), 400, 'malformed-json'],
  [1, 'a body that ends early', () => open('{"data":'), 400, 'malformed-json'],
  [2, 'an empty body', () => open(''), 400, 'body-required'],
  [2, 'a body of blanks', () => open('  \n'), 400, 'body-required'],
  [3, 'a body of plain text', () => open('hello', { 'content-type': 'text/plain' }), 415, 'unsupported-media-type'],
  [
    3,
    'a body of no type',
    () => raw({ method: 'POST', path: '/v1/cases/record-encounter', body: '{}', headers: { 'content-type': '' } }),
    415,
    'unsupported-media-type',
  ],
  [4, 'charset gbk', () => open('{}', { 'content-type': 'application/json; charset=gbk' }), 415, 'unsupported-charset'],
  [5, 'a name in raw GBK', () => open(nameInGbk), 400, 'invalid-utf8', 'utf-8'],
  [6, 'a byte order mark', () => open('\ufeff{}'), 400, 'invalid-utf8', 'bom'],
  [7, 'a key twice', () => open('{"data":{"source":"PATROL","source":"PATROL"}}'), 400, 'duplicate-json-key', 'duplicate-json-key'],
  [
    7,
    'a key twice, once escaped',
    () => open('{"data":{"source":"PATROL","s\\u006furce":"PATROL"}}'),
    400,
    'duplicate-json-key',
    'duplicate-json-key',
  ],
  [8, '33 levels', () => open(`${'['.repeat(33)}${']'.repeat(33)}`), 400, 'json-too-deep'],
  [8, '200,000 brackets', () => open('['.repeat(200_000)), 400, 'json-too-deep'],
  [9, 'a byte over the limit', () => open(padded(megabyte + 1)), 413, 'payload-too-large'],
  [
    9,
    'a byte over the limit, without a length',
    () => open(padded(megabyte + 1), { 'transfer-encoding': 'chunked' }),
    413,
    'payload-too-large',
  ],
  [10, 'a gzip bomb', () => open(gzipSync(padded(20 * megabyte)), { 'content-encoding': 'gzip' }), 413, 'payload-too-large'],
  [11, 'an unknown member beside the data', () => opening({}, { isAdmin: true }), 400, 'unknown-field', 'unknown-field'],
  [11, 'an unknown member in the data', () => opening({ isAdmin: true }), 400, 'unknown-field', 'unknown-field'],
  [12, '__proto__', () => open('{"data":{"place":{"__proto__":{"polluted":true}}}}'), 400, 'forbidden-field', 'forbidden-field'],
  [12, 'constructor', () => open('{"constructor":{}}'), 400, 'forbidden-field', 'forbidden-field'],
  [12, 'prototype, deep inside', () => open('{"data":[[{"prototype":1}]]}'), 400, 'forbidden-field', 'forbidden-field'],
  [12, 'the mark of a sealed value', () => open('{"data":{"$enc":{}}}'), 400, 'forbidden-field', 'forbidden-field'],
  [
    13,
    'an ID number as a number',
    () => open(withText('x').replace('"x"', '1').replace('"name":1', '"idNumber":110101199003070011')),
    400,
    'validation-failed',
    'type',
  ],
  [14, '1e400 in a number field', () => offer('1e400'), 400, 'validation-failed', 'number-range'],
  [14, 'NaN', () => offer('NaN'), 400, 'validation-failed', 'number-range'],
  [14, 'minus zero', () => offer('-0'), 400, 'validation-failed', 'number-range'],
  [14, '9007199254740993 in an integer field', () => offer('9007199254740993'), 400, 'validation-failed', 'number-range'],
  [15, 'half a pair', () => open(withText('\\ud800')), 400, 'invalid-unicode', 'surrogate'],
  [16, 'NUL in a text', () => open(withText('a\\u0000b')), 400, 'invalid-unicode', 'nul'],
  [17, 'a bidi override', () => open(withText('王\u202e二')), 400, 'invalid-unicode', 'control'],
  [17, 'a zero-width space', () => open(withText('王\u200b二')), 400, 'invalid-unicode', 'control'],
  [17, 'an escaped zero-width joiner', () => open(withText('王\\u200d二')), 400, 'invalid-unicode', 'control'],
  [17, 'a private-use character', () => open(withText('\ue000')), 400, 'invalid-unicode', 'control'],
  [17, 'the dot of a minority name', () => open(withText('阿依古丽·买买提')), 201, undefined],
  [17, 'a rare Han character of plane 2 and one of plane 3', () => open(withText('𠮷\u{30000}')), 201, undefined],
  [18, 'a name in NFD', () => open(withText('Jose\u0301')), 201, undefined],
  [19, 'an ID number with a wrong check character', () => confirming('341126198503120318'), 422, 'validation-failed', 'id-number'],
  [19, 'an ID number of 15 digits', () => confirming('341126850312031'), 422, 'validation-failed', 'id-number'],
  [19, 'an ID number with an impossible birth date', () => confirming('341126198513120319'), 422, 'validation-failed', 'id-number'],
  [20, 'a forged ID number of zeros', () => confirming('000000000000000000'), 422, 'validation-failed', 'id-number'],
  [20, 'a person without any document', () => opening({}), 201, undefined],
  [23, '30 February', () => opening({}, { occurredAt: '2020-02-30T10:00:00+08:00' }), 400, 'validation-failed', 'date-time'],
  [23, '24:00', () => opening({}, { occurredAt: '2020-10-11T24:00:00Z' }), 400, 'validation-failed', 'date-time'],
  [23, 'no offset', () => opening({}, { occurredAt: '2020-10-11T12:00:00' }), 400, 'validation-failed', 'date-time'],
  [23, 'the year 0000', () => opening({}, { occurredAt: '0000-10-11T12:00:00Z' }), 400, 'validation-failed', 'date-time'],
  [23, 'the year 99999', () => opening({}, { occurredAt: '99999-10-11T12:00:00Z' }), 400, 'validation-failed', 'date-time'],
  [24, 'an hour in the future', () => opening({}, { occurredAt: '2020-10-12T10:00:01+08:00' }), 422, 'implausible-time'],
  [24, 'before 1949', () => opening({}, { occurredAt: '1948-10-12T10:00:01+08:00', backfillReason: 'late' }), 422, 'implausible-time'],
  [25, 'a leap second', () => opening({}, { occurredAt: '2016-12-31T23:59:60Z' }), 400, 'validation-failed', 'date-time'],
  [
    26,
    'no key',
    () =>
      sendRaw(api.url, { method: 'POST', path: '/v1/cases/record-encounter', headers: { ...as(police), ...json }, body: '{"data":{}}' }),
    400,
    'idempotency-key-required',
  ],
  [
    27,
    'an empty key',
    () => give('cases/record-encounter', { data: encounter }, { 'idempotency-key': '' }),
    400,
    'idempotency-key-invalid',
  ],
  [
    27,
    'a key of 300 characters',
    () => give('cases/record-encounter', { data: encounter }, { 'idempotency-key': 'k'.repeat(300) }),
    400,
    'idempotency-key-invalid',
  ],
  [
    27,
    'a key with a tab',
    () => give('cases/record-encounter', { data: encounter }, { 'idempotency-key': 'a\tbcdefghijklmnopqrst' }),
    400,
    'idempotency-key-invalid',
  ],
  [
    27,
    'a key with an ID number',
    () => give('cases/record-encounter', { data: encounter }, { 'idempotency-key': 'k-11010119900307001X-1' }),
    400,
    'idempotency-key-invalid',
  ],
  [60, '1,001 items', () => opening({ conditions: Array.from({ length: 1_001 }, () => 'HEALTHY') }), 400, 'validation-failed', 'max-items'],
  [60, '100 kB of free text', () => open(withText('字'.repeat(34_000))), 400, 'validation-failed', 'max-length'],
];

describe('a command that is not well formed', () => {
  it.each(commands.map(([number, what, ...rest]) => [`${number} ${what}`, rest] as const))(
    '%s',
    async (_what, [send, status, code, rule]) => {
      const answer = await send();
      expect([answer.status, answer.body['code']]).toEqual([status, code]);
      if (rule !== undefined) expect(rulesOf(answer)).toContain(rule);
      if (code !== undefined) expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    },
  );

  it('1 says at which byte, and shows nothing of the body', async () => {
    const answer = await open('{"王二喜": oops}');
    expect(answer.body['offset']).toBe(Buffer.byteLength('{"王二喜": '));
    expect(answer.text).not.toMatch(/王二喜|oops/);
  });

  it('7 points at the key', async () => {
    expect(pointersOf(await open('{"data":{"source":1,"source":2}}'))).toEqual(['/data/source']);
  });

  it('12 changes no prototype', async () => {
    await open('{"__proto__":{"polluted":true}}');
    await open('{"data":{"constructor":{"prototype":{"polluted":true}}}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('18 keeps a name in NFC and says so, and says nothing when nothing was changed', async () => {
    const answer = await open(withText('Jose\u0301'));
    expect(answer.body['normalised']).toBe(true);
    expect((await opening({})).body['normalised']).toBeUndefined();
    const event = await read(`cases/${String(answer.body['caseId'])}/events/${(answer.body['events'] as { id: string }[])[0]!.id}`);
    expect((event.body['data'] as { claims: { name: string } }).claims.name).toBe('Jos\u00e9');
  });

  it('tells all faults at once, with pointers and without values', async () => {
    const answer = await opening({ source: 'GOSSIP-OF-WANG', apparentSex: 7, extra: 1 });
    expect(answer.status).toBe(400);
    expect([...pointersOf(answer)].sort()).toEqual(['/data/apparentSex', '/data/extra', '/data/source']);
    expect(answer.text).not.toContain('GOSSIP-OF-WANG');
  });

  it('tells at most 50 faults and says that there are more', async () => {
    const answer = await opening({ conditions: Array.from({ length: 80 }, (_, index) => index) });
    expect([(answer.body['errors'] as unknown[]).length, answer.body['truncated']]).toEqual([50, true]);
  });
});

describe('an idempotency key', () => {
  it('28 with another body is refused', async () => {
    const key = { 'idempotency-key': freshKey() };
    expect((await give('cases/record-encounter', { data: encounter }, key)).status).toBe(201);
    const other = await give('cases/record-encounter', { data: { ...encounter, source: 'CITIZEN' } }, key);
    expect([other.status, other.body['code']]).toEqual([422, 'idempotency-key-reused']);
  });

  it('29 that is being worked on is refused with the time to wait, and one history comes of it', async () => {
    const key = { 'idempotency-key': freshKey() };
    const answers = await Promise.all(Array.from({ length: 8 }, () => give('cases/record-encounter', { data: encounter }, key)));
    const refused = answers.filter(({ status }) => status === 409);
    for (const answer of refused) expect([answer.body['code'], answer.headers['retry-after']]).toEqual(['request-in-progress', '1']);
    const recorded = answers.filter(({ status }) => status === 201);
    expect(recorded.length + refused.length).toBe(8);
    expect(new Set(recorded.map(({ text }) => text)).size).toBe(1);
    expect(await api.log.read(`case-${String(recorded[0]!.body['caseId'])}`)).toHaveLength(
      (recorded[0]!.body['events'] as unknown[]).length,
    );
  });

  it('30 gives the first status and body again', async () => {
    const key = { 'idempotency-key': freshKey() };
    const first = await give('cases/record-encounter', { data: encounter }, key);
    const again = await give('cases/record-encounter', { data: encounter }, key);
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([undefined, 'true']);
    expect([again.headers['etag'], again.headers['location']]).toEqual([first.headers['etag'], first.headers['location']]);
  });

  it('30 gives the first answer again although the fields come in another order', async () => {
    const key = { 'idempotency-key': freshKey() };
    const first = await give('cases/record-encounter', { data: encounter }, key);
    const turned = Object.fromEntries(Object.entries(encounter).reverse());
    expect((await give('cases/record-encounter', { data: turned }, key)).text).toBe(first.text);
  });

  it('31 of another agency or another client is another key', async () => {
    const key = freshKey();
    const ids = [];
    for (const who of [{}, { agency: 'taicang-urban' }, { client: 'desk-2' }]) {
      const answer = await give('cases/record-encounter', { data: encounter }, { ...as(await api.token(who)), 'idempotency-key': key });
      expect(answer.status).toBe(201);
      ids.push(answer.body['caseId']);
    }
    expect(new Set(ids).size).toBe(3);
  });
});

describe('If-Match', () => {
  const inform = (tag: string): Promise<RawAnswer> => give(`cases/${caseId}/inform-of-help`, { data: informed }, { 'if-match': tag });

  it('34 with a version that is no longer the newest is refused, and says the newest', async () => {
    const { version } = (await read(`cases/${caseId}`)).body as { version: number };
    const stale = await inform(`"v${version + 7}"`);
    expect([stale.status, stale.body['code'], stale.body['currentVersion']]).toEqual([412, 'version-conflict', version]);
    expect(stale.headers['etag']).toBe(`"v${version}"`);
  });

  it('34 says nothing of the version to somebody who may not read', async () => {
    const answer = await give(`cases/${caseId}/inform-of-help`, { data: informed }, { ...as(station), 'if-match': '"v99"' });
    expect([answer.status, answer.body['code'], answer.body['currentVersion']]).toEqual([404, 'not-found', undefined]);
  });

  it.each(['*', 'W/"v7"', '"v7", "v8"', '"v-1"', '"v1e3"', '"7"', 'v7', '"v07"', ''])('35 must be one strong tag, not %s', async (tag) => {
    const answer = await inform(tag);
    expect([answer.status, answer.body['code']]).toEqual([400, 'precondition-invalid']);
  });
});

describe('an address', () => {
  const uuid = '6f0f8f0e-5c3b-5b0e-9c4b-1d2a7e4c9a31';
  it.each([
    ['a case id with its category', `case-${uuid}`],
    ['a case id cut short', uuid.slice(0, 35)],
    ['a case id in capitals', uuid.toUpperCase()],
    ['..', '..'],
    ['%2e%2e', '%2e%2e'],
    ['an encoded way up', '..%2f..%2fetc'],
    ['10 kB', 'a'.repeat(10_240)],
    ['an emoji', encodeURIComponent('😀')],
    ['a broken escape', '%zz'],
    ['NUL', '%00'],
  ])('42 with %s instead of a case id is refused', async (_what, id) => {
    for (const answer of [
      await read(`cases/${id}/timeline`),
      await raw({ method: 'POST', path: `/v1/cases/${id}/offer-handover`, body: '{"data":{}}' }),
    ])
      expect([answer.status, answer.body['code']]).toEqual([400, 'invalid-identifier']);
  });

  it('43 ignores X-HTTP-Method-Override', async () => {
    const answer = await give('cases/record-encounter', { data: encounter }, { 'x-http-method-override': 'DELETE' });
    expect(answer.status).toBe(201);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'GET', 'CONNECT'])(
    '44 of a command does not take %s and says what it takes',
    async (method) => {
      for (const path of ['/v1/cases/record-encounter', `/v1/cases/${uuid}/offer-handover`]) {
        if (method === 'GET' && path.endsWith('encounter')) continue;
        const answer = await raw({ method, path });
        expect([answer.status, String(answer.headers['allow']).includes('POST')]).toEqual([405, true]);
      }
    },
  );

  it('that nobody knows is not found', async () => {
    const answer = await read('cases/a/b/c/d/e');
    expect([answer.status, answer.body['code']]).toEqual([404, 'not-found']);
  });
});

describe('a case that the caller takes no part in', () => {
  it('looks exactly like one that does not exist', async () => {
    const unknown = '6f0f8f0e-5c3b-5b0e-9c4b-1d2a7e4c9a31';
    const pages = ['', '/timeline', '/custody', `/events/${unknown}`];
    for (const page of pages) {
      const [foreign, missing] = [await read(`cases/${caseId}${page}`, as(station)), await read(`cases/${unknown}${page}`, as(station))];
      expect([foreign.status, foreign.body['code']]).toEqual([404, 'not-found']);
      expect({ ...foreign.body, instance: '' }).toEqual({ ...missing.body, instance: '' });
    }
    const body = { data: { handoverId: 'h9', statement: {} } };
    const [foreign, missing] = [
      await give(`cases/${caseId}/accept-handover`, body, as(station)),
      await give(`cases/${unknown}/accept-handover`, body, as(station)),
    ];
    expect([foreign.status, missing.status]).toEqual([404, 404]);
    expect({ ...foreign.body, instance: '' }).toEqual({ ...missing.body, instance: '' });
  });

  it('is open to an auditor for reading, and closed for commands', async () => {
    const auditor = as(await api.token({ agency: 'ministry', role: 'auditor' }));
    expect((await read(`cases/${caseId}`, auditor)).status).toBe(200);
    expect((await give(`cases/${caseId}/inform-of-help`, { data: informed }, auditor)).status).toBe(403);
  });

  it('is not opened by a header that names another agency', async () => {
    const answer = await read(`cases/${caseId}`, {
      ...as(station),
      'x-agency': 'taicang-police',
      'x-client-cert': 'taicang-police',
      'x-forwarded-for': '10.0.0.1',
    });
    expect(answer.status).toBe(404);
  });

  it('cannot be opened under a chosen id', async () => {
    const answer = await give('cases/6f0f8f0e-5c3b-5b0e-9c4b-1d2a7e4c9a31/register-help-request', {
      data: { arrivalMode: 'POLICE', causes: ['LOST'], assistanceStatus: 'UNKNOWN' },
    });
    expect([answer.status, answer.body['code']]).toEqual([404, 'not-found']);
  });
});

describe('a caller', () => {
  it.each([
    ['no token', {}, 'token-required'],
    ['a token of another scheme', { authorization: 'Basic YTpi' }, 'token-invalid'],
    ['nonsense', { authorization: 'Bearer a.b.c' }, 'token-invalid'],
  ])('with %s is not let in, before the body is read', async (_what, headers, code) => {
    const answer = await sendRaw(api.url, {
      method: 'POST',
      path: '/v1/cases/record-encounter',
      headers: { ...json, ...headers },
      body: 'no json',
    });
    expect([answer.status, answer.body['code'], answer.headers['www-authenticate']]).toEqual([401, code, 'Bearer']);
  });
});

describe('query parameters', () => {
  it.each([
    ['side=owed-by-me&side=owed-to-me', 'duplicate-parameter'],
    ['limit=1&limit=1', 'duplicate-parameter'],
    ['a[b][c]=1', 'unknown-parameter'],
    ['sort=passwordHash', 'unknown-parameter'],
    ['__proto__=1', 'unknown-parameter'],
    ['constructor=1', 'unknown-parameter'],
  ])('61 %s', async (query, code) => {
    const answer = await read(`duties?${query}`);
    expect([answer.status, answer.body['code']]).toEqual([400, code]);
  });

  it.each(['0', '-1', '1e9', encodeURIComponent('٣'), '', '201', '1.5', '%201', '0x10'])('62 limit=%s', async (limit) => {
    for (const list of ['duties', 'loops', 'ledger', 'desk', 'agencies', `cases/${caseId}/timeline`]) {
      const answer = await read(`${list}?limit=${limit}`);
      expect([answer.status, answer.body['code']]).toEqual([400, 'invalid-parameter']);
    }
  });

  it('63 a cursor goes on where the page ended, for its own agency and list alone, unedited', async () => {
    await api.project();
    const first = await read('agencies?limit=2');
    const cursor = String(first.body['next']);
    const next = await read(`agencies?limit=2&cursor=${cursor}`);
    expect(next.status).toBe(200);
    const ids = [...(first.body['rows'] as { agencyId: string }[]), ...(next.body['rows'] as { agencyId: string }[])].map(
      ({ agencyId }) => agencyId,
    );
    expect(ids).toEqual([...new Set(ids)].sort());
    const edited = cursor.startsWith('A') ? `B${cursor.slice(1)}` : `A${cursor.slice(1)}`;
    for (const answer of [
      await read(`agencies?cursor=${edited}`),
      await read(`agencies?cursor=${cursor}x`),
      await read(`agencies?cursor=garbage`),
      await read(`agencies?cursor=${cursor}`, as(station)),
      await read(`agencies?kind=STATION&cursor=${cursor}`),
      await read(`ledger?cursor=${cursor}`),
    ])
      expect([answer.status, answer.body['code']]).toEqual([400, 'cursor-invalid']);
  });
});
