import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Personal } from '../../words';
import type { Case } from '../case';
import { checkCustodyOrder, custodyEnded } from '../custody';
import { notNow } from '../only-owner';

/** An adult declines help (本人谢绝救助); nobody can be compelled (Order 381 arts 7, 10, 11). The person may still come later. */
export type HelpDeclinedByPerson = Event<
  'HelpDeclinedByPerson',
  {
    capacityAssessed: boolean;
    /** @maxLength 500 */
    suppliesGiven?: Personal<'narrative'>;
  }
>;
export const helpDeclinedByPerson: EventKind<Case, HelpDeclinedByPerson> = {
  zh: '本人谢绝救助',
  basis: 'Order 381 arts 7, 10, 11',
  sealed: { suppliesGiven: 'narrative' },
  apply: (state, _data, { at }) => ({
    ...state,
    custody: custodyEnded(state.custody, at),
    encounter: { ...state.encounter, helpDeclined: true },
  }),
};

export type RecordHelpDeclined = Command<'RecordHelpDeclined', HelpDeclinedByPerson['data']>;
export const recordHelpDeclined: CommandKind<Case, RecordHelpDeclined, HelpDeclinedByPerson> = {
  zh: '登记谢绝救助',
  by: [],
  decide: ({ data, by, at }, { encounter, custody, location, person }) => {
    if (encounter.recorded && encounter.helpDeclined) return [];
    if (!encounter.recorded || location !== 'STREET')
      throw notNow('Help is declined on the street; who is in a station leaves it.', 'DeclareSelfDeparture');
    if (custody.holder !== by.agency)
      throw new Refusal('ACT-WRONG-AGENCY', 'The agency that has the person records that help is declined.');
    checkCustodyOrder(custody, at);
    if (person.minor === true) throw new Refusal('LEV-NO-CAPACITY', 'A minor cannot decline help.');
    if (person.limitedCapacity && !data.capacityAssessed)
      throw new Refusal('LEV-NO-CAPACITY', 'With signs of impairment the capacity must have been assessed.', {
        pointer: '/capacityAssessed',
      });
    return [{ type: 'HelpDeclinedByPerson', data }];
  },
};
