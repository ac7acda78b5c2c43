import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Personal } from '../../words';
import type { Case } from '../case';
import { notNow, onlyOwner } from '../only-owner';

/** The face was compared with a system's data (人脸比对). Whatever comes out is a candidate and never a confirmation. */
export type FaceComparisonPerformed = Event<
  'FaceComparisonPerformed',
  {
    /**
     * @minLength 1
     * @maxLength 60
     */
    targetSystem: string;
    result: 'HIT' | 'NO_HIT' | 'CANDIDATES';
    /**
     * @minimum 0
     * @maximum 1
     */
    topScore?: Personal<'identity', number>;
    /**
     * References of the candidates in that system.
     * @maxItems 50
     */
    candidates?: Personal<'identity', readonly string[]>;
  }
>;
export const faceComparisonPerformed: EventKind<Case, FaceComparisonPerformed> = {
  zh: '人脸比对',
  basis: 'S001 §2(2)',
  sealed: { topScore: 'identity', candidates: 'identity' },
  apply: (state) => state,
};

export type RecordFaceComparison = Command<'RecordFaceComparison', FaceComparisonPerformed['data']>;
export const recordFaceComparison: CommandKind<Case, RecordFaceComparison, FaceComparisonPerformed> = {
  zh: '登记人脸比对',
  by: ['STATION'],
  decide: ({ data, by }, state) => {
    onlyOwner(state, by);
    if (!['REGISTERED', 'IN_STATION', 'IN_HOSPITAL'].includes(state.location)) throw notNow('The person is not in care.');
    if (data.result === 'NO_HIT' && (data.candidates ?? []).length > 0)
      throw new Refusal('validation-failed', 'Where nothing was found there is no candidate.', { pointer: '/candidates' });
    return [{ type: 'FaceComparisonPerformed', data }];
  },
};
