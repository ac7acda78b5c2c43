import type { CopySource, EventLog, StoredRecord } from '@guitu/event-log';
import { damaged, readBackup } from './backup-file';

const pageSize = 500;

/** One record as a line of a backup: everything that the log keeps of it. `envelope`: base64 of the stored bytes. */
export type RecordLine = Readonly<Omit<StoredRecord, 'position' | 'envelope'> & { position: string; envelope: string }>;

/** The records of the log up to a position, in order. */
export async function* recordLines(log: Pick<EventLog, 'readAll'>, end: bigint): AsyncGenerator<RecordLine> {
  for (let after = 0n; after < end;) {
    const page = await log.readAll(after, pageSize);
    for (const record of page) if (record.position <= end) yield lineOf(record);
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.position;
  }
}

const lineOf = ({ position, stream, version, id, type, schemaVersion, recordedAt, envelope, secrets }: StoredRecord): RecordLine => ({
  position: String(position),
  stream,
  version,
  id,
  type,
  schemaVersion,
  recordedAt,
  envelope: Buffer.from(envelope).toString('base64'),
  secrets,
});

/** A backup read like a log, from its beginning and forwards only: again from the beginning when it is asked for what lies after 0. */
export function sourceOfBackup(file: string): CopySource {
  let records = recordsOf(file);
  let last = 0n;
  return {
    async readAll(after, limit) {
      if (after === 0n) {
        await records.return(undefined);
        [records, last] = [recordsOf(file), 0n];
      }
      if (after !== last) throw new Error('a backup is read forwards');
      const page: StoredRecord[] = [];
      while (page.length < limit) {
        const { value } = await records.next();
        if (value === undefined) break;
        page.push(value);
      }
      last = page.at(-1)?.position ?? last;
      return page;
    },
    close: async () => void (await records.return(undefined)),
  };
}

async function* recordsOf(file: string): AsyncGenerator<StoredRecord, undefined> {
  for await (const line of readBackup('log', file)) if (!('format' in line) && !('end' in line)) yield recordOf(line, file);
  return undefined;
}

function recordOf(line: Readonly<Record<string, unknown>>, file: string): StoredRecord {
  const { position, stream, version, id, type, schemaVersion, recordedAt, envelope, secrets } = line;
  const texts = [position, stream, id, type, recordedAt, envelope].every((value) => typeof value === 'string');
  if (!texts || typeof version !== 'number' || typeof schemaVersion !== 'number' || typeof secrets !== 'object')
    throw damaged(file, 'a line is no record');
  const { position: _position, envelope: _envelope, ...same } = line as unknown as RecordLine;
  return { ...same, position: BigInt(_position), envelope: Buffer.from(_envelope, 'base64') };
}
