import { maxBytesPerAppend, maxRecordsPerAppend } from '../check-call';
import { EventIdTaken, VersionConflict } from '../errors';
import { connectEventStore } from '../eventstore-log';
import type { WireLog } from '../eventstore/wire-log';
import type { StoredRecord } from '../port';
import type { CopyTarget } from './ends';
import { TargetInUse } from './errors';

const deadlineMs = 60_000;
/** Envelopes and secrets of one append; what is around them has the rest of the limit. */
const bytesPerAppend = maxBytesPerAppend / 4;

/** Source and target. @throws WrongEventStoreUrl, LogUnavailable */
export async function openEventStoreEnd(connectionString: string): Promise<CopyTarget> {
  const log = await connectEventStore({ connectionString, deadlineMs });
  return {
    readAll: (after, limit) => log.readAll(after, limit),
    place: async (records) => {
      // One after another, so that the whole log has the order of its source.
      for (const run of runsOf(records)) await placeRun(log, run);
    },
    close: () => log.close(),
  };
}

async function placeRun(log: WireLog, run: readonly StoredRecord[]): Promise<void> {
  const [first] = run;
  if (!first) return;
  try {
    await log.place(first.stream, first.version - 1, run);
  } catch (error) {
    if (!(error instanceof VersionConflict || error instanceof EventIdTaken)) throw error;
    throw new TargetInUse(`somebody else writes to stream ${first.stream} in the target of the copy`);
  }
}

/** Neighbours of one stream travel together, within the limits of an append. */
export function runsOf(records: readonly StoredRecord[]): readonly (readonly StoredRecord[])[] {
  const runs: StoredRecord[][] = [];
  let bytes = 0;
  for (const record of records) {
    const run = runs.at(-1);
    const size = sizeOf(record);
    const fits = run?.[0]?.stream === record.stream && run.length < maxRecordsPerAppend && bytes + size <= bytesPerAppend;
    bytes = fits ? bytes + size : size;
    if (fits) run.push(record);
    else runs.push([record]);
  }
  return runs;
}

const sizeOf = ({ envelope, secrets }: StoredRecord): number => envelope.length + JSON.stringify(secrets).length;
