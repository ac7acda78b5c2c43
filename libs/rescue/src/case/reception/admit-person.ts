import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event } from '../../words';
import type { Case } from '../case';
import { notNow, onlyOwner } from '../only-owner';

export type Area = 'MALE' | 'FEMALE' | 'MINOR' | 'ISOLATION';

/** The person moves into the station (入站). The clocks of tracing start (P4). */
export type PersonAdmitted = Event<
  'PersonAdmitted',
  {
    area: Area;
    /** @maxLength 40 */
    caseNumber?: string;
  }
>;
export const personAdmitted: EventKind<Case, PersonAdmitted> = {
  zh: '入站',
  basis: 'S002-A1 §4(6); Order 381 art 8',
  apply: (state, _data, { at }) => ({
    ...state,
    location: 'IN_STATION',
    reception: { ...state.reception, admittedAt: at, enteredAt: state.reception.enteredAt ?? at },
  }),
};

export type AdmitPerson = Command<'AdmitPerson', PersonAdmitted['data']>;
export const admitPerson: CommandKind<Case, AdmitPerson, PersonAdmitted> = {
  zh: '办理入站',
  by: ['STATION'],
  decide: ({ data, by }, state) => {
    onlyOwner(state, by);
    const { location, reception, custody } = state;
    if (location === 'IN_STATION' && reception.admittedAt !== null) return [];
    if (location !== 'REGISTERED') throw notNow('Only who has asked for help is admitted.', 'RegisterHelpRequest');
    if (custody.holder !== by.agency) throw new Refusal('HND-NOT-IN-CUSTODY', 'The station does not have the person.');
    if (reception.eligibility !== 'ELIGIBLE' && reception.eligibility !== 'HELP_FIRST')
      throw new Refusal('ELG-NOT-ELIGIBLE', 'Eligibility must have been decided, or help comes first.');
    if (reception.safetyCheckPassed !== true) throw new Refusal('ELG-SAFETY-CHECK', 'The safety check must have been passed.');
    return [{ type: 'PersonAdmitted', data }];
  },
};
