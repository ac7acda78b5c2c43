import fc from 'fast-check';
import { stories, type RandomCase } from './histories-for-specs';

/** A case that mostly follows a story: each of its steps once, now and then left out, given twice or followed by any other. */
const randomCase: fc.Arbitrary<RandomCase> = fc.constantFrom(...stories).chain((story) => {
  const anyStep = fc.nat(story.length - 1);
  return fc
    .tuple(
      fc.integer({ min: 1, max: story.length }),
      fc.array(fc.tuple(anyStep, anyStep), { maxLength: 3 }),
      fc.array(anyStep, { maxLength: 2 }),
    )
    .map(([length, added, left]) => {
      const steps = Array.from({ length }, (_, index) => index).filter((index) => !left.includes(index) || index === 0);
      for (const [at, extra] of added) steps.splice(Math.min(at, steps.length), 0, extra);
      return { story, steps };
    });
});

export const randomHistory: fc.Arbitrary<readonly RandomCase[]> = fc.array(randomCase, { minLength: 1, maxLength: 4 });
/** Sizes of pages: mostly small, so that cases are cut in the middle. */
export const randomPage: fc.Arbitrary<number> = fc.oneof(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 8, max: 200 }));
