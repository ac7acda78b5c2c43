import { createHash } from 'node:crypto';
import type { StoredRecord } from '../port';

export type LogDigest = Readonly<{
  records: number;
  streams: number;
  /** Over the digests of all streams by name: the same for logs that hold the same streams, in whatever order between them. SHA-256, hex. */
  digest: string;
}>;

type Rolling = Readonly<{ count: number; digest: Buffer }>;

/** For every stream the number of its records and a digest that rolls over them: ids, places, times, bytes, and nothing that erasure may take. */
export class StreamDigests {
  private readonly streams = new Map<string, Rolling>();
  private records = 0;

  add(record: StoredRecord): void {
    const before = this.streams.get(record.stream);
    this.records += 1;
    this.streams.set(record.stream, { count: (before?.count ?? 0) + 1, digest: digestAfter(before?.digest, record) });
  }

  get result(): LogDigest {
    const all = createHash('sha256');
    for (const name of [...this.streams.keys()].sort()) all.update(`${name} ${this.textOf(name)}\n`);
    return { records: this.records, streams: this.streams.size, digest: all.digest('hex') };
  }

  /** The names of the streams that only one of both has, or that differ. */
  differences(other: StreamDigests): readonly string[] {
    const names = new Set([...this.streams.keys(), ...other.streams.keys()]);
    return [...names].filter((name) => this.textOf(name) !== other.textOf(name)).sort();
  }

  private textOf(name: string): string {
    const stream = this.streams.get(name);
    return stream ? `${stream.count} ${stream.digest.toString('hex')}` : '';
  }
}

function digestAfter(before: Buffer | undefined, record: StoredRecord): Buffer {
  const { version, id, type, schemaVersion, recordedAt, envelope } = record;
  return createHash('sha256')
    .update(before ?? '')
    .update(`${version} ${id} ${type} ${schemaVersion} ${recordedAt} ${envelope.length}\n`)
    .update(envelope)
    .digest();
}
