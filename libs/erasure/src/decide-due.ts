import { derivedId, type CommandDesk } from '@guitu/history';
import { privacyStream, Refusal, type Actor, type AnyStreamKind, type RefusalCode, type World } from '@guitu/rescue';
import type { CalendarDate } from '@guitu/standards';
import type { CaseDue } from './retention-list';

const kind = privacyStream as unknown as AnyStreamKind;

/** What became of one item: an erasure was decided (or had been, on the same day), or the rule said no. */
export type DecidedDue = Readonly<{ caseId: string; erasureId: string } & ({ outcome: 'decided' } | { outcome: RefusalCode })>;

/**
 * Decides the erasure of what is due, in the name of a member of staff of the agency that answers for the case, or one above it. Somebody else confirms
 * it, as with every erasure. The id comes from case and day: deciding again on the same day changes nothing.
 *
 * @param decision.on the day of the decision
 */
export async function decideDue(
  { desk, world }: Readonly<{ desk: CommandDesk; world: () => Promise<World> | World }>,
  { by, on, due: { caseId, persons, classes } }: Readonly<{ by: Actor; on: CalendarDate; due: CaseDue }>,
): Promise<DecidedDue> {
  const erasureId = `term-over-${on}`;
  const data = { erasureId, persons, classes, reason: 'TERM_OVER', legalBasis: 'PIPL-47-1-2' };
  const { now } = await world();
  const commandId = derivedId('retention', caseId, erasureId, [...classes, ...persons].join(' '));
  const request = { kind, streamId: caseId, command: { type: 'DecideErasure', data, by, at: now }, commandId };
  try {
    await desk.give({ ...request, requestText: JSON.stringify(['DecideErasure', caseId, data]) });
    return { caseId, erasureId, outcome: 'decided' };
  } catch (error) {
    if (error instanceof Refusal) return { caseId, erasureId, outcome: error.code };
    throw error;
  }
}
