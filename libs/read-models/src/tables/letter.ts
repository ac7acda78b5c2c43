import type { Case } from '@guitu/rescue';
import { Entity, Index } from 'typeorm';
import { Flag, KeyText, Text, TextOrNull } from '../columns';
import type { ReadModel } from '../read-model';

/** What is expected of the addressee of a letter. */
export type LetterWants = 'REPLY' | 'RECEIPT' | 'DECISION';
export type LetterKind = 'CONTACT' | 'ESCALATION' | 'FEEDBACK' | 'OUTCOME';

/**
 * One letter that lies, or lay, at its addressee: a contact letter for its answer, a reported refusal for the superior's decision, a feedback or outcome
 * letter for its receipt.
 */
@Entity('letter')
@Index(['to', 'waiting', 'caseId'])
export class LetterRow {
  @KeyText() caseId!: string;
  /** The dispatch, the escalation or the loop that it belongs to. */
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
    const { feedback, dispatches, ladder } = before.state;
    const now = after.state;
    if (now.feedback === feedback && now.dispatches === dispatches && now.ladder === ladder) return [];
    const waiting = new Map(waitingLetters(now).map((one) => [`${one.about} ${one.kind}`, one]));
    const fresh = [...waiting].filter(([key, one]) => !sameWaiting(rows.get(key), one)).map(([, one]) => ({ ...one, waiting: true }));
    const answered = [...rows].filter(([key, row]) => row.waiting && !waiting.has(key)).map(([, row]) => ({ ...row, waiting: false }));
    return [...fresh, ...answered].map((row) => ({ ...row, caseId: id, since: event.meta.at }));
  },
};

type Waiting = Pick<LetterRow, 'about' | 'kind' | 'letterId' | 'from' | 'to' | 'wants'>;

const sameWaiting = (row: LetterRow | undefined, one: Waiting): boolean =>
  row !== undefined && row.waiting && row.letterId === one.letterId && row.to === one.to;

const waitingLetters = (state: Case): readonly Waiting[] => [...contactLetters(state), ...escalations(state), ...loopLetters(state)];

const contactLetters = ({ owner, dispatches }: Case): readonly Waiting[] =>
  Object.values(dispatches).flatMap(({ dispatchId: about, phase, letters }): readonly Waiting[] => {
    const last = letters.at(-1);
    if (phase !== 'CONTACTED' || last === undefined || owner === null) return [];
    return [{ about, kind: 'CONTACT', letterId: last.letterId, from: owner, to: last.to, wants: 'REPLY' }];
  });

const escalations = ({ owner, ladder }: Case): readonly Waiting[] =>
  Object.values(ladder).flatMap(({ escalationId: about, phase, rungs }): readonly Waiting[] => {
    const [to, from] = [rungs.at(-1), rungs.at(-2) ?? owner];
    if (phase !== 'OPEN' || to === undefined || from === null) return [];
    return [{ about, kind: 'ESCALATION', letterId: null, from, to, wants: 'DECISION' }];
  });

const loopLetters = ({ feedback }: Case): readonly Waiting[] =>
  Object.values(feedback.loops).flatMap((loop): readonly Waiting[] => {
    const { loopId: about, phase, sender, addressee, letterId, outcomeLetterId, awaitingCorrection, evidence } = loop;
    if (addressee === null || phase === 'CLOSED' || phase === 'CANCELLED') return [];
    const waiting: Waiting[] = [];
    if (phase === 'DELIVERED' && !awaitingCorrection)
      waiting.push({ about, kind: 'FEEDBACK', letterId, from: sender, to: addressee, wants: 'RECEIPT' });
    if (outcomeLetterId !== null && evidence.outcomeReceipt === undefined)
      waiting.push({ about, kind: 'OUTCOME', letterId: outcomeLetterId, from: addressee, to: sender, wants: 'RECEIPT' });
    return waiting;
  });
