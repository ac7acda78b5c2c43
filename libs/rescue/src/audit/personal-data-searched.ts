import type { EventKind } from '../stream-kind';
import type { Event } from '../words';
import type { Audit } from './audit';
import type { AccessRuleId, Purpose, RequestId, StreamName } from './personal-data-read';

/** By what somebody was looked for; never the value itself. */
export type LookUpKind = 'id-number' | 'phone' | 'alias';

/** Somebody looked for a person (检索个人信息). Recorded before the answer left, also when nobody was found. */
export type PersonalDataSearched = Event<
  'PersonalDataSearched',
  {
    purpose: Purpose;
    kind: LookUpKind;
    /**
     * The cases that were named in the answer.
     * @maxItems 200
     */
    streams: readonly StreamName[];
    /**
     * How many cases were named.
     * @asType integer
     * @minimum 0
     * @maximum 200
     */
    count: number;
    requestId: RequestId;
    rule: AccessRuleId;
  }
>;
export const personalDataSearched: EventKind<Audit, PersonalDataSearched> = {
  zh: '检索个人信息',
  basis: '[P] dossier 4.13, 9.3; [L] PIPL arts 51, 54',
  apply: (state) => ({ ...state, searches: state.searches + 1 }),
};
