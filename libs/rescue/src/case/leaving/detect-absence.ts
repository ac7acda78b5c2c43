import { compareInstants } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Instant, Personal } from '../../words';
import type { Case } from '../case';
import { checkPlace, onlyOwnerOrHolder } from './left';

/** The person is not where it should be (发现走失). Whoever has custody keeps it, and goes on looking. */
export type AbsenceDetected = Event<
  'AbsenceDetected',
  {
    lastSeenAt: Instant;
    /** @maxLength 500 */
    place?: Personal<'narrative'>;
  }
>;
export const absenceDetected: EventKind<Case, AbsenceDetected> = {
  zh: '发现走失',
  basis: 'S002-A3; dossier P14',
  sealed: { place: 'narrative' },
  apply: (state, _data, { at }) => ({
    ...state,
    location: 'MISSING',
    locationBefore: state.location,
    leaving: { ...state.leaving, missingSince: at, foundAgain: false, policeClosed: false },
  }),
};

export type DetectAbsence = Command<'DetectAbsence', AbsenceDetected['data']>;
export const detectAbsence: CommandKind<Case, DetectAbsence, AbsenceDetected> = {
  zh: '登记发现走失',
  by: ['STATION'],
  decide: ({ data, by, at }, state) => {
    onlyOwnerOrHolder(state, by);
    if (state.location === 'MISSING') return [];
    checkPlace(state, 'DetectAbsence');
    if (compareInstants(data.lastSeenAt, at) > 0)
      throw new Refusal('TIM-ORDER', 'Nobody is seen after having gone missing.', { pointer: '/lastSeenAt' });
    return [{ type: 'AbsenceDetected', data }];
  },
};
