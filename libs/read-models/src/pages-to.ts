import type { EventLog, StoredRecord } from '@guitu/event-log';

/**
 * The log's records after one position up to another, page by page; while one page is worked on, the next is being read.
 * @throws when the log ends before `upTo`
 */
export async function* pagesTo(
  log: EventLog,
  { after, upTo, page }: Readonly<{ after: bigint; upTo: bigint; page: number }>,
): AsyncGenerator<readonly StoredRecord[]> {
  if (after >= upTo) return;
  for (let reading = ahead(log, after, page); ;) {
    const records = await reading;
    const last = records.at(-1);
    if (last === undefined) throw new Error(`The log ends before position ${upTo}, which the read models have seen.`);
    const more = last.position < upTo;
    if (more) reading = ahead(log, last.position, page);
    yield more ? records : records.filter(({ position }) => position <= upTo);
    if (!more) return;
  }
}

/** A page that nobody may come to wait for, when the one before it fails: its own fault is told to whoever does. */
function ahead(log: EventLog, after: bigint, page: number): ReturnType<EventLog['readAll']> {
  const reading = log.readAll(after, page);
  reading.catch(() => undefined);
  return reading;
}
