import { createHash } from 'node:crypto';

/**
 * Numbers from 0 up to 1 that depend on the seed and these words alone, so that one invariant run by itself draws the same numbers.
 * `random.whole(least, most)` includes both ends; `random.pick(list)`; `random.uuid()`; `random.fork(word)` is another sequence.
 */
export function randomOf(seed, ...words) {
  let state = createHash('sha256')
    .update([seed, ...words].join(' '))
    .digest()
    .readUInt32LE(0);
  // mulberry32
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  random.whole = (least, most) => least + Math.floor(random() * (most - least + 1));
  random.pick = (list) => list[random.whole(0, list.length - 1)];
  random.uuid = () => {
    const hex = Array.from({ length: 32 }, () => random.whole(0, 15).toString(16)).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  random.fork = (...more) => randomOf(seed, ...words, ...more);
  return random;
}
