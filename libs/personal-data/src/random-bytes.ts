import { randomFillSync } from 'node:crypto';

const draws = 1_024;

/** Random bytes are cut from a pool, each byte used once: asking the system for a dozen at a time costs more than an encryption. */
export function randomSource(bytes: number): () => Buffer {
  const pool = Buffer.alloc(bytes * draws);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += bytes;
    return Buffer.from(pool.subarray(used - bytes, used));
  };
}
