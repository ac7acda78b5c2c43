import { randomUUID } from 'node:crypto';
import { compareInstants } from '@guitu/standards';
import { readCase, readEventData, type CaseView } from './case-view';
import type { Answer, SandboxClient } from './client';
import { differencesOf, type Noted } from './compare-step';
import { codeOf, give, registrar } from './give-step';
import type { Step, Story } from './story';

/** One played step. */
export type Played = Readonly<{
  step: Step;
  /** The events of its command, in order. */
  noted: readonly Noted[];
  refusedWith: string | null;
  /** The service had recorded it before and gave its first answer again. */
  again: boolean;
  before: CaseView | null;
  after: CaseView | null;
  /** Where it differs from the story. */
  differences: readonly string[];
}>;

export type PlayOptions = Readonly<{
  /** Makes the idempotency keys; the same run name plays the same commands again. */
  run?: string;
  onStep?: (played: Played) => void;
  /** Another client plays the same run at the same time: only the answers are compared, the case may be ahead; refusals are not asked for. */
  shared?: boolean;
}>;

type Stage = Readonly<{ client: SandboxClient; cases: Map<string, CaseView>; key: string; shared: boolean; passed: boolean }>;

/** Plays a story over HTTP as its agencies, checks each step, and tells what differs. Stops at nothing but a broken connection. */
export async function playStory(client: SandboxClient, story: Story, options: PlayOptions = {}): Promise<readonly Played[]> {
  const { run = randomUUID(), shared = false } = options;
  const cases = new Map<string, CaseView>();
  const played: Played[] = [];
  for (const [index, step] of story.steps.entries()) {
    const passed = await moveClock(client, step.at);
    const one = await playStep(step, {
      client,
      cases,
      shared,
      passed: shared || passed,
      key: `${story.name}-${run}-${String(index + 1).padStart(3, '0')}`,
    });
    options.onStep?.(one);
    played.push(one);
  }
  return played;
}

/** Where the hand-moved clock stands. @throws Error when the service has none */
export async function readClock(client: SandboxClient): Promise<string> {
  const stands = await client.get(registrar, '/v1/sandbox/clock');
  if (stands.status === 200) return String(stands.body['now']);
  throw new Error(`This service shows no hand-moved clock (${stands.status} ${codeOf(stands)}); stories play against a sandbox.`);
}

/** Moves the hand-moved clock forwards; a moment that has passed already is left alone. @returns whether it has passed */
export async function moveClock(client: SandboxClient, at: string): Promise<boolean> {
  if (compareInstants(await readClock(client), at) > 0) return true;
  // Also where the clock stands there already: the service answers when what time brings has been noticed, whoever moved the clock.
  const moved = await client.post(registrar, '/v1/sandbox/clock', { body: { now: at } });
  // Another client may have moved it on since then.
  if (moved.status >= 300 && codeOf(moved) !== 'clock-goes-back') throw new Error(`The clock did not move: ${JSON.stringify(moved.body)}`);
  return moved.status >= 300 || compareInstants(String(moved.body['now']), at) > 0;
}

async function playStep(step: Step, stage: Stage): Promise<Played> {
  const { client, cases, passed } = stage;
  const before = cases.get(step.case) ?? null;
  // A refusal leaves no trace: asked again after its moment, it would be another question.
  if (passed && step.refused !== undefined) return { step, ...notAsked, before, after: before };
  const answer = step.command === undefined ? null : await give(step, before?.caseId, { client, key: stage.key });
  const refusedWith = refusalIn(answer);
  const caseId = before?.caseId ?? openedBy(answer);
  const after = caseId === undefined ? null : await readCase(client, caseId);
  if (after !== null) cases.set(step.case, after);
  const noted = (answer?.body['events'] ?? []) as readonly Noted[];
  const again = answer === null ? passed : answer.headers.get('idempotency-replayed') === 'true' || stage.shared;
  const facts = await factsOf(step, { noted, caseId, client });
  const differences = [...refusalDifferences(step, refusedWith, answer), ...differencesOf(step.then ?? {}, { noted, facts, after }, again)];
  return { step, noted, refusedWith, again, before, after, differences };
}

const refusalIn = (answer: Answer | null): string | null => (answer === null || answer.status < 300 ? null : codeOf(answer));

const notAsked = { noted: [], refusedWith: null, again: true, differences: [] } as const;

/** The case that a recorded command has opened. */
function openedBy(answer: Answer | null): string | undefined {
  const opened = answer?.status === 201 ? answer.body['caseId'] : undefined;
  return typeof opened === 'string' ? opened : undefined;
}

type Answered = Readonly<{ noted: readonly Noted[]; caseId: string | undefined; client: SandboxClient }>;

async function factsOf(
  { then, in: beside = 'cases' }: Step,
  { noted, caseId, client }: Answered,
): Promise<Record<string, Readonly<Record<string, unknown>>>> {
  const facts: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const type of Object.keys(then?.facts ?? {})) {
    const event = noted.find((one) => one.type === type);
    if (event !== undefined && caseId !== undefined) facts[type] = await readEventData(client, `${beside}/${caseId}`, event.id);
  }
  return facts;
}

function refusalDifferences({ refused }: Step, refusedWith: string | null, answer: Answer | null): readonly string[] {
  if ((refused ?? null) === refusedWith) return [];
  const wanted = refused === undefined ? 'it to be recorded' : `the refusal ${refused}`;
  const found = refusedWith === null ? 'it was recorded' : `it was refused: ${JSON.stringify(answer?.body)}`;
  return [`expected ${wanted}, but ${found}`];
}
