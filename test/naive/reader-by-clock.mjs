// A naive reader: goes on behind the last recorded time it has seen, in the order of recorded times. Right as long as no clock ever moves back.

/** Reads a log that grows record by record, looking after every few of them. Tells which records it took, in its order. */
export function readByClock(records, every) {
  const taken = [];
  let seenUpTo = '';
  for (let grown = every; grown < records.length + every; grown += every) {
    const fresh = records.slice(0, grown).filter(({ recordedAt }) => recordedAt > seenUpTo);
    fresh.sort((one, other) => (one.recordedAt < other.recordedAt ? -1 : one.recordedAt > other.recordedAt ? 1 : 0));
    taken.push(...fresh);
    seenUpTo = fresh.at(-1)?.recordedAt ?? seenUpTo;
  }
  return taken;
}

/** How many records are missing, and how many stand in another place of the order than they were written in. */
export function wrongIn(taken, records) {
  const places = new Map(records.map(({ id }, index) => [id, index]));
  const lost = records.length - new Set(taken.map(({ id }) => id)).size;
  let last = -1;
  let misplaced = 0;
  for (const { id } of taken) {
    const place = places.get(id);
    if (place < last) misplaced += 1;
    else last = place;
  }
  return { lost, misplaced };
}
