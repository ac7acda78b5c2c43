import { compareInstants, isInstant, type Instant } from '@guitu/standards';
import { isMap, LineCounter, parseDocument, type Document } from 'yaml';
import type { Expectation, Step, Story } from './story';

/** A story file that cannot be played; every fault with its line. */
export class BadStory extends Error {
  constructor(
    readonly file: string,
    readonly faults: readonly string[],
  ) {
    super(`${file}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'BadStory';
  }
}

const stepFields: Readonly<Record<string, 'text' | 'moment' | 'map'>> = {
  what: 'text',
  at: 'moment',
  case: 'text',
  agency: 'text',
  in: 'text',
  by: 'text',
  do: 'text',
  occurredAt: 'moment',
  backfillReason: 'text',
  data: 'map',
  refused: 'text',
  then: 'map',
};
const expectationFields: { readonly [F in keyof Required<Expectation>]: 'text' | 'list' | 'map' } = {
  events: 'list',
  facts: 'map',
  custody: 'text',
  location: 'text',
  due: 'map',
  owes: 'map',
  met: 'list',
  breached: 'list',
  loops: 'map',
  none: 'list',
  open: 'list',
};

/** `2020-10-12 08:40` is China's time; a full instant may be written as well. */
export function storyInstant(text: unknown): Instant | undefined {
  if (typeof text !== 'string') return undefined;
  const short = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})(:\d{2})?$/.exec(text);
  const instant = short === null ? text : `${short[1]}T${short[2]}${short[3] ?? ':00'}+08:00`;
  return isInstant(instant) ? instant : undefined;
}

/** Reads a story. @throws BadStory naming every fault with its line */
export function parseStory(file: string, text: string): Story {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'core' });
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ message, linePos }) => `line ${linePos?.[0].line ?? 0}: ${message.split('\n')[0] ?? ''}`);
    throw new BadStory(file, faults);
  }
  const { name, title, steps } = (document.toJS() ?? {}) as { name?: unknown; title?: unknown; steps?: unknown };
  if (typeof name !== 'string' || typeof title !== 'string' || !Array.isArray(steps) || steps.length === 0)
    throw new BadStory(file, ['A story has a name, a title and steps.']);
  const faults: string[] = [];
  const read = steps.map((step, index) => parseStep(step, lineOf(document, lines, index), faults));
  checkOrder(read, faults);
  if (faults.length > 0) throw new BadStory(file, faults);
  return { name, title, steps: read };
}

function lineOf(document: Document, lines: LineCounter, index: number): number {
  const node = document.getIn(['steps', index], true);
  return isMap(node) && node.range ? lines.linePos(node.range[0]).line : 0;
}

/** The clock only moves forwards. */
function checkOrder(steps: readonly Step[], faults: string[]): void {
  steps.forEach(({ at, line }, index) => {
    const before = steps[index - 1]?.at ?? '';
    if (at !== '' && before !== '' && compareInstants(at, before) < 0) faults.push(`line ${line}: at is earlier than the step before`);
  });
}

function parseStep(raw: unknown, line: number, faults: string[]): Step {
  const step = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const say = (fault: string): void => void faults.push(`line ${line}: ${fault}`);
  checkFields(step, stepFields, 'field', say);
  const then = step['then'] as Expectation | undefined;
  if (shapeOf(then) === 'map') checkFields(then as Record<string, unknown>, expectationFields, 'expectation', say);
  checkSense(step, say);
  const text = (field: string): string | undefined => (typeof step[field] === 'string' ? step[field] : undefined);
  return {
    line,
    what: text('what') ?? '',
    at: storyInstant(step['at']) ?? '',
    case: text('case') ?? 'main',
    ...optional('agency', text('agency')),
    ...optional('in', text('in')),
    ...optional('by', text('by')),
    ...optional('command', text('do')),
    ...(step['do'] === undefined ? {} : { data: (step['data'] ?? {}) as Record<string, unknown> }),
    ...optional('occurredAt', storyInstant(step['occurredAt'])),
    ...optional('backfillReason', text('backfillReason')),
    ...optional('refused', text('refused')),
    ...optional('then', then),
  };
}

const optional = <N extends string, V>(name: N, value: V | undefined): { readonly [K in N]?: V } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [K in N]?: V };

function checkSense(step: Record<string, unknown>, say: (fault: string) => void): void {
  if (step['what'] === undefined) say('what is missing');
  if (step['at'] === undefined) say('at is missing');
  if (step['do'] === undefined && step['then'] === undefined) say('a step does something or expects something');
  if (step['agency'] !== undefined) {
    if (step['by'] !== undefined || step['do'] === undefined) say('the registrar gives the commands of an agency: do, and no by');
  } else if ((step['do'] === undefined) !== (step['by'] === undefined)) say('by and do come together');
  if (step['in'] !== undefined && (step['in'] !== 'privacy' || step['by'] === undefined))
    say('in says privacy, where an agency decides about the personal data of a case');
  if (step['refused'] !== undefined && step['do'] === undefined) say('only what somebody does can be refused');
}

const shapeOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value === 'object' ? 'map' : 'text');

function checkFields(
  given: Record<string, unknown>,
  known: Readonly<Record<string, string>>,
  what: string,
  say: (fault: string) => void,
): void {
  for (const [field, value] of Object.entries(given)) {
    const shape = Object.hasOwn(known, field) ? known[field] : undefined;
    if (shape === undefined) say(`unknown ${what} ${field}`);
    else if (shape === 'moment') {
      if (storyInstant(value) === undefined) say(`${field} is no moment like 2020-10-12 08:40`);
    } else if (shapeOf(value) !== shape || value === null) say(`${field} must be a ${shape}`);
  }
}
