import { directory as domainDirectory } from '../../../libs/rescue/src/testing/agencies';
import { BadStory } from '@guitu/sandbox';
import { caseStream, findStreamKindByCollection, refusals } from '@guitu/rescue';
import { readAgencies, readStory, storyNames } from './stories';

const stories = storyNames().map((name) => readStory(name));
const steps = stories.flatMap(({ name, steps: own }) => own.map((step) => ({ ...step, story: name })));
const placeOf = ({ story, line }: (typeof steps)[number]): string => `${story}:${line}`;

describe('The shipped stories', () => {
  it('are found in the order of their numbers', () => {
    const told = storyNames().filter((name) => name.startsWith('sc-'));
    expect(storyNames().slice(0, told.length)).toEqual(told);
    const numbers = told.map((name) => Number(name.slice(3)));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(storyNames()).toEqual(expect.arrayContaining(['sc-1', 'sc-2', 'sc-4', 'sc-12']));
  });
  it('have names of their own', () => expect(new Set(stories.map(({ name }) => name)).size).toBe(stories.length));
  it('a story that there is not is refused with the names of those that there are', () =>
    expect(() => readStory('sc-99')).toThrow(BadStory));
  it('is found whatever the case of its name', () => expect(readStory('SC-1')).toEqual(readStory('sc-1')));

  it('speak only of commands that the catalogue has', () =>
    expect(
      steps
        .filter(
          ({ command, agency, in: beside = 'cases' }) =>
            command !== undefined &&
            !Object.hasOwn(findStreamKindByCollection(agency === undefined ? beside : 'agencies')?.commands ?? {}, command),
        )
        .filter(({ command = '' }) => !/^(Extend|Waive|Transfer)Duty$/.test(command))
        .map(placeOf),
    ).toEqual([]));

  it('speak only of refusals and duties that the catalogue has', () => {
    const duties = new Set(caseStream.duties.map(({ key }) => key));
    const named = steps.flatMap((step) =>
      [...Object.keys(step.then?.due ?? {}), ...(step.then?.met ?? []), ...(step.then?.none ?? [])].map((key) => ({
        key,
        place: placeOf(step),
      })),
    );
    expect(named.filter(({ key }) => !duties.has(key) && !duties.has(key.replace(/-\d+$/, '')))).toEqual([]);
    const codes = steps.flatMap(({ refused }) => (refused === undefined ? [] : [refused]));
    expect(codes.filter((code) => !Object.hasOwn(refusals, code) && !['not-found', 'forbidden'].includes(code))).toEqual([]);
  });

  it('every agency that acts is in the list, or enters the directory in its story', () => {
    const known = new Set([...readAgencies().map(({ agencyId }) => agencyId), ...steps.flatMap(({ agency }) => agency ?? [])]);
    expect(steps.filter(({ by }) => by !== undefined && !known.has(by)).map(placeOf)).toEqual([]);
  });
});

describe('The invented agencies of the sandbox', () => {
  const rows = readAgencies();
  it('stand after those to whom they report', () =>
    rows.forEach(({ agencyId, reportsTo }, index) => {
      if (reportsTo !== undefined)
        expect([agencyId, rows.slice(0, index).some((row) => row.agencyId === reportsTo)]).toEqual([agencyId, true]);
    }));
  it('are those of the domain’s specs', () =>
    expect(rows.map(({ agencyId, kind, division }) => `${agencyId} ${kind} ${division}`).sort()).toEqual(
      expect.arrayContaining([...domainDirectory.values()].map(({ id, kind, divisions }) => `${id} ${kind} ${divisions[0]?.value ?? ''}`)),
    ));
});
