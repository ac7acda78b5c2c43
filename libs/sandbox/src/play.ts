import { randomUUID } from 'node:crypto';
import { compareInstants, dueInWords } from '@guitu/standards';
import type { Answer, SandboxClient } from './client';
import type { Expectation, Step, Story } from './story';

/** What the service says of a case after a step. */
export type CaseView = Readonly<{
  location: string;
  custody: Readonly<{ holder: string | null }>;
  openDuties: readonly Readonly<{
    dutyId: string;
    key: string;
    zh: string;
    owedBy: string;
    owedTo: string;
    dueAt: string;
    breached: boolean;
  }>[];
  breaches: readonly Readonly<{ key: string }>[];
  loops: Readonly<Record<string, Readonly<{ phase: string }>>>;
}>;

/** One played step, for printing. */
export type Played = Readonly<{
  step: Step;
  /** Event types that were recorded, or the code of the refusal. */
  recorded: readonly string[];
  refusedWith: string | null;
  before: CaseView | null;
  after: CaseView | null;
  /** Where it differs from the story. */
  differences: readonly string[];
}>;

export type PlayOptions = Readonly<{
  /** Makes the idempotency keys; the same run name plays the same commands again. */
  run?: string;
  /** Case ids of an earlier part of the same run, by the story's names. */
  cases?: ReadonlyMap<string, string>;
  onStep?: (played: Played) => void;
}>;

const operator = { agency: 'sandbox', role: 'registrar' } as const;

/** Plays a story over HTTP as its agencies, checks each step, and tells what differs. Stops at nothing but a broken connection. */
export async function playStory(client: SandboxClient, story: Story, options: PlayOptions = {}): Promise<readonly Played[]> {
  const run = options.run ?? randomUUID();
  const cases = new Map(options.cases ?? []);
  const played: Played[] = [];
  for (const [index, step] of story.steps.entries()) {
    await moveClock(client, step.at);
    const one = await playStep(client, step, { cases, key: `${story.name}-${run}-${String(index + 1).padStart(3, '0')}` });
    options.onStep?.(one);
    played.push(one);
  }
  return played;
}

/** Moves the hand-moved clock forwards; a moment that has passed already is left alone. */
export async function moveClock(client: SandboxClient, at: string): Promise<void> {
  const stands = await client.get(operator, '/v1/sandbox/clock');
  if (stands.status !== 200) throw new Error(`This service has no hand-moved clock (${stands.status}); stories play against a sandbox.`);
  if (compareInstants(String(stands.body['now']), at) >= 0) return;
  const moved = await client.post(operator, '/v1/sandbox/clock', { body: { now: at } });
  if (moved.status >= 300) throw new Error(`The clock did not move: ${JSON.stringify(moved.body)}`);
}

const kebab = (command: string): string => command.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase();

type Around = Readonly<{ cases: Map<string, string>; key: string }>;

async function playStep(client: SandboxClient, step: Step, { cases, key }: Around): Promise<Played> {
  const known = cases.get(step.case);
  const before = known === undefined ? null : await viewOf(client, known);
  const answer = step.command === undefined ? null : await give(client, step, { caseId: known, key });
  const refusedWith = answer === null || answer.status < 300 ? null : String(answer.body['code'] ?? answer.status);
  const opened = answer?.body['caseId'];
  if (answer !== null && refusedWith === null && known === undefined && typeof opened === 'string') cases.set(step.case, opened);
  const caseId = cases.get(step.case);
  const after = caseId === undefined ? null : await viewOf(client, caseId);
  const events = (answer?.body['events'] ?? []) as readonly Readonly<{ type: string }>[];
  const recorded = events.map(({ type }) => type);
  const differences = [
    ...refusalDifferences(step, refusedWith, answer),
    ...expectationDifferences(step.then ?? {}, { recorded, before, after }),
  ];
  return { step, recorded, refusedWith, before, after, differences };
}

function give(client: SandboxClient, step: Step, { caseId, key }: Readonly<{ caseId: string | undefined; key: string }>): Promise<Answer> {
  const { occurredAt, backfillReason, data = {} } = step;
  const body = { ...(occurredAt === undefined ? {} : { occurredAt }), ...(backfillReason === undefined ? {} : { backfillReason }), data };
  const path = `/v1/cases/${caseId === undefined ? '' : `${caseId}/`}${kebab(step.command ?? '')}`;
  return client.post({ agency: step.by ?? '', role: 'staff' }, path, { key, body });
}

async function viewOf(client: SandboxClient, caseId: string): Promise<CaseView> {
  const answer = await client.get({ agency: 'sandbox-auditor', role: 'auditor' }, `/v1/cases/${caseId}`);
  if (answer.status !== 200) throw new Error(`The auditor could not read case ${caseId}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as unknown as CaseView;
}

function refusalDifferences(step: Step, refusedWith: string | null, answer: Answer | null): readonly string[] {
  const wanted = step.refused ?? null;
  if (wanted === refusedWith) return [];
  const said = answer === null ? '' : ` ${JSON.stringify(answer.body)}`;
  return [
    `expected ${wanted === null ? 'it to be recorded' : `the refusal ${wanted}`}, got ${refusedWith === null ? 'it recorded' : refusedWith}${refusedWith === null ? '' : said}`,
  ];
}

type Seen = Readonly<{ recorded: readonly string[]; before: CaseView | null; after: CaseView | null }>;

const same = (what: string, expected: unknown, found: unknown): readonly string[] =>
  JSON.stringify(expected) === JSON.stringify(found)
    ? []
    : [`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`];

function expectationDifferences(then: Expectation, { recorded, before, after }: Seen): readonly string[] {
  const open = after?.openDuties ?? [];
  const kept = new Set(open.map(({ dutyId }) => dutyId));
  const gone = (before?.openDuties ?? []).filter(({ dutyId }) => !kept.has(dutyId)).map(({ key }) => key);
  const dueOf = (key: string): readonly string[] =>
    open.filter((duty) => duty.key === key || duty.dutyId === key).map(({ dueAt }) => dueInWords(dueAt));
  const breached = [...new Set((after?.breaches ?? []).map(({ key }) => key))].sort();
  return [
    ...(then.events === undefined
      ? []
      : same(
          'events',
          then.events,
          recorded.filter((type) => !type.startsWith('Duty')),
        )),
    ...(then.custody === undefined ? [] : same('custody', then.custody, after?.custody.holder ?? 'nobody')),
    ...(then.location === undefined ? [] : same('location', then.location, after?.location)),
    ...Object.entries(then.due ?? {}).flatMap(([key, due]) =>
      dueOf(key).includes(due) ? [] : [`${key}: expected due ${due}, found ${dueOf(key).join(', ') || 'no such open duty'}`],
    ),
    ...(then.met ?? []).flatMap((key) => (gone.includes(key) ? [] : [`${key} was not discharged here`])),
    ...(then.breached === undefined ? [] : same('breached', [...then.breached].sort(), breached)),
    ...Object.entries(then.loops ?? {}).flatMap(([loop, phase]) => same(loop, phase, after?.loops[loop]?.phase)),
    ...(then.none ?? []).flatMap((key) => (dueOf(key).length === 0 ? [] : [`${key} is open, due ${dueOf(key).join(', ')}`])),
  ];
}
