import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { commandKindsOf, streams } from '@guitu/rescue';
import { parseStory, type Step } from '@guitu/sandbox';
import { problemCodes } from '../apps/api/src/problems/problem-codes';
import { commandValidators } from '../apps/api/src/validation/command-validators';
import { loadSchemas } from '../apps/api/src/validation/schemas';

const folder = path.join(__dirname, '../samples/stories');
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml') && file !== 'agencies.yaml');
const stories = files.map((file) => ({ file, ...parseStory(file, readFileSync(path.join(folder, file), 'utf8')) }));
const given = stories.flatMap(({ file, steps }) =>
  steps.flatMap((step) => (step.command === undefined ? [] : [{ ...step, file, command: step.command }])),
);
const people = streams.flatMap((kind) =>
  Object.entries(commandKindsOf(kind)).flatMap(([type, { role }]) => (role === 'system' ? [] : [{ type, collection: kind.collection }])),
);
const validators = commandValidators(loadSchemas('commands'), () => '2026-01-01');

/** The faults of a step's data against the schema of its command, as pointers. */
function faultsOf({ command, data, occurredAt, backfillReason }: Step & { readonly command: string }): readonly unknown[] {
  const late = { ...(occurredAt === undefined ? {} : { occurredAt }), ...(backfillReason === undefined ? {} : { backfillReason }) };
  try {
    validators.check(command, { value: structuredClone({ ...late, data }), numberFaults: [] } as never);
    return [];
  } catch (problem) {
    return [(problem as { more?: { faults?: unknown } }).more?.faults ?? String(problem)];
  }
}

describe('the stories', () => {
  it('play every command that people can give, and not only where it is refused', () => {
    const recorded = new Set(given.filter(({ refused }) => refused === undefined).map(({ command }) => command));
    expect([...new Set(people.map(({ type }) => type))].filter((type) => !recorded.has(type))).toEqual([]);
    expect(recorded.size).toBeGreaterThan(90);
  });
  it('know no command that the catalogues do not', () =>
    expect(given.filter(({ command }) => !people.some(({ type }) => type === command)).map(({ file, line }) => `${file}:${line}`)).toEqual(
      [],
    ));
  it('name refusals by codes of the closed list', () => {
    const known: readonly string[] = problemCodes;
    const unknown = given.filter(({ refused }) => refused !== undefined && !known.includes(refused));
    expect(unknown.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
  });
  it('have names of their own, each the name of its file', () =>
    expect(stories.map(({ name }) => `${name.toLowerCase()}.yaml`)).toEqual(stories.map(({ file }) => file)));
});

describe.each(stories)('$file', ({ file }) => {
  it('gives data that their schemas allow, also where a rule refuses', () =>
    expect(
      given
        .filter((step) => step.file === file)
        .map((step) => ({ line: step.line, faults: faultsOf(step) }))
        .filter(({ faults }) => faults.length > 0),
    ).toEqual([]));
});
