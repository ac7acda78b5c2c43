import { compareInstants, normaliseLetterNumber } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { Instant, LetterNumber, LocalId } from '../../words';
import type { Case } from '../case';

/** The number in its strict form (GB/T 9704, dossier 6.4); refuses what cannot be read as one. */
export function strictLetterNumber(raw: string, pointer: string): LetterNumber {
  const check = normaliseLetterNumber(raw);
  if (check.ok) return check.normalized;
  throw new Refusal('LETTER-NUMBER', `That is no letter number: fault in its ${check.fault}.`, { pointer });
}

/** Refuses a letter id that this case has used before. */
export function checkFreshLetter({ feedback }: Case, letterId: LocalId): void {
  if (feedback.letterIds.includes(letterId))
    throw new Refusal('ID-TAKEN', `There is a letter ${letterId} already.`, { pointer: '/letterId' });
}

/** Refuses a step that is said to have happened before the one that it answers. */
export function checkNotBefore(at: Instant, earlier: Instant): void {
  if (compareInstants(at, earlier) < 0)
    throw new Refusal('TIM-ORDER', `The step before happened at ${earlier}; this one cannot be earlier.`, { pointer: '/occurredAt' });
}
