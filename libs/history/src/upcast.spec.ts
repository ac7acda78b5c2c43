import type { StoredRecord } from '@guitu/event-log';
import { Keyring, KeyEncryptionKey, memoryKeyStore, openTree } from '@guitu/personal-data';
import { evolve, nothing, UnknownEventType, type AnyStreamKind } from '@guitu/rescue';
import { envelopeBytes, parseEnvelope } from './envelope';
import { recordedOf, schemaVersionOf, UnknownEventVersion } from './recorded';
import { sealBatch } from './sealing';

const now = '2020-10-12T08:40:00+08:00';
const apply = (state: unknown, data: { weeks: number }): unknown => ({ ...(state as object), weeks: data.weeks });
const base = { category: 'loan', collection: 'loans', zh: '借用', initial: {}, commands: {}, duties: [] };

/** An invented stream in three ages: version 1 counted days and called the note a remark, version 2 counted days, version 3 counts weeks. */
const ages: readonly AnyStreamKind[] = [
  { ...base, events: { Lent: { zh: '借出', basis: 'spec', sealed: { remark: 'narrative' }, apply } } },
  {
    ...base,
    events: {
      Lent: {
        zh: '借出',
        basis: 'spec',
        sealed: { note: 'narrative' },
        past: [({ remark, ...kept }: { remark?: unknown }) => ({ ...kept, note: remark })],
        apply,
      },
    },
  },
  {
    ...base,
    events: {
      Lent: {
        zh: '借出',
        basis: 'spec',
        sealed: { note: 'narrative' },
        past: [
          ({ remark, ...kept }: { remark?: unknown }) => ({ ...kept, note: remark }),
          ({ days, ...kept }: { days: number }) => ({ ...kept, weeks: days / 7 }),
        ],
        apply,
      },
    },
  },
];
const age = (version: 1 | 2 | 3): AnyStreamKind => ages[version - 1] as AnyStreamKind;

const openKeyring = (): Promise<Keyring> =>
  Keyring.open({ store: memoryKeyStore(), keyEncryptionKey: new KeyEncryptionKey(Buffer.alloc(32, 7)) });

/** The event as Guitu of that age stored it. */
async function storedIn(version: 1 | 2 | 3, data: object, keyring: Keyring): Promise<StoredRecord> {
  const by = { agency: 'taicang-station', user: 'u1', client: 'c1', role: 'staff' } as const;
  const {
    records: [record],
  } = await sealBatch(keyring, {
    kind: age(version),
    stream: 'loan-1',
    version: 0,
    prev: null,
    command: { type: 'Lend', data: {}, by, at: now },
    commandId: 'b8e4ccee-3581-5e19-9404-0eb3c8dffca6',
    digest: 'digest',
    world: { now, directory: new Map() },
    events: [{ type: 'Lent', data, meta: { id: '3fa178d2-7b4d-54dc-b898-da4d6f6e412f', by: by.agency, at: now } }],
  });
  if (record === undefined) throw new Error('One event makes one record.');
  return { ...record, stream: 'loan-1', version: 1, position: 1n, recordedAt: '2020-10-12T00:40:00.000Z' };
}

describe('an event that was stored in an older shape', () => {
  it('carries the version of the shape in which it was written', async () => {
    const keyring = await openKeyring();
    expect(ages.map((kind) => schemaVersionOf(kind, 'Lent'))).toEqual([1, 2, 3]);
    expect((await storedIn(1, { days: 14, remark: '轮椅' }, keyring)).schemaVersion).toBe(1);
    expect((await storedIn(3, { weeks: 2, note: '轮椅' }, keyring)).schemaVersion).toBe(3);
  });
  it('is lifted through every shape since then, in order', async () => {
    const keyring = await openKeyring();
    const stored = await storedIn(1, { days: 14, remark: '轮椅' }, keyring);
    expect(Object.keys(recordedOf(stored, age(2)).data).sort()).toEqual(['days', 'note']);
    expect(recordedOf(stored, age(3)).data).toMatchObject({ weeks: 2 });
    expect(Object.keys(recordedOf(stored, age(3)).data).sort()).toEqual(['note', 'weeks']);
  });
  it('is lifted from its own shape on, not from the first', async () => {
    const stored = await storedIn(2, { days: 21, note: '轮椅' }, await openKeyring());
    expect(recordedOf(stored, age(3)).data).toMatchObject({ weeks: 3, note: { $sealed: expect.anything() } });
  });
  it('is left as it is when its shape is today’s', async () => {
    const stored = await storedIn(3, { weeks: 5, note: '轮椅' }, await openKeyring());
    expect(recordedOf(stored, age(3)).data).toMatchObject({ weeks: 5 });
  });
  it('still opens a personal value that has moved to another field', async () => {
    const keyring = await openKeyring();
    const recorded = recordedOf(await storedIn(1, { days: 14, remark: '轮椅' }, keyring), age(3));
    expect(await openTree(keyring, recorded.data)).toEqual({ weeks: 2, note: '轮椅' });
  });
  it('keeps its stored bytes: only the reading is new', async () => {
    const stored = await storedIn(1, { days: 14, remark: '轮椅' }, await openKeyring());
    const { envelope } = recordedOf(stored, age(3));
    expect(envelope).toMatchObject({ schema: 1, data: { days: 14 } });
    expect(Buffer.from(envelopeBytes(envelope)).equals(Buffer.from(stored.envelope))).toBe(true);
  });
  it('reaches the state in today’s shape', async () => {
    const recorded = recordedOf(await storedIn(1, { days: 28, remark: '轮椅' }, await openKeyring()), age(3));
    expect(evolve(age(3), nothing<unknown>({}), recorded).state).toEqual({ weeks: 4 });
  });
});

describe('an event that this version of Guitu cannot know', () => {
  it('stops the reading where its shape is newer', async () => {
    const stored = await storedIn(3, { weeks: 2, note: '轮椅' }, await openKeyring());
    expect(() => recordedOf(stored, age(2))).toThrow(UnknownEventVersion);
  });
  it('stops the reading where its shape is no whole number from 1 on', async () => {
    const stored = await storedIn(1, { days: 14, remark: '轮椅' }, await openKeyring());
    for (const schema of [0, 1.5, -1]) {
      const envelope = envelopeBytes({ ...parseEnvelope(stored.id, stored.envelope), schema });
      expect(() => recordedOf({ ...stored, envelope }, age(3))).toThrow(UnknownEventVersion);
    }
  });
  it('stops the reading where its type is unknown', async () => {
    const stored = await storedIn(1, { days: 14, remark: '轮椅' }, await openKeyring());
    expect(() => recordedOf(stored, { ...age(1), events: {} })).toThrow(UnknownEventType);
  });
});
