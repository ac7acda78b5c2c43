import { RecentStreams } from './recent-streams';

const keptOf = (heaviest: number, ...streams: readonly (readonly [stream: string, weight: number])[]): RecentStreams<string> => {
  const recent = new RecentStreams<string>(heaviest);
  for (const [stream, weight] of streams) recent.keep(stream, `of ${stream}`, weight);
  return recent;
};

describe('recent streams', () => {
  it('give up the oldest first, until the rest is light enough', () => {
    const recent = keptOf(5, ['a', 2], ['b', 2], ['c', 3]);
    expect([...recent.takeOldest()]).toEqual([['a', 'of a']]);
    expect([recent.find('a'), recent.find('b'), recent.find('c')]).toEqual([undefined, 'of b', 'of c']);
  });
  it('give up nothing as long as they are light enough', () => expect([...keptOf(5, ['a', 2], ['b', 3]).takeOldest()]).toEqual([]));
  it('count a stream that is kept again once, as the newest', () => {
    const recent = keptOf(5, ['a', 2], ['b', 2], ['a', 3]);
    expect([...recent.takeOldest()]).toEqual([]);
    recent.keep('c', 'of c', 1);
    expect([...recent.takeOldest()]).toEqual([['b', 'of b']]);
  });
  it('give up one that alone is too heavy', () => {
    const recent = keptOf(5, ['a', 6]);
    expect([...recent.takeOldest()]).toEqual([['a', 'of a']]);
    expect([...recent.takeAll()]).toEqual([]);
  });
  it('give up everything when all is taken, the oldest first, and weigh nothing then', () => {
    const recent = keptOf(2, ['a', 2], ['b', 2], ['c', 2]);
    expect([...recent.takeAll()].map(([stream]) => stream)).toEqual(['a', 'b', 'c']);
    recent.keep('d', 'of d', 2);
    expect([...recent.takeOldest()]).toEqual([]);
  });
  it('forget what was dropped, and its weight', () => {
    const recent = keptOf(2, ['a', 2], ['b', 2]);
    recent.drop('a');
    recent.drop('never kept');
    expect([...recent.takeOldest()]).toEqual([]);
    recent.clear();
    expect(recent.find('b')).toBeUndefined();
  });
});
