import { setTimeout as sleep } from 'node:timers/promises';

/** Runs `work(writer)` in this many loops at once until it gives false. */
export const writers = (count, work) =>
  Promise.all(
    Array.from({ length: count }, async (_, writer) => {
      while ((await work(writer)) !== false);
    }),
  );

/** A pause of 0 to `most` milliseconds; none at all is a turn of the event loop. */
export const pause = (random, most) => sleep(random() * most);

export const percentile = (numbers, part) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
};
export const median = (numbers) => percentile(numbers, 0.5);
export const milliseconds = (number) => `${number < 100 ? number.toFixed(1) : Math.round(number)} ms`;

/** Follows a log as a reader does: asks every millisecond for what lies after the last it has seen, until `stop()`. */
export function poll(readAfter, onRecord) {
  let after = 0n;
  let ends = false;
  const loop = (async () => {
    for (;;) {
      const last = ends;
      const page = await readAfter(after);
      for (const record of page) onRecord(record);
      if (page.length > 0) after = BigInt(page.at(-1).position);
      // One more look after the end was announced, so that what was written before it is met.
      else if (last) return;
      else await sleep(1);
    }
  })();
  return {
    stop: () => {
      ends = true;
      return loop;
    },
  };
}
