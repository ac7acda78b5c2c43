import type { StoredRecord } from '../port';
import type { CopySource, CopyTarget } from './ends';
import { CopyDiffers, TargetHoldsOthers } from './errors';
import { StreamDigests, type LogDigest } from './stream-digests';

const defaultPageSize = 500;

/** `records`: so far, those of earlier runs included. */
export type CopyProgress = Readonly<{ step: 'comparing' | 'copying' | 'verifying'; records: number }>;

export type CopyOptions = Readonly<{
  source: CopySource;
  target: CopyTarget;
  pageSize?: number;
  onProgress?: (progress: CopyProgress) => void;
}>;

/** `found`: records that an earlier run had copied. `position`: of the last record of the source that was copied. */
export type Copied = LogDigest & Readonly<{ found: number; copied: number; position: bigint }>;

/**
 * Copies a log into another engine: ids, versions, bytes, secrets and times as they are, in the order of the source, up to the end it has when it
 * is reached. Positions are the target's own, so checkpoints and cursors of followers do not travel.
 *
 * Started again after a kill at any point it goes on: what the target holds is compared record by record with the beginning of the source.
 * At the end both are read again and compared. The source is only read; nobody else may write to the target.
 *
 * @throws TargetHoldsOthers, TargetInUse, CopyDiffers, and what source and target throw
 */
export async function copyLog({ source, target, pageSize = defaultPageSize, onProgress = () => undefined }: CopyOptions): Promise<Copied> {
  const found = await compareBeginning({ source, target, pageSize, onProgress });
  let { position, records } = found;
  for (;;) {
    const page = await source.readAll(position, pageSize);
    if (page.length === 0) break;
    await target.place(page);
    position = page.at(-1)!.position;
    records += page.length;
    onProgress({ step: 'copying', records });
  }
  const digest = await verify({ source, target, pageSize, onProgress }, position);
  return { ...digest, found: found.records, copied: records - found.records, position };
}

type Comparing = Required<CopyOptions>;

/** How far the target is a copy already. */
async function compareBeginning({
  source,
  target,
  pageSize,
  onProgress,
}: Comparing): Promise<Readonly<{ position: bigint; records: number }>> {
  const theirs = recordsOf(target, pageSize);
  const ours = recordsOf(source, pageSize);
  let last = { position: 0n, records: 0 };
  for await (const record of theirs) {
    const { value: expected } = (await ours.next()) as { value: StoredRecord | undefined };
    if (expected === undefined) throw new TargetHoldsOthers(`it has more than the ${last.records} records of the source`);
    if (!isCopy(expected, record)) throw new TargetHoldsOthers(`record ${record.version} of stream ${record.stream} is not the source's`);
    last = { position: expected.position, records: last.records + 1 };
    if (last.records % pageSize === 0) onProgress({ step: 'comparing', records: last.records });
  }
  return last;
}

/** Reads both again, independently of what was compared and placed before. */
async function verify({ source, target, pageSize, onProgress }: Comparing, end: bigint): Promise<LogDigest> {
  const [copied, original] = [new StreamDigests(), new StreamDigests()];
  const lostSecrets: string[] = [];
  const theirs = recordsOf(target, pageSize);
  let records = 0;
  for await (const record of recordsOf(source, pageSize)) {
    if (record.position > end) break;
    original.add(record);
    const { value: copy } = (await theirs.next()) as { value: StoredRecord | undefined };
    if (copy) copied.add(copy);
    if (copy && !hasSecretsOf(record, copy)) lostSecrets.push(record.stream);
    records += 1;
    if (records % pageSize === 0) onProgress({ step: 'verifying', records });
  }
  for await (const more of theirs) copied.add(more);
  const differing = [...new Set([...original.differences(copied), ...lostSecrets])];
  if (differing.length > 0) throw new CopyDiffers(differing);
  return original.result;
}

function isCopy(original: StoredRecord, copy: StoredRecord): boolean {
  const [one, other] = [new StreamDigests(), new StreamDigests()];
  one.add(original);
  other.add(copy);
  return one.differences(other).length === 0;
}

/** Erasure may have emptied the source since; the copy then still has more, and is to be erased too. */
function hasSecretsOf(original: StoredRecord, copy: StoredRecord): boolean {
  return Object.entries(original.secrets).every(([digest, ciphertext]) => copy.secrets[digest] === ciphertext);
}

async function* recordsOf(log: CopySource, pageSize: number): AsyncGenerator<StoredRecord, undefined> {
  let position = 0n;
  for (;;) {
    const page = await log.readAll(position, pageSize);
    if (page.length === 0) return;
    yield* page;
    position = page.at(-1)!.position;
  }
}
