// Who appears in which story: copies of every story until each has named every person.
import { readStory, commandSchemas, storyWithCanaries } from './stories.mjs';

const MOST_COPIES = 1_000;

/** @returns the copies to play, and by story how many of the `wanted` persons it names */
export function castStories(names, { pool, wanted }) {
  const schemas = commandSchemas();
  const told = [];
  const named = new Map();
  for (const name of names) {
    const story = readStory(name);
    let next = 0;
    const person = () => pool.persons[next % wanted];
    const cast = {
      peek: person,
      next: () => {
        const chosen = person();
        next += 1;
        return chosen;
      },
      idNumberLike: pool.idNumberLike,
    };
    for (let copy = 0; copy < MOST_COPIES && (copy === 0 || next < wanted); copy += 1) {
      const before = next;
      told.push({ story: storyWithCanaries(story, schemas, cast), copy });
      // A story without personal values names nobody, however often it is told.
      if (next === before) break;
    }
    if (next > 0) named.set(name, Math.min(next, wanted));
  }
  return { told, named };
}
