import { isInstant, type Instant } from '@guitu/standards';
import { isMap, LineCounter, parseDocument, type Document } from 'yaml';

/** What must be true after a step; every part that is given is checked. */
export type Expectation = Readonly<{
  /** Types of the events that the command recorded, without those of duties. */
  events?: readonly string[];
  /** Who has the person now; `nobody` when no agency has. */
  custody?: string;
  location?: string;
  /** The end of the limit of duties that are open now, by duty: `D-F1: 2020-10-23 24:00`. */
  due?: Readonly<Record<string, string>>;
  /** Duties that this step discharged. */
  met?: readonly string[];
  /** Duties that stand breached in the record, open or not. */
  breached?: readonly string[];
  /** Phases of loops: `loop-1: CLOSED`. */
  loops?: Readonly<Record<string, string>>;
  /** No duty of these kinds may be open. */
  none?: readonly string[];
}>;

/** One step: somebody does something at a moment, and the service records it or refuses with a code. */
export type Step = Readonly<{
  line: number;
  /** What happens, in a caseworker's words. */
  what: string;
  /** The recording moment. */
  at: Instant;
  /** The case it is about; `main` unless the story has several. */
  case: string;
  by?: string;
  command?: string;
  /** When it happened, where that is earlier than `at`. */
  occurredAt?: Instant;
  backfillReason?: string;
  data?: Readonly<Record<string, unknown>>;
  /** The code with which the command must be refused. */
  refused?: string;
  then?: Expectation;
}>;

export type Story = Readonly<{ name: string; title: string; steps: readonly Step[] }>;

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

const stepFields = ['what', 'at', 'case', 'by', 'do', 'occurredAt', 'backfillReason', 'data', 'refused', 'then'];
const expectationFields = ['events', 'custody', 'location', 'due', 'met', 'breached', 'loops', 'none'];

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
  const faults = document.errors.map(({ message }) => message);
  if (faults.length > 0) throw new BadStory(file, faults);
  const { name, title, steps } = document.toJS() as { name?: unknown; title?: unknown; steps?: unknown };
  if (typeof name !== 'string' || typeof title !== 'string' || !Array.isArray(steps))
    throw new BadStory(file, ['A story has a name, a title and steps.']);
  const read = steps.map((step, index) => parseStep(step, lineOf(document, lines, index), faults));
  if (faults.length > 0) throw new BadStory(file, faults);
  return { name, title, steps: read };
}

function lineOf(document: Document, lines: LineCounter, index: number): number {
  const node = document.getIn(['steps', index], true);
  return isMap(node) && node.range ? lines.linePos(node.range[0]).line : 0;
}

function parseStep(raw: unknown, line: number, faults: string[]): Step {
  const step = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const say = (fault: string): void => void faults.push(`line ${line}: ${fault}`);
  for (const field of Object.keys(step)) if (!stepFields.includes(field)) say(`unknown field ${field}`);
  const then = step['then'] as Record<string, unknown> | undefined;
  for (const field of Object.keys(then ?? {})) if (!expectationFields.includes(field)) say(`unknown expectation ${field}`);
  const at = storyInstant(step['at']);
  if (at === undefined) say('at is no moment like 2020-10-12 08:40');
  const occurredAt = storyInstant(step['occurredAt']);
  if (step['occurredAt'] !== undefined && occurredAt === undefined) say('occurredAt is no moment');
  if (typeof step['what'] !== 'string') say('what is missing');
  if ((step['do'] === undefined) !== (step['by'] === undefined)) say('by and do come together');
  if (step['do'] === undefined && then === undefined) say('a step does something or expects something');
  return {
    line,
    what: String(step['what']),
    at: at ?? '',
    case: typeof step['case'] === 'string' ? step['case'] : 'main',
    ...(typeof step['do'] === 'string'
      ? { by: String(step['by']), command: step['do'], data: (step['data'] ?? {}) as Record<string, unknown> }
      : {}),
    ...(occurredAt === undefined ? {} : { occurredAt }),
    ...(typeof step['backfillReason'] === 'string' ? { backfillReason: step['backfillReason'] } : {}),
    ...(typeof step['refused'] === 'string' ? { refused: step['refused'] } : {}),
    ...(then === undefined ? {} : { then: then as Expectation }),
  };
}
