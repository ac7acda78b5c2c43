import type { Case } from '@guitu/rescue';
import { Entity, Index } from 'typeorm';
import { Flag, KeyText, Text, TextOrNull } from '../columns';
import type { ReadModel } from '../read-model';

/** What is expected of the addressee of a letter. */
export type LetterWants = 'REPLY' | 'RECEIPT';
export type LetterKind = 'CONTACT' | 'FEEDBACK' | 'OUTCOME';

/** One letter that lies, or lay, at its addressee: a contact letter for its answer, a feedback or outcome letter for its receipt. */
@Entity('letter')
@Index(['to', 'waiting', 'caseId'])
export class LetterRow {
  @KeyText() caseId!: string;
  /** The dispatch or the loop that it belongs to. */
  @KeyText() about!: string;
  @KeyText() kind!: LetterKind;
  @TextOrNull() letterId!: string | null;
  @Text() from!: string;
  @Text() to!: string;
  @Text() wants!: LetterWants;
  @Flag() waiting!: boolean;
  /** Since when it waits, or when it was answered. */
  @Text() since!: string;
}

export const letter: ReadModel<LetterRow, Case> = {
  name: 'letter',
  entity: LetterRow,
  revision: 1,
  category: 'case',
  streamColumn: 'caseId',
  keyOf: ({ about, kind }) => `${about} ${kind}`,
  remembers: 'all',
  fold: ({ id, event, before, after }, rows) => {
    if (after.state.feedback === before.state.feedback && after.state.dispatches === before.state.dispatches) return [];
    const now = new Map(waitingLetters(after.state).map((one) => [`${one.about} ${one.kind}`, one]));
    const fresh = [...now].filter(([key, one]) => !sameWaiting(rows.get(key), one)).map(([, one]) => ({ ...one, waiting: true }));
    const answered = [...rows].filter(([key, row]) => row.waiting && !now.has(key)).map(([, row]) => ({ ...row, waiting: false }));
    return [...fresh, ...answered].map((row) => ({ ...row, caseId: id, since: event.meta.at }));
  },
};

type Waiting = Pick<LetterRow, 'about' | 'kind' | 'letterId' | 'from' | 'to' | 'wants'>;

const sameWaiting = (row: LetterRow | undefined, one: Waiting): boolean =>
  row !== undefined && row.waiting && row.letterId === one.letterId && row.to === one.to;

function waitingLetters({ owner, dispatches, feedback }: Case): readonly Waiting[] {
  const contact = Object.values(dispatches).flatMap(({ dispatchId, phase, receiver }): readonly Waiting[] =>
    phase === 'CONTACTED' && receiver !== null && owner !== null
      ? [{ about: dispatchId, kind: 'CONTACT', letterId: null, from: owner, to: receiver, wants: 'REPLY' }]
      : [],
  );
  const letters = Object.values(feedback.loops).flatMap((loop): readonly Waiting[] => {
    const { loopId, phase, sender, addressee, letterId, outcomeLetterId, awaitingCorrection, evidence } = loop;
    if (addressee === null || phase === 'CLOSED' || phase === 'CANCELLED') return [];
    const receipt = { about: loopId, wants: 'RECEIPT' } as const;
    return [
      ...(phase === 'DELIVERED' && !awaitingCorrection
        ? [{ ...receipt, kind: 'FEEDBACK' as const, letterId, from: sender, to: addressee }]
        : []),
      ...(outcomeLetterId !== null && evidence.outcomeReceipt === undefined
        ? [{ ...receipt, kind: 'OUTCOME' as const, letterId: outcomeLetterId, from: addressee, to: sender }]
        : []),
    ];
  });
  return [...contact, ...letters];
}
