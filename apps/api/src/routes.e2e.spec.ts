import { migrate, openReadModels, type ReadModels } from '@guitu/read-models';
import { LogUnavailable, OutcomeUnknown, type EventLog } from '@guitu/event-log';
import { directory } from '../../../libs/rescue/src/testing/agencies';
import { freshDatabase, serverOfOnesOwn } from '../../../test/support/database-for-tests';
import { wholeLoop } from '../../../libs/read-models/src/histories-for-specs';
import { kebab } from './commands/command-routes';
import { routesOf } from './index';
import { waysToThePage } from './openapi/documents';
import { logFields } from './logging/log-record';
import { apiForSpecs, freshKey, sendRaw, type ApiForSpecs, type RawAnswer } from './testing/api-for-specs';

let server: Awaited<ReturnType<typeof serverOfOnesOwn>>;
let readModels: ReadModels;
let api: ApiForSpecs;
/** What the log does to the next append. */
let broken: 'no' | 'unavailable' | 'answer lost' = 'no';

const around = (log: EventLog): EventLog => ({
  read: (stream, options) => log.read(stream, options),
  readAll: (after, limit) => log.readAll(after, limit),
  head: () => log.head(),
  close: () => log.close(),
  append: async (stream, version, records) => {
    if (broken === 'unavailable') throw new LogUnavailable('unreachable', 'the disk is full');
    const appended = await log.append(stream, version, records);
    if (broken === 'answer lost') throw new OutcomeUnknown(stream);
    return appended;
  },
});

beforeAll(async () => {
  server = await serverOfOnesOwn({});
  const { superuserUrl } = await freshDatabase(server.superuserUrl);
  await migrate({ url: superuserUrl, steps: [] });
  readModels = await openReadModels({ url: superuserUrl, poolSize: 3 });
  await readModels.prepare();
  api = await apiForSpecs({ directory, now: '2020-10-12T08:00:00+08:00', readModels, around, sandbox: true });
}, 120_000);
afterAll(async () => {
  await api?.close();
  await readModels?.close();
  await server?.stop();
});

type Asked = Readonly<{ agency?: string; role?: 'staff' | 'registrar' | 'auditor'; key?: string; headers?: Record<string, string> }>;
const headersOf = async ({
  agency = 'taicang-police',
  role = 'staff',
  key = freshKey(),
  headers = {},
}: Asked): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await api.token({ agency, role })}`,
  'content-type': 'application/json',
  'idempotency-key': key,
  ...headers,
});
const post = async (path: string, body: unknown, asked: Asked = {}): Promise<RawAnswer> =>
  sendRaw(api.url, { method: 'POST', path: `/v1/${path}`, headers: await headersOf(asked), body: JSON.stringify(body) });
const get = async (path: string, asked: Asked = {}): Promise<RawAnswer> =>
  sendRaw(api.url, { method: 'GET', path: `/v1/${path}`, headers: await headersOf(asked) });

describe('every route of the running service', () => {
  it('carries a policy, and only documents and health are public', () => {
    const routes = routesOf(api.app).routes();
    expect(routes.length).toBeGreaterThan(50);
    expect(routes.filter(({ policy }) => policy === undefined)).toEqual([]);
    const open = new Set(routes.filter(({ policy }) => policy === 'public').map(({ template }) => template));
    expect([...open].sort()).toEqual([...waysToThePage, '/docs', '/docs/:file', '/health/live', '/health/ready', '/openapi.json'].sort());
  });

  it('stands in the document, and the document names no other', async () => {
    const { body } = await sendRaw(api.url, { method: 'GET', path: '/openapi.json' });
    const documented = Object.entries(body['paths'] as Record<string, object>).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const running = routesOf(api.app)
      .routes()
      .filter(({ method, template }) => method !== 'HEAD' && !waysToThePage.includes(template))
      .map(({ method, template }) => `${method} ${template.replace(/:(\w+)/g, '{$1}')}`);
    expect(running.sort()).toEqual(documented.sort());
  });

  it('that is not public lets nobody in without a token', async () => {
    const shut = routesOf(api.app)
      .routes()
      .filter(({ policy }) => policy !== 'public');
    for (const { method, template } of shut) {
      const path = template.replace(/:\w+/g, '6f0f8f0e-5c3b-5b0e-9c4b-1d2a7e4c9a31');
      expect([method, path, (await sendRaw(api.url, { method, path })).status]).toEqual([method, path, 401]);
    }
  });
});

describe('the pages of the service', () => {
  it('show the document with files of this service alone', async () => {
    const page = await sendRaw(api.url, { method: 'GET', path: '/docs' });
    const files = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!);
    expect(files.length).toBeGreaterThan(2);
    for (const path of files) expect([path, (await sendRaw(api.url, { method: 'GET', path })).status]).toEqual([path, 200]);
    expect((await sendRaw(api.url, { method: 'GET', path: '/docs/package.json' })).status).toBe(404);
  });

  it('are found from the addresses that people try first', async () => {
    expect(waysToThePage).toContain('/');
    for (const path of waysToThePage) {
      const { status, headers } = await sendRaw(api.url, { method: 'GET', path });
      expect([path, status, headers['location']]).toEqual([path, 308, '/docs']);
    }
  });

  it('say whether the service is alive and ready, with the lag of each follower', async () => {
    expect((await sendRaw(api.url, { method: 'GET', path: '/health/live' })).body).toEqual({ status: 'live' });
    await api.project();
    const ready = await sendRaw(api.url, { method: 'GET', path: '/health/ready' });
    expect([ready.status, ready.body['reasons']]).toEqual([200, []]);
    expect(ready.body['followers']).toMatchObject([{ lag: '0', fault: null }]);
  });
});

describe('the clock of a sandbox', () => {
  it('is moved forwards by the registrar alone', async () => {
    const move = (now: string, asked: Asked): Promise<RawAnswer> => post('sandbox/clock', { now }, asked);
    expect((await move('2020-10-12T08:10:00+08:00', {})).status).toBe(403);
    expect((await move('2020-10-12T08:10:00+08:00', { role: 'registrar' })).body).toEqual({ now: '2020-10-12T08:10:00+08:00' });
    expect((await move('2020-10-12T08:09:59+08:00', { role: 'registrar' })).body['code']).toBe('clock-goes-back');
    expect((await move('tomorrow', { role: 'registrar' })).status).toBe(400);
    expect((await get('sandbox/clock')).body).toEqual({ now: '2020-10-12T08:10:00+08:00' });
  });
});

describe('a whole case', () => {
  let caseId: string | undefined;

  it('goes from the street to the outcome letter over HTTP', async () => {
    for (const { by, now, type, data } of wholeLoop) {
      await post('sandbox/clock', { now }, { role: 'registrar' });
      const opens = caseId === undefined;
      const sent = JSON.parse(JSON.stringify(data).replace('341126196003120323', '34112619600312032X')) as object;
      const answer = await post(opens ? `cases/${kebab(type)}` : `cases/${caseId}/${kebab(type)}`, { data: sent }, { agency: by });
      if (opens) caseId = String(answer.body['caseId']);
      expect([type, answer.body['code'], answer.status]).toEqual([type, undefined, 201]);
      expect(answer.headers['guitu-position']).toBe(answer.body['position']);
    }
  });

  it('36, 37 is closed once: the loop that is over is not closed again', async () => {
    const state = await get(`cases/${caseId}`, { agency: 'taicang-station' });
    const phase = (state.body['state'] as { feedback: { loops: Record<string, { phase: string }> } }).feedback.loops['loop-1']!.phase;
    const close = (): Promise<RawAnswer> =>
      post(`cases/${caseId}/close-loop`, { data: { loopId: 'loop-1' } }, { agency: 'taicang-station' });
    if (phase !== 'CLOSED') {
      const both = await Promise.all([close(), close()]);
      expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
      for (const { status } of both) expect([201, 200, 409, 412]).toContain(status);
    }
    const again = await close();
    expect([again.status, again.body['code']]).toEqual([409, 'loop-already-closed']);
    const timeline = await api.log.read(`case-${caseId}`);
    expect(timeline.filter(({ type }) => type === 'LoopClosed')).toHaveLength(1);
  });

  it('38 says which commands are allowed when a step does not fit the present state', async () => {
    const late = await post(`cases/${caseId}/record-safety-check`, { data: { passed: false } }, { agency: 'taicang-station' });
    expect([late.status, late.body['code'], late.body['refusal']]).toEqual([409, 'illegal-transition', 'illegal-transition']);
    expect(late.body['allowed']).toEqual(expect.any(Array));
  });

  it('is shown with its state, its open duties and in words, Chinese first, English on request', async () => {
    const chinese = await get(`cases/${caseId}`, { agency: 'taicang-station' });
    expect(chinese.headers['etag']).toBe(`"v${String(chinese.body['version'])}"`);
    expect((chinese.body['words'] as string[])[0]).toMatch(/^人员/);
    expect(chinese.body['participants']).toEqual(expect.arrayContaining(['taicang-police', 'taicang-station', 'fengyang-station']));
    const english = await get(`cases/${caseId}`, { agency: 'taicang-station', headers: { 'accept-language': 'en' } });
    expect((english.body['words'] as string[])[0]).toMatch(/^The person/);
  });

  it('is read at the position of the own write, with personal values opened for its participants', async () => {
    const { body } = await get(`cases/${caseId}`, { agency: 'taicang-station' });
    await api.project();
    const headers = { 'guitu-min-position': String(body['position']) };
    const timeline = await get(`cases/${caseId}/timeline?limit=200`, { agency: 'fengyang-station', headers });
    expect(timeline.body['rows']).toHaveLength(Number(body['version']));
    expect(timeline.text).toContain('太仓市上海路');
    expect(timeline.text).not.toContain('$sealed');
    const custody = await get(`cases/${caseId}/custody`, { agency: 'fengyang-station', headers });
    expect((custody.body['rows'] as { agency: string }[]).map(({ agency }) => agency)).toEqual(['taicang-police', 'taicang-station']);
  });

  it('stands on the desks, in the loops of both sides and in the ledger', async () => {
    const inflow = await get('loops?side=inflow', { agency: 'taicang-station' });
    const outflow = await get('loops?side=outflow', { agency: 'fengyang-station' });
    for (const { body } of [inflow, outflow]) expect(body['rows']).toMatchObject([{ caseId, loopId: 'loop-1' }]);
    expect((await get('ledger', { agency: 'fengyang-station' })).body['rows']).toMatchObject([{ ledgerNumber: 'TZ-2020-118' }]);
    expect((await get('desk', { agency: 'taicang-police' })).status).toBe(200);
    expect((await get('duties?state=closed', { agency: 'fengyang-station' })).body['rows']).not.toHaveLength(0);
  });

  it('of a position that the read models have not reached is not answered', async () => {
    const answer = await get('desk', { headers: { 'guitu-min-position': '999999999' } });
    expect([answer.status, answer.body['code'], answer.headers['retry-after']]).toEqual([503, 'projection-behind', '1']);
  });
});

describe('an event log that fails', () => {
  const encounter = wholeLoop[0]!.data;
  afterEach(() => (broken = 'no'));

  it('55 is answered with 503, and nothing was recorded', async () => {
    broken = 'unavailable';
    const key = freshKey();
    const answer = await post('cases/record-encounter', { data: encounter }, { key });
    expect([answer.status, answer.body['code'], answer.headers['retry-after']]).toEqual([503, 'store-unavailable', '1']);
    expect(answer.text).not.toContain('disk');
    broken = 'no';
    const again = await post('cases/record-encounter', { data: encounter }, { key });
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, undefined]);
  });

  it('56 and loses its answer is settled by the same key', async () => {
    broken = 'answer lost';
    const key = freshKey();
    const answer = await post('cases/record-encounter', { data: encounter }, { key });
    expect([answer.status, answer.body['code'], answer.headers['retry-after']]).toEqual([503, 'outcome-unknown', '1']);
    broken = 'no';
    const again = await post('cases/record-encounter', { data: encounter }, { key });
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
  });
});

describe('the directory', () => {
  it('lists agencies by kind and division to every caller', async () => {
    const stations = await get('agencies?kind=STATION&division=341126', { agency: 'wuxi-station' });
    expect(stations.body['rows']).toMatchObject([
      { agencyId: 'fengyang-station', name: '凤阳县救助管理站', reportsTo: 'fengyang-civil-affairs' },
    ]);
  });

  it('is written by the registrar, under the id in the address', async () => {
    const data = { agencyId: 'new-station', kind: 'STATION', name: '某县救助管理站', division: '341126', effectiveFrom: '2020-01-01' };
    const register = (id: string, asked: Asked): Promise<RawAnswer> => post(`agencies/${id}/register-agency`, { data }, asked);
    expect((await register('new-station', {})).status).toBeGreaterThanOrEqual(403);
    expect((await register('other-station', { role: 'registrar' })).status).toBe(400);
    expect((await register('new-station', { role: 'registrar' })).body).toMatchObject({ agencyId: 'new-station', version: 1 });
    expect((await get('agencies/new-station', { agency: 'wuxi-station' })).body).toMatchObject({ agencyId: 'new-station', version: 1 });
  });
});

describe('the log lines', () => {
  it('hold the allowed fields alone, the template of the route and never an id, a name or a body', () => {
    expect(api.logged.length).toBeGreaterThan(20);
    for (const record of api.logged) for (const field of Object.keys(record)) expect(logFields).toContain(field);
    const text = JSON.stringify(api.logged);
    expect(text).toContain('/v1/cases/:id/');
    expect(text).not.toMatch(/赵根生|341126198503120317|太仓市上海路|case-[0-9a-f]{8}|A0017/);
    expect(api.logged.filter(({ event }) => event === 'fault')).toEqual([]);
  });
});
