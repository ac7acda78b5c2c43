import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dutyEvents, retentionTable, streams } from '@guitu/rescue';

const page = readFileSync(path.resolve(__dirname, '../docs/personal-data.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('|'));

type Marked = Readonly<{ event: string; pointer: string; mark: string }>;
const marksIn = (event: string, marks: object, pointer = ''): readonly Marked[] =>
  Object.entries(marks).flatMap(([field, mark]: [string, unknown]) =>
    typeof mark === 'string'
      ? [{ event, pointer: `${pointer}/${field}`, mark }]
      : marksIn(event, Object(mark) as object, `${pointer}/${field}`),
  );
const marked = [...streams.map(({ events }) => events), dutyEvents].flatMap((events) =>
  Object.entries(events).flatMap(([event, { sealed }]) => marksIn(event, (sealed as object | undefined) ?? {})),
);
const rowsOf = ({ event, pointer }: Pick<Marked, 'event' | 'pointer'>): readonly string[] =>
  rows.filter((row) => row.startsWith(`| \`${event}\` `) && row.includes(`| \`${pointer}\` `));

describe('the page about personal data', () => {
  it('tells the class of every marked field of every event, and whose it is: run `npm run personal-data-docs`', () => {
    expect(marked.length).toBeGreaterThan(100);
    for (const { mark, ...place } of marked) {
      const [dataClass = '', whose = 'person'] = mark.split(' of ');
      const [row, ...more] = rowsOf(place);
      expect([place, more]).toEqual([place, []]);
      expect([place, row?.includes(` ${dataClass} `), row?.includes(whose)]).toEqual([place, true, true]);
    }
  });

  it('tells of no field that is not marked', () => {
    const places = new Set(marked.map(({ event, pointer }) => `${event} ${pointer}`));
    const told = rows.flatMap((row) => /^\| `(\w+)` [^|]*\| `([^`]+)` +\|/.exec(row)?.slice(1).join(' ') ?? []);
    expect(told).toHaveLength(places.size);
    for (const place of told) expect([place, places.has(place)]).toEqual([place, true]);
  });

  it('tells every term of keeping', () => {
    for (const { years, basis } of retentionTable) expect(rows.some((row) => row.includes(` ${years} `) && row.includes(basis))).toBe(true);
  });
});
