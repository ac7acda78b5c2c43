import type { Condition } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Personal } from '../../words';
import type { Case } from '../case';
import { factsSeen, personSeen } from '../encounter/facts-seen';
import { notNow, onlyOwner } from '../only-owner';

/** What these signs ask for comes before everything else: emergency or hospital first (规程 art 8). */
const hospitalFirst: readonly Condition[] = ['ACUTE_ILL', 'SUSP_MENTAL', 'SUSP_INFECT', 'INJURED'];

/** First look at body and mind (初步检视). */
export type InitialCheckDone = Event<
  'InitialCheckDone',
  {
    /**
     * @maxItems 20
     * @uniqueItems true
     */
    findings: Personal<'health', readonly Condition[]>;
    action: 'NONE' | 'HOSPITAL' | 'EMERGENCY_CALLED' | 'POLICE_CALLED';
    /** @maxLength 500 */
    note?: Personal<'health'>;
    /** An illness was seen that must be treated at once. */
    ill: boolean;
    minor: boolean | null;
    under16: boolean | null;
    needsEscort: boolean;
    limitedCapacity: boolean;
  }
>;
export const initialCheckDone: EventKind<Case, InitialCheckDone> = {
  zh: '初步检视',
  basis: '规程 arts 7–10 [X]',
  sealed: { findings: 'health', note: 'health' },
  apply: (state, data, { id }) => ({
    ...state,
    person: personSeen(state, data),
    hospital: { ...state.hospital, illnessNotedBy: state.hospital.illnessNotedBy ?? (data.ill ? id : null) },
  }),
};

type Computed = 'ill' | 'minor' | 'under16' | 'needsEscort' | 'limitedCapacity';
export type RecordInitialCheck = Command<'RecordInitialCheck', Omit<InitialCheckDone['data'], Computed>>;
export const recordInitialCheck: CommandKind<Case, RecordInitialCheck, InitialCheckDone> = {
  zh: '登记初步检视',
  by: ['STATION'],
  decide: ({ data, by }, state) => {
    onlyOwner(state, by);
    if (!['REGISTERED', 'IN_STATION'].includes(state.location)) throw notNow('The person is not in the station.');
    const ill = data.findings.some((one) => hospitalFirst.includes(one));
    if (ill && data.action === 'NONE')
      throw new Refusal('validation-failed', 'These findings ask for hospital, emergency service or police first.', { pointer: '/action' });
    const { acutelyIll: _acutelyIll, ...seen } = factsSeen(data.findings);
    return [{ type: 'InitialCheckDone', data: { ...data, ...seen, ill } }];
  },
};
