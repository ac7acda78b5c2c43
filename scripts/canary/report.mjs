// What was searched and found, in one table, and the verdict.
const MOST_LEAKS_TOLD = 40;
/** Where something must have been searched: an empty place is one that was missed. */
const neverEmpty = [
  'schema event_log',
  'schema personal_data',
  'system catalogues',
  'service stdout',
  'log of the database',
  'files of the data folder',
  'bodies of errors',
  'headers of answers',
  'health and metrics',
  'guitu, not opened',
  'backups',
];

export const megabytes = (bytes) => (bytes / 1e6).toFixed(bytes < 1e6 ? 3 : 1);

/** Prints it all. @returns whether nothing was found, and the search would have found it */
export function report({ search, hits, test, seen, persons }) {
  const row = (...cells) => cells.map((cell, column) => (column === 0 ? cell.padEnd(44) : String(cell).padStart(10))).join('');
  console.log(`\n${row('searched', 'MB', 'pieces', 'hits')}`);
  for (const [place, { bytes, pieces }] of [...search.places].sort())
    console.log(row(place, megabytes(bytes), pieces, hits.filter((hit) => hit.place === place).length));
  tellLeaks(hits);
  for (const one of test.missed) console.log(`BLIND ${one}`);
  const empty = neverEmpty.filter((place) => (search.places.get(place)?.bytes ?? 0) === 0);
  for (const place of empty) console.log(`EMPTY ${place}: nothing was searched there`);
  if (seen === 0) console.log('UNSEEN: no value was shown to anybody, so the stories brought none into the service');
  const total = [...search.places.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(
    `\n${persons} persons, ${megabytes(total)} MB searched, ${hits.length} hits; of ${test.planted} planted leaks ${test.planted - test.missed.length} found`,
  );
  return hits.length === 0 && test.missed.length === 0 && empty.length === 0 && seen > 0;
}

function tellLeaks(hits) {
  const leaks = new Map();
  for (const hit of hits) {
    const leak = `${hit.place}, ${hit.what}: ${hit.kind} as ${hit.encoding}`;
    leaks.set(leak, [...(leaks.get(leak) ?? []), hit]);
  }
  for (const [leak, [first, ...more]] of [...leaks].slice(0, MOST_LEAKS_TOLD))
    console.log(`FOUND in ${leak}: ${first.value} of person ${first.person}${more.length > 0 ? ` and ${more.length} times more` : ''}`);
  if (leaks.size > MOST_LEAKS_TOLD) console.log(`… and ${leaks.size - MOST_LEAKS_TOLD} kinds of hits more`);
}
