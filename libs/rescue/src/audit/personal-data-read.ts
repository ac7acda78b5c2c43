import type { EventKind } from '../stream-kind';
import type { DataClass, Event } from '../words';
import type { Audit } from './audit';

/**
 * What for, as a code of the reader's house (CT-PURPOSE).
 * @pattern ^[A-Z][A-Z0-9_]{1,39}$
 */
export type Purpose = string;
/**
 * The name of the stream that was read, such as `case-6f…`.
 * @pattern ^[a-z][a-z0-9-]*-[A-Za-z0-9][A-Za-z0-9-]{0,79}$
 * @maxLength 160
 */
export type StreamName = string;
/**
 * The id of the request, also in the answer and in the lines of the service's log.
 * @pattern ^[A-Za-z0-9._-]{1,64}$
 */
export type RequestId = string;
/**
 * The name of the rule that allowed or denied it.
 * @pattern ^[A-Za-z0-9._/-]{1,64}$
 */
export type AccessRuleId = string;

/** What was asked for: never a value, never a name. Who asked stands in the envelope. */
export type Reading = Readonly<{
  purpose: Purpose;
  /**
   * @minItems 1
   * @maxItems 200
   */
  streams: readonly StreamName[];
  /**
   * @maxItems 5
   * @uniqueItems true
   */
  classes: readonly DataClass[];
  requestId: RequestId;
  rule: AccessRuleId;
}>;

/** Personal values were released (查阅个人信息). Recorded before they left; one event for each answer, also of a list. */
export type PersonalDataRead = Event<
  'PersonalDataRead',
  Reading & {
    /**
     * How many values.
     * @asType integer
     * @minimum 0
     * @maximum 1000000
     */
    count: number;
  }
>;
export const personalDataRead: EventKind<Audit, PersonalDataRead> = {
  zh: '查阅个人信息',
  basis: '[P] dossier 4.13, 9.3; [L] PIPL arts 51, 54',
  apply: (state) => ({ ...state, reads: state.reads + 1 }),
};
