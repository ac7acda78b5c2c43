import { compareInstants } from '@guitu/standards';
import type { Story } from '@guitu/sandbox';

/** Several stories as one, their steps in the order of time, as life tells them: one clock serves them all. Each keeps its cases to itself. */
export function toldTogether(stories: readonly Story[]): Story {
  const steps = stories.flatMap(({ name, steps: own }) => own.map((step) => ({ ...step, case: caseOf(name, step.case) })));
  return { name: 'ALL', title: stories.map(({ name }) => name).join(', '), steps: steps.sort((a, b) => compareInstants(a.at, b.at)) };
}

export const caseOf = (story: string, name: string): string => `${story} ${name}`;
