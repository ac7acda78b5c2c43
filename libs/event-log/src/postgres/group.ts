import type { NewRecord } from '../port';

/** One append on its way: `settle` is called exactly once. */
export type Waiting = Readonly<{
  stream: string;
  expectedVersion: number;
  records: readonly NewRecord[];
  bytes: number;
  /** Hand-moved time, or nothing for the server's. */
  time: string | undefined;
  /** On the monotonic clock of this process. */
  giveUpAt: number;
  settle: (outcome: Outcome) => void;
}>;

export type Verdict = 'written' | 'replayed' | 'conflict' | 'taken';
export type Decided = Readonly<{
  append_number: number;
  verdict: Verdict;
  version: number;
  position: bigint | null;
  recorded_at: string | null;
}>;
export type Outcome = Readonly<{ kind: 'decided'; row: Decided } | { kind: 'failed'; error: Error }>;

/** Enough to make the commit's wait for the disk small against the writing; the rest is already on its way behind it. */
export const maxAppendsPerGroup = 64;
const maxBytesPerGroup = 4_194_304;
/** Appends that meet on one stream are decided one after another; the rest of a long row waits for the next group. */
const maxWavesPerGroup = 16;

export type Group = Readonly<{ appends: readonly Waiting[]; waves: readonly number[] }>;

/** Takes what travels together off the head of the queue, in its order. At least one append, whatever its size. */
export function takeGroup(queue: Waiting[]): Group {
  const waves: number[] = [];
  const waveOf = new Map<string, number>();
  let bytes = 0;
  for (const append of queue) {
    bytes += append.bytes;
    if (waves.length > 0 && (bytes > maxBytesPerGroup || waves.length === maxAppendsPerGroup)) break;
    const keys = [append.stream, ...append.records.map((record) => record.id)];
    const wave = 1 + Math.max(0, ...keys.map((key) => waveOf.get(key) ?? 0));
    if (wave > maxWavesPerGroup) break;
    for (const key of keys) waveOf.set(key, wave);
    waves.push(wave);
  }
  return { appends: queue.splice(0, waves.length), waves };
}

/** The values of the short statement, when the group is one append of one record. */
export function valuesOfOne({ appends }: Group): readonly unknown[] | undefined {
  const [append, another] = appends;
  const [record, more] = append?.records ?? [];
  if (!append || another || !record || more) return undefined;
  const { stream, expectedVersion, time } = append;
  return [stream, expectedVersion, time, record.id, record.type, record.schemaVersion, record.envelope, JSON.stringify(record.secrets)];
}

/** The statement's values. Lists of numbers, ids and names need no quoting; bytes of all records travel in one piece and are cut apart there. */
export function valuesOf({ appends, waves }: Group): readonly (string | Buffer)[] {
  const [numbers, places, ids, types, schemaVersions, starts, envelopes, secrets] = Array.from(
    { length: 8 },
    () => [] as (string | number)[],
  ) as [...Columns];
  const pieces: Uint8Array[] = [];
  let start = 1; // PostgreSQL counts bytes from 1
  appends.forEach((append, index) => {
    append.records.forEach((record, place) => {
      const sealed = secretsOf(record);
      numbers.push(index + 1);
      places.push(place + 1);
      ids.push(record.id);
      types.push(record.type);
      schemaVersions.push(record.schemaVersion);
      starts.push(start);
      envelopes.push(record.envelope.length);
      secrets.push(sealed.length);
      pieces.push(record.envelope, sealed);
      start += record.envelope.length + sealed.length;
    });
  });
  return [
    list(appends.map((append) => append.stream)),
    list(appends.map((append) => append.expectedVersion)),
    list(appends.map((append) => append.records.length)),
    list(waves),
    list(appends.map((append) => append.time ?? 'NULL')),
    ...[numbers, places, ids, types, schemaVersions, starts, envelopes, secrets].map(list),
    Buffer.concat(pieces),
  ];
}

type Column = (string | number)[];
type Columns = [Column, Column, Column, Column, Column, Column, Column, Column];

const nothing = new Uint8Array(0);

function secretsOf(record: NewRecord): Uint8Array {
  for (const _ in record.secrets) return Buffer.from(JSON.stringify(record.secrets));
  return nothing;
}

const list = (values: readonly (string | number)[]): string => `{${values.join(',')}}`;
