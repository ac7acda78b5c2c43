import { ExpiringCache } from './expiring-cache';

describe('a cache with limits', () => {
  let time = 0;
  const cacheOf = (limit: number): ExpiringCache<string> => new ExpiringCache({ limit, lifetimeMs: 100, now: () => time });
  beforeEach(() => {
    time = 0;
  });

  it('forgets the entry that was unused for longest when it is full', () => {
    const cache = cacheOf(2);
    cache.set('a', 'A');
    cache.set('b', 'B');
    cache.get('a');
    cache.set('c', 'C');
    expect([cache.get('a'), cache.get('b'), cache.get('c'), cache.size]).toEqual(['A', undefined, 'C', 2]);
  });

  it('forgets an entry after its lifetime, however often it was used', () => {
    const cache = cacheOf(2);
    cache.set('a', 'A');
    time = 99;
    expect(cache.get('a')).toBe('A');
    time = 100;
    expect(cache.get('a')).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  it('keeps another entry when one is written again', () => {
    const cache = cacheOf(2);
    cache.set('a', 'A');
    cache.set('b', 'B');
    cache.set('b', 'B2');
    expect([cache.get('a'), cache.get('b')]).toEqual(['A', 'B2']);
  });

  it('remembers nothing with a limit of 0', () => {
    const cache = cacheOf(0);
    cache.set('a', 'A');
    expect(cache.size).toBe(0);
  });

  it('drops what it is told to drop', () => {
    const cache = cacheOf(3);
    cache.set('a', 'A');
    cache.set('b', 'B');
    cache.deleteWhere((value, name) => value === 'A' && name === 'a');
    expect([cache.get('a'), cache.get('b')]).toEqual([undefined, 'B']);
  });
});
