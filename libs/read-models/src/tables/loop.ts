import type { Case, Duty, Loop } from '@guitu/rescue';
import { Entity, Index } from 'typeorm';
import { Count, Flag, Json, KeyText, Text, TextList, TextOrNull } from '../columns';
import type { ReadModel } from '../read-model';

/** What a loop waits for: an open duty about it, the earliest first. */
export type Awaited = Readonly<{ dutyId: string; key: string; by: string; to: string; dueAt: string; breached: boolean }>;

/** One written feedback loop (书面反馈闭环), seen from both sides: the sender's is the inflow side, the addressee's the outflow side. */
@Entity('loop')
@Index(['sender', 'caseId', 'loopId'])
@Index(['addressee', 'caseId', 'loopId'])
export class LoopRow {
  @KeyText() caseId!: string;
  @KeyText() loopId!: string;
  @Text() phase!: string;
  /** Since when it stands there. */
  @Text() since!: string;
  /** Closed or cancelled: nobody waits any more. */
  @Flag() over!: boolean;
  /** The dispatch, or the kind of leaving, that it answers for. */
  @Text() departure!: string;
  @Text() departedAt!: string;
  @Text() expectedArrival!: string;
  @Text() destination!: string;
  @Text() sender!: string;
  /** Null while an officer must still choose. */
  @TextOrNull() addressee!: string | null;
  @TextList() formerAddressees!: readonly string[];
  @TextOrNull() letterId!: string | null;
  @TextOrNull() letterNumber!: string | null;
  @TextOrNull() receiptNumber!: string | null;
  @TextOrNull() outcomeLetterId!: string | null;
  /** The letter went back to its sender for correction. */
  @Flag() awaitingCorrection!: boolean;
  @Flag() notArrived!: boolean;
  @Count() reminders!: number;
  /** Whom it waits on: the debtor of the earliest open duty about it. */
  @TextOrNull() waitsOn!: string | null;
  @TextOrNull() waitsUntil!: string | null;
  /** Every open duty about it, the earliest due first. */
  @Json() awaited!: readonly Awaited[];
}

export const loop: ReadModel<LoopRow, Case> = {
  name: 'loop',
  entity: LoopRow,
  revision: 1,
  category: 'case',
  streamColumn: 'caseId',
  keyOf: ({ loopId }) => loopId,
  remembers: 'none',
  fold: ({ id, before, after }) => {
    const { loops } = after.state.feedback;
    if (loops === before.state.feedback.loops && after.duties === before.duties) return [];
    const open = Object.values(after.duties.open);
    return Object.values(loops).map((one) => ({
      ...{ caseId: id, ...factsOf(one) },
      ...waitingOf(open.filter(({ about }) => about === one.loopId)),
    }));
  },
};

type Waiting = 'waitsOn' | 'waitsUntil' | 'awaited';

function factsOf(one: Loop): Omit<LoopRow, 'caseId' | Waiting> {
  const { loopId, phase, since, departure, departedAt, expectedArrival, destination, sender, addressee, formerAddressees } = one;
  const { letterId, letterNumber, receiptNumber, outcomeLetterId, awaitingCorrection, notArrived, reminders } = one;
  return {
    ...{ loopId, phase, since, departure, departedAt, expectedArrival, destination, sender, addressee, formerAddressees },
    ...{ letterId, letterNumber, receiptNumber, outcomeLetterId, awaitingCorrection, notArrived, reminders },
    over: phase === 'CLOSED' || phase === 'CANCELLED',
  };
}

function waitingOf(duties: readonly Duty[]): Pick<LoopRow, Waiting> {
  // Limits are all written with +08:00, so that their texts sort as their moments do.
  const inOrder = [...duties].sort((a, b) => (a.dueAt + a.dutyId < b.dueAt + b.dutyId ? -1 : 1));
  const awaited = inOrder.map(({ dutyId, key, owedBy, owedTo, dueAt, breached }) => ({
    dutyId,
    key,
    by: owedBy,
    to: owedTo,
    dueAt,
    breached,
  }));
  const [first] = awaited;
  return { waitsOn: first?.by ?? null, waitsUntil: first?.dueAt ?? null, awaited };
}
