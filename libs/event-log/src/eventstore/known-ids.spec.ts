import { newRecords } from '../contract/records';
import { KnownIds } from './known-ids';

const eventsOf = (records: ReturnType<typeof newRecords>, from = 1) => records.map(({ id }, index) => ({ version: from + index, id }));

describe('the known ids of a stream', () => {
  it('grow by what a read adds, and never leave a gap', () => {
    const known = new KnownIds();
    const records = newRecords(6);
    known.learn('case-1', 1, eventsOf(records.slice(0, 3)));
    known.learn('case-1', 6, eventsOf(records.slice(5), 6));
    expect(known.end('case-1')).toBe(3);
    known.learn('case-1', 3, eventsOf(records.slice(2), 3));
    expect(known.end('case-1')).toBe(6);
    expect(known.placeOf('case-1', records.slice(3))).toEqual({ kind: 'there', version: 6 });
  });

  it('keep their places where the beginning of a stream was taken away', () => {
    const known = new KnownIds();
    const records = newRecords(2);
    known.learn('case-1', 1, eventsOf(records, 5));
    expect(known.end('case-1')).toBe(6);
    expect(known.placeOf('case-1', records)).toEqual({ kind: 'there', version: 6 });
  });

  it('tell a run from another order, a part, and nothing', () => {
    const known = new KnownIds();
    const records = newRecords(4);
    known.learn('case-1', 1, eventsOf(records));
    expect(known.placeOf('case-1', records.slice(1, 3))).toEqual({ kind: 'there', version: 3 });
    expect(known.placeOf('case-1', [...records].reverse())).toEqual({ kind: 'taken' });
    expect(known.placeOf('case-1', [...records, ...newRecords(1)])).toEqual({ kind: 'taken' });
    expect(known.placeOf('case-1', newRecords(2))).toEqual({ kind: 'nowhere' });
    expect(known.placeOf('case-2', records)).toEqual({ kind: 'nowhere' });
  });

  it('find a run also behind a lonely copy of its beginning', () => {
    const known = new KnownIds();
    const [first, second] = newRecords(2);
    known.learn('case-1', 1, eventsOf([first!, first!, second!]));
    expect(known.placeOf('case-1', [first!, second!])).toEqual({ kind: 'there', version: 3 });
  });

  it('are forgotten for the streams that were used least lately when there are too many', () => {
    const known = new KnownIds(10);
    const records = newRecords(4);
    for (const stream of ['case-1', 'case-2']) known.learn(stream, 1, eventsOf(records));
    known.learn('case-1', 5, []);
    known.learn('case-3', 1, eventsOf(records));
    expect(['case-1', 'case-2', 'case-3'].map((stream) => known.end(stream))).toEqual([4, 0, 4]);
    known.learn('case-4', 1, eventsOf(newRecords(50)));
    expect(['case-1', 'case-3', 'case-4'].map((stream) => known.end(stream))).toEqual([0, 0, 50]);
  });
});
