import { toMilliseconds } from '@guitu/standards';
import { dutyCommands } from './duties/duty-commands';
import { dutiesAfter } from './duties/duties-after';
import { evolve, type RecordedEvent, type Situation } from './situation';
import { Refusal } from './refusal';
import type { AnyCommandKind, AnyStreamKind } from './stream-kind';
import type { Command, Event } from './words';
import type { World } from './world/world';
import { findAgency } from './world/directory';

/** How far ahead of the server's clock a stated time may lie (dossier 4.1). */
export const CLOCK_SKEW_MS = 5 * 60_000;
/** From how late on a record must say why it comes late (dossier 4.1). */
export const BACKFILL_AFTER_MS = 24 * 60 * 60_000;
/** Nobody recorded anything here before this moment. */
const EARLIEST_MS = toMilliseconds('1949-10-01T00:00:00+08:00');

/** What a decision needs besides the command and the situation. */
export type Circumstances = Readonly<{
  world: World;
  /** The id of the i-th event of this command: derived from the caller's idempotency key, so that a repeat gives the same ids. */
  eventId: (index: number) => string;
  opened?: ReadonlyMap<string, object | 'erased'>;
  /** Where the stream stands that this one is about; wanted for kinds that have `about`. */
  about?: Situation;
}>;

/** The catalogue entry of a command of this stream, or undefined. Commands of duties belong to every kind of stream. */
export function findCommandKind(kind: AnyStreamKind, type: string): AnyCommandKind | undefined {
  if (kind.bookkeeping === true) return undefined;
  if (Object.hasOwn(kind.commands, type)) return kind.commands[type];
  return Object.hasOwn(dutyCommands, type) ? (dutyCommands[type as keyof typeof dutyCommands] as AnyCommandKind) : undefined;
}

/** All commands of a stream by type, those of duties included; none for Guitu's own bookkeeping. */
export const commandKindsOf = (kind: AnyStreamKind): Readonly<Record<string, AnyCommandKind>> =>
  kind.bookkeeping === true ? {} : { ...kind.commands, ...(dutyCommands as Readonly<Record<string, AnyCommandKind>>) };

/** What a command makes happen, and where the stream stands after it. */
export type Decision = Readonly<{ events: readonly RecordedEvent[]; situation: Situation }>;

/** The events of a decision alone; see {@link decideAndEvolve}. */
export const decide = (...asked: Parameters<typeof decideAndEvolve>): readonly RecordedEvent[] => decideAndEvolve(...asked).events;

/**
 * What a command makes happen: the rule's events, each followed by what it does to duties. Pure.
 * No events means that it was so already. Throws a {@link Refusal} when a rule says no.
 */
export function decideAndEvolve(kind: AnyStreamKind, situation: Situation, command: Command, circumstances: Circumstances): Decision {
  const commandKind = findCommandKind(kind, command.type);
  if (commandKind === undefined) throw new Refusal('illegal-transition', `There is no command ${command.type} for ${kind.collection}.`);
  const { world } = circumstances;
  checkTime(command, world);
  checkGiver(commandKind, command, world);
  checkOpening(commandKind, situation, command);
  const about = checkedAbout(kind, circumstances.about);
  const guard = kind.guard as ((command: Command, state: unknown) => void) | undefined;
  guard?.(command, situation.state);
  const rule = commandKind.decide as (command: Command, state: unknown, aid: object) => readonly Event[];
  const decided = rule(command, situation.state, { world, duties: situation.duties, opened: circumstances.opened ?? new Map(), ...about });
  return withDuties(kind, situation, decided, { command, circumstances });
}

function withDuties(
  kind: AnyStreamKind,
  situation: Situation,
  decided: readonly Event[],
  { command, circumstances }: Readonly<{ command: Command; circumstances: Circumstances }>,
): Decision {
  const all: RecordedEvent[] = [];
  let now = situation;
  const add = (event: Event): RecordedEvent => {
    const recorded = { ...event, meta: { id: circumstances.eventId(all.length), by: command.by.agency, at: command.at } };
    all.push(recorded);
    now = evolve(kind, now, recorded);
    return recorded;
  };
  for (const event of decided) {
    const cause = add(event);
    for (const effect of dutiesAfter(kind, now, cause, circumstances.world)) add(effect);
  }
  return { events: all, situation: now };
}

function checkTime(command: Command, world: World): void {
  const at = toMilliseconds(command.at);
  const lead = command.at === world.now ? 0 : at - toMilliseconds(world.now);
  if (at < EARLIEST_MS) throw new Refusal('implausible-time', 'It cannot have happened before 1949.', { pointer: '/occurredAt' });
  if (lead > CLOCK_SKEW_MS) throw new Refusal('TIM-FUTURE', 'It is said to have happened in the future.', { pointer: '/occurredAt' });
  if (-lead > BACKFILL_AFTER_MS && (command.backfillReason ?? '').trim() === '')
    throw new Refusal('TIM-BACKFILL-NO-REASON', 'A record that comes more than 24 hours late says why.', { pointer: '/backfillReason' });
}

function checkGiver(commandKind: AnyCommandKind, command: Command, world: World): void {
  const { by } = command;
  if (commandKind.role !== undefined) {
    if (by.role !== commandKind.role) throw new Refusal('ACT-WRONG-KIND', `${command.type} is for the role ${commandKind.role}.`);
    return;
  }
  if (by.role !== 'staff') throw new Refusal('ACT-WRONG-KIND', `${command.type} is given by an agency's staff.`);
  const agency = findAgency(world, by.agency, world.now);
  if (agency === undefined) throw new Refusal('agency-unknown', `The agency ${by.agency} is not in the directory or no longer works.`);
  if (commandKind.by.length > 0 && !commandKind.by.includes(agency.kind))
    throw new Refusal('ACT-WRONG-KIND', `${command.type} is recorded by ${commandKind.by.join(', ')}, not by ${agency.kind}.`);
}

function checkOpening(commandKind: AnyCommandKind, situation: Situation, command: Command): void {
  if (situation.version === 0 && commandKind.opens === undefined)
    throw new Refusal('ACT-NOT-OPEN', `${command.type} cannot be the first record.`);
  if (situation.version > 0 && commandKind.opens === 'first')
    throw new Refusal('ACT-ALREADY-OPEN', `${command.type} can only be the first record.`);
}

/** A stream that is about another one needs that other one. */
function checkedAbout({ about: category, collection }: AnyStreamKind, about: Situation | undefined): { about?: Situation } {
  if (category === undefined) return {};
  if (about === undefined || about.version === 0)
    throw new Refusal('unknown-reference', `There is no ${category} with this id that ${collection} could be about.`);
  return { about };
}
