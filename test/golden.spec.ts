import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import canonicalize from 'canonicalize';
import type { StoredRecord } from '@guitu/event-log';
import { recordedOf, schemaVersionOf } from '@guitu/history';
import { dutyEvents, eventKindOf, streams, type AnyStreamKind } from '@guitu/rescue';
import { formatsAt } from '../apps/api/src/validation/formats';

/** A record as some version of Guitu stored it, and what that version read out of it. */
type Golden = Readonly<{
  record: Omit<StoredRecord, 'position' | 'envelope'> & Readonly<{ envelope: string }>;
  reading: Readonly<{ schema: number; type: string; data: object; meta: object; backfill: object | null }>;
}>;

const folder = path.join(__dirname, 'golden');
const schemas = path.join(__dirname, '../schemas/events');
const [anyKind] = streams;
if (anyKind === undefined) throw new Error('There is at least one kind of stream.');

/** A kind of event that is stored: its golden category and the collection of its schema. Events of duties lie in streams of every kind. */
type Stored = Readonly<{ type: string; kind: AnyStreamKind; category: string; collection: string }>;
const stored: readonly Stored[] = [
  ...streams.flatMap((kind) =>
    Object.keys(kind.events).map((type) => ({ type, kind, category: kind.category, collection: kind.collection })),
  ),
  ...Object.keys(dutyEvents).map((type) => ({ type, kind: anyKind, category: 'duty', collection: 'duties' })),
];
const versions = stored.flatMap((one) =>
  Array.from({ length: schemaVersionOf(one.kind, one.type) }, (_, index) => ({
    ...one,
    schema: index + 1,
    name: `${one.category}/${one.type}.v${index + 1}.json`,
  })),
);

const read = (name: string): Golden => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Golden;
const recordOf = ({ record }: Golden): StoredRecord => ({ ...record, envelope: Buffer.from(record.envelope, 'utf8'), position: 1n });

/** The reading of the version that stored it, lifted by every change of shape since then. */
function liftedReading({ kind, type }: Stored, { reading }: Golden): object {
  const past = eventKindOf(kind, type).past ?? [];
  return past.slice(reading.schema - 1).reduce<object>((old, lift) => lift(old as never), reading.data);
}

const sealedValue = {
  type: 'object',
  required: ['$sealed'],
  additionalProperties: false,
  properties: { $sealed: { type: 'object', required: ['s', 'k', 'c', 'a', 'd', 'place', 'ciphertext'] } },
};
/** The schema of the event at rest: a sealed value of the right class stands exactly where the type says `x-personal`. */
function atRest(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(atRest);
  if (typeof node !== 'object' || node === null) return node;
  const mark = (node as Readonly<Record<string, unknown>>)['x-personal'];
  if (typeof mark !== 'string') return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, atRest(inner)]));
  const $sealed = { ...sealedValue.properties.$sealed, properties: { c: { const: mark.split(' ')[0] } } };
  return { ...sealedValue, properties: { $sealed } };
}

const ajv = new Ajv({ allErrors: true, strict: false });
for (const [name, { check }] of Object.entries(formatsAt(() => '2026-01-01'))) ajv.addFormat(name, check);
const schemaOf = ({ collection, type }: Stored): object =>
  atRest(JSON.parse(readFileSync(path.join(schemas, collection, `${type}.json`), 'utf8'))) as object;

describe('what was ever stored can be read for ever', () => {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));

  it('every stored shape of every event has an example', () => {
    const names = versions.map(({ name }) => name);
    expect(names.filter((name) => !found.includes(name))).toEqual([]);
    expect(versions.length).toBeGreaterThan(100);
  });
  it('no example belongs to an event that the catalogues have forgotten', () =>
    expect(found.filter((name) => !versions.some((one) => one.name === name))).toEqual([]));
});

describe.each(versions)('$name', (one) => {
  const golden = (): Golden => read(one.name);

  it('is canonical JSON that says the same as its record', () => {
    const { record } = golden();
    const envelope = JSON.parse(record.envelope) as Readonly<Record<string, unknown>>;
    expect(canonicalize(envelope)).toBe(record.envelope);
    const { id, type, stream, version, schemaVersion } = record;
    expect(envelope).toMatchObject({ v: 1, id, type, stream, version, schema: schemaVersion });
    expect([type, schemaVersion]).toEqual([one.type, one.schema]);
  });
  it('reads as it was read when it was stored', () => {
    const recorded = recordedOf(recordOf(golden()));
    expect({ type: recorded.type, data: recorded.data, meta: recorded.meta, backfill: recorded.backfill }).toEqual({
      type: golden().reading.type,
      data: liftedReading(one, golden()),
      meta: golden().reading.meta,
      backfill: golden().reading.backfill,
    });
  });
  it('has the shape of today’s schema, with sealed values exactly where it says personal', () => {
    const validate = ajv.compile(schemaOf(one));
    validate(recordedOf(recordOf(golden())).data);
    expect(validate.errors ?? []).toEqual([]);
  });
  it('brings the ciphertext of each of its sealed values, and no other', () => {
    const { record } = golden();
    const named = [...record.envelope.matchAll(/"\$enc":\{[^}]*"d":"([^"]+)"/g)].map(([, digest]) => digest);
    expect(Object.keys(record.secrets).sort()).toEqual([...new Set(named)].sort());
  });
});
