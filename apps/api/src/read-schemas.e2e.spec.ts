import Ajv from 'ajv/dist/2020';
import type { ValidateFunction } from 'ajv';
import { migrate, openReadModels, type ReadModels } from '@guitu/read-models';
import { dateInChina } from '@guitu/standards';
import { directory } from '../../../libs/rescue/src/testing/agencies';
import { freshDatabase, serverOfOnesOwn } from '../../../test/support/database-for-tests';
import { wholeLoop } from '../../../libs/read-models/src/histories-for-specs';
import { kebab } from './commands/command-routes';
import { apiForSpecs, freshKey, sendRaw, type ApiForSpecs, type RawAnswer } from './testing/api-for-specs';
import { formatsAt } from './validation/formats';

type Body = Readonly<Record<string, unknown>>;
type Document = Readonly<{
  paths: Readonly<
    Record<string, Readonly<Record<string, Readonly<{ responses: Readonly<Record<string, Readonly<{ content?: Body }>>> }>>>>
  >;
}>;

let server: Awaited<ReturnType<typeof serverOfOnesOwn>>;
let readModels: ReadModels;
let api: ApiForSpecs;
let document: Document;
let ajv: Ajv;
let caseId = '';
/** Every answer of the story, by the address as the document writes it. */
const answers = new Map<string, Body[]>();

const headersOf = async (agency: string, role: 'staff' | 'registrar' = 'staff'): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await api.token({ agency, role })}`,
  'content-type': 'application/json',
  'idempotency-key': freshKey(),
});
const post = async (path: string, body: unknown, headers: Record<string, string>): Promise<RawAnswer> =>
  sendRaw(api.url, { method: 'POST', path: `/v1/${path}`, headers, body: JSON.stringify(body) });

async function look(agency: string, template: string, path = template): Promise<Body> {
  const { status, body } = await sendRaw(api.url, { method: 'GET', path, headers: await headersOf(agency) });
  expect([path, status]).toEqual([path, 200]);
  answers.set(template, [...(answers.get(template) ?? []), body]);
  return body;
}

const police = 'taicang-police';
const erasure = { erasureId: 'e1', persons: ['person'], classes: ['identity'], reason: 'UNLAWFUL', legalBasis: 'PIPL-47-1-4' };
const hold = { holdId: 'h1', reason: 'CRIMINAL_CASE', legalBasis: 'CPL-54' };
const agencies = [police, 'taicang-station', 'fengyang-station'] as const;

/** What the agencies see between two steps. */
async function lookAround(): Promise<void> {
  await api.project();
  for (const agency of agencies) {
    await look(agency, '/v1/desk');
    await look(agency, '/v1/ledger');
    for (const side of ['owed-by-me', 'owed-to-me'])
      for (const state of ['open', 'breached', 'closed']) await look(agency, '/v1/duties', `/v1/duties?side=${side}&state=${state}`);
    for (const side of ['inflow', 'outflow']) await look(agency, '/v1/loops', `/v1/loops?side=${side}`);
  }
  await look(police, '/v1/cases/{id}', `/v1/cases/${caseId}`);
  await look(police, '/v1/cases/{id}/custody', `/v1/cases/${caseId}/custody`);
}

async function lookAtStream(collection: string, id: string, agency: string): Promise<void> {
  const template = `/v1/${collection}/{id}`;
  await look(agency, template, `/v1/${collection}/${id}`);
  const { rows } = (await look(agency, `${template}/timeline`, `/v1/${collection}/${id}/timeline?limit=200`)) as { rows: Body[] };
  for (const { eventId } of rows) await look(agency, `${template}/events/{eventId}`, `/v1/${collection}/${id}/events/${String(eventId)}`);
}

beforeAll(async () => {
  server = await serverOfOnesOwn({});
  const { superuserUrl } = await freshDatabase(server.superuserUrl);
  await migrate({ url: superuserUrl, steps: [] });
  readModels = await openReadModels({ url: superuserUrl, poolSize: 3 });
  await readModels.prepare();
  api = await apiForSpecs({ directory, now: '2020-10-12T08:00:00+08:00', readModels, sandbox: true });
  document = (await look(police, '/openapi.json')) as Document;
  ajv = ajvOf(document);
  for (const [index, { by, now, type, data }] of wholeLoop.entries()) {
    await post('sandbox/clock', { now }, await headersOf(police, 'registrar'));
    // Bodies are checked here, so the number needs its right check character.
    const sent = JSON.parse(JSON.stringify(data).replace('341126196003120323', '34112619600312032X')) as object;
    const answer = await post(`cases/${index === 0 ? '' : `${caseId}/`}${kebab(type)}`, { data: sent }, await headersOf(by));
    expect([type, answer.status]).toEqual([type, 201]);
    if (index === 0) caseId = String(answer.body['caseId']);
    await lookAround();
  }
  const entry = { agencyId: 'new-station', kind: 'STATION', name: '某县救助管理站', division: '341126', effectiveFrom: '2020-01-01' };
  await post('agencies/new-station/register-agency', { data: entry }, await headersOf(police, 'registrar'));
  await api.project();
  await lookAtStream('cases', caseId, 'taicang-station');
  await post(`privacy/${caseId}/decide-erasure`, { data: erasure }, await headersOf('taicang-station'));
  await post(`privacy/${caseId}/place-legal-hold`, { data: hold }, await headersOf('taicang-station'));
  await api.project();
  await lookAtStream('privacy', caseId, 'taicang-station');
  for (const page of ['erasure-plan', 'certificate']) await look(police, `/v1/privacy/{id}/${page}`, `/v1/privacy/${caseId}/${page}`);
  await look(police, '/v1/cases/{id}/disclosures', `/v1/cases/${caseId}/disclosures?limit=200`);
  await lookAtStream('agencies', 'new-station', police);
  for (const path of ['/v1/agencies', '/v1/sandbox/clock', '/health/live', '/health/ready']) await look(police, path);
}, 180_000);
afterAll(async () => {
  await api?.close();
  await readModels?.close();
  await server?.stop();
});

/** Schemas that say nothing about further properties allow none here, so that an answer that the document forgets is found. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  return 'properties' in inner && inner['type'] === 'object' && !('additionalProperties' in inner)
    ? { ...inner, additionalProperties: false }
    : inner;
}

function ajvOf(openApi: Document): Ajv {
  const made = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
  for (const [name, { check }] of Object.entries(formatsAt(() => dateInChina('2020-10-30T08:00:00+08:00'))))
    made.addFormat(name, { type: 'string', validate: check });
  // An OpenAPI document is no schema as a whole: its schemas are found inside it by their pointers.
  made.addVocabulary(Object.keys(openApi));
  made.addSchema(closed(openApi) as object, 'document', undefined, false);
  return made;
}

const pointerPart = (text: string): string => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));

function validatorOf(path: string): ValidateFunction {
  const pointer = ['paths', path, 'get', 'responses', '200', 'content', 'application/json', 'schema'].map(pointerPart).join('/');
  return ajv.compile({ $ref: `document#/${pointer}` });
}

const readInJson = (): readonly string[] =>
  Object.entries(document.paths).flatMap(([path, { get }]) =>
    get?.responses['200']?.content?.['application/json'] === undefined ? [] : [path],
  );
const bodiesOf = (path: string): readonly Body[] => answers.get(path) ?? [];

describe('the answers of a service that has played a whole case', () => {
  it('are looked at on every route that answers in JSON, lists with at least one row', () => {
    expect([...answers.keys()].sort()).toEqual([...readInJson()].sort());
    for (const [path, bodies] of answers) {
      const lists = bodies.filter(({ rows }) => Array.isArray(rows)) as { rows: readonly unknown[] }[];
      if (lists.length > 0) expect([path, lists.some(({ rows }) => rows.length > 0)]).toEqual([path, true]);
    }
    const desks = bodiesOf('/v1/desk') as Record<string, { rows: readonly unknown[] }>[];
    for (const part of ['custody', 'handovers', 'letters'])
      expect([part, desks.some((desk) => desk[part]!.rows.length > 0)]).toEqual([part, true]);
  });

  it('are what the document says, and hold nothing that it does not name', () => {
    for (const path of readInJson()) {
      const validate = validatorOf(path);
      for (const body of bodiesOf(path)) expect([path, validate(body), validate.errors]).toEqual([path, true, null]);
    }
  });

  it('would not be accepted with a property that the document does not name', () => {
    for (const path of readInJson()) {
      const validate = validatorOf(path);
      for (const body of bodiesOf(path).slice(0, 3)) expect([path, validate({ ...body, unheardOf: true })]).toEqual([path, false]);
    }
  });

  it('would not be accepted with any of their own properties missing', () => {
    for (const path of readInJson()) {
      const validate = validatorOf(path);
      const optional = path === '/openapi.json' ? ['servers', 'security', 'tags'] : path.endsWith('{eventId}') ? ['user'] : [];
      for (const body of bodiesOf(path).slice(0, 3))
        for (const name of Object.keys(body).filter((key) => !optional.includes(key))) {
          const { [name]: _left, ...rest } = body;
          expect([path, name, validate(rest)]).toEqual([path, name, false]);
        }
    }
  });

  it('would not be accepted with a column of a row missing', () => {
    let tried = 0;
    for (const path of readInJson()) {
      const [body] = bodiesOf(path).filter(({ rows }) => Array.isArray(rows) && rows.length > 0);
      const [row] = (body?.['rows'] ?? []) as Body[];
      for (const name of Object.keys(row ?? {}).filter((key) => key !== 'organisationCode')) {
        const { [name]: _left, ...rest } = row!;
        expect([path, name, validatorOf(path)({ ...body, rows: [rest] })]).toEqual([path, name, false]);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(60);
  });
});
