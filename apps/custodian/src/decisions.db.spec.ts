import { recordedOf } from '@guitu/history';
import { escortedHome, specHistory, wholeLoop } from '../../../libs/read-models/src/for-specs';
import { Custodian } from './custodian';
import { allClasses, confirmErasure, specHouse, type SpecHouse, type Step } from './custodian-for-specs';

let house: SpecHouse;
beforeAll(async () => {
  house = await specHouse((await specHistory()).world().directory);
});
afterAll(() => house.close());

const everybody = { persons: ['person', 'relative', 'staff', 'reporter'], classes: allClasses };

/** What was decided about a case: its events without ids, times of recording and sealed values, which differ between any two cases. */
async function decisionsOf(caseId: string): Promise<readonly string[]> {
  const events = (await house.log.read(`case-${caseId}`)).map((record) => recordedOf(record));
  const numbers = new Map(events.map(({ meta }, index) => [meta.id, `event ${index + 1}`]));
  return events.map(({ type, meta, data }) =>
    JSON.stringify([type, meta.by, meta.at, data], (_key, value: unknown) => {
      if (typeof value === 'object' && value !== null && '$sealed' in value) return 'sealed';
      return typeof value === 'string' ? (numbers.get(value) ?? value) : value;
    }),
  );
}

/** The same steps on two cases, one of which loses everything that can be erased after some of them; then the rest on both. */
async function twins(name: string, steps: readonly Step[], erasedAfter: number): Promise<void> {
  const [whole, erased] = [`${name}-${erasedAfter}-whole`, `${name}-${erasedAfter}-erased`];
  const codes = { whole: [] as string[], erased: [] as string[] };
  for (const [index, step] of steps.entries()) {
    codes.whole.push(...(await house.play(whole, [step])));
    codes.erased.push(...(await house.play(erased, [step])));
    if (index + 1 !== erasedAfter) continue;
    await confirmErasure(house, erased, everybody);
    expect(await new Custodian(house.parts()).runOnce()).toMatchObject({ completed: 1, failed: 0 });
  }
  expect(codes.erased).toEqual(codes.whole);
  const decisions = await decisionsOf(erased);
  expect(decisions.length).toBeGreaterThanOrEqual(steps.length);
  expect(decisions).toEqual(await decisionsOf(whole));
}

describe('decisions about a case whose personal data were erased', () => {
  it.each([9, 12, 15, 18])('are those about its unerased twin: the whole loop, erased after step %i', (after) =>
    twins('loop', wholeLoop, after),
  );
  it.each([9, 13, 20])('are those about its unerased twin: escorted home, erased after step %i', (after) =>
    twins('escort', escortedHome, after),
  );
});
