import type { AgeBand, ArrivalMode, Cause, Relation } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { CalendarDate, Command, DivisionCode, Event, Personal } from '../../words';
import { divisionOf } from '../../world/directory';
import type { Case } from '../case';
import { checkCustodyOrder, withCustody } from '../custody';
import { factsSeen, personSeen } from '../encounter/facts-seen';
import { sealedClaims, type Claims } from '../encounter/record-encounter';
import { notNow } from '../only-owner';

/** A close relative whom the person names. */
export type RelativeNamed = Readonly<{
  /**
   * @minLength 1
   * @maxLength 60
   */
  name: string;
  relation: Relation;
  /** @maxLength 30 */
  phone?: string;
  /** @maxLength 200 */
  address?: string;
}>;

/** Whether the person already receives subsistence help (低保, 特困). */
export type AssistanceStatus = 'SUBSISTENCE_ALLOWANCE' | 'SPECIAL_HARDSHIP_SUPPORT' | 'NONE' | 'UNKNOWN';

/** The station registers that somebody asks for help (求助登记, form 求助登记表). It owns the case from now on. */
export type HelpRequestRegistered = Event<
  'HelpRequestRegistered',
  {
    arrivalMode: ArrivalMode;
    claims?: Claims;
    apparentAgeBand?: Personal<'identity', AgeBand>;
    /**
     * @maxItems 12
     * @uniqueItems true
     */
    causes: Personal<'narrative', readonly Cause[]>;
    /** Since when the person wanders. */
    sinceDate?: Personal<'narrative', CalendarDate>;
    /** @maxItems 20 */
    relatives?: Personal<'contact', readonly RelativeNamed[], 'relative'>;
    assistanceStatus: Personal<'narrative', AssistanceStatus>;
    /** @maxLength 40 */
    formNumber?: string;
    /** Where the person was found; for a walk-in the station's own division. */
    division: DivisionCode | null;
    minor: boolean | null;
    under16: boolean | null;
    needsEscort: boolean;
    limitedCapacity: boolean;
  }
>;
export const helpRequestRegistered: EventKind<Case, HelpRequestRegistered> = {
  zh: '求助登记',
  basis: 'S002-A1 §4(6); 规程 [X]',
  sealed: {
    claims: sealedClaims,
    apparentAgeBand: 'identity',
    causes: 'narrative',
    sinceDate: 'narrative',
    relatives: 'contact of relative',
    assistanceStatus: 'narrative',
  },
  apply: (state, data, { by, at }) => ({
    ...state,
    location: 'REGISTERED',
    owner: by,
    foundIn: data.division,
    person: personSeen(state, data),
    custody: withCustody(state.custody, by, at),
    reception: { ...state.reception, requestedAt: at },
  }),
};

type Computed = 'division' | 'minor' | 'under16' | 'needsEscort' | 'limitedCapacity';
export type RegisterHelpRequest = Command<'RegisterHelpRequest', Omit<HelpRequestRegistered['data'], Computed>>;
export const registerHelpRequest: CommandKind<Case, RegisterHelpRequest, HelpRequestRegistered> = {
  zh: '登记求助',
  by: ['STATION'],
  opens: 'any',
  decide: ({ data, by, at }, state, { world }) => {
    const { owner, custody, location } = state;
    if (owner !== null && owner !== by.agency)
      throw new Refusal('ACT-WRONG-AGENCY', 'Another station has registered the person and owns the case.');
    if (owner !== null) return [];
    if (location !== 'STREET') throw notNow('The person is not here to ask for help.', 'OpenCaseAtHospital');
    if (custody.holder !== null && custody.holder !== by.agency)
      throw new Refusal('HND-NOT-IN-CUSTODY', 'Another agency has the person; it hands the person over first.');
    if (custody.holder === null) checkCustodyOrder(custody, at);
    const { acutelyIll: _acutelyIll, ...seen } = factsSeen([], data.apparentAgeBand);
    const division = state.foundIn ?? divisionOf(world, by.agency, at) ?? null;
    return [{ type: 'HelpRequestRegistered', data: { ...data, ...seen, division } }];
  },
};
