import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Personal } from '../../words';
import type { Case } from '../case';
import type { Belonging } from '../handover/statement';
import { notNow, onlyOwner } from '../only-owner';

/** The safety check before admission (安全检查). Who refuses it has not passed. */
export type SafetyCheckDone = Event<
  'SafetyCheckDone',
  {
    passed: boolean;
    /** @maxItems 100 */
    itemsHeld?: Personal<'narrative', readonly Belonging[]>;
  }
>;
export const safetyCheckDone: EventKind<Case, SafetyCheckDone> = {
  zh: '安全检查',
  basis: '规程 [X]; dossier P2(3)',
  sealed: { itemsHeld: 'narrative' },
  apply: (state, { passed }) => ({ ...state, reception: { ...state.reception, safetyCheckPassed: passed } }),
};

export type RecordSafetyCheck = Command<'RecordSafetyCheck', SafetyCheckDone['data']>;
export const recordSafetyCheck: CommandKind<Case, RecordSafetyCheck, SafetyCheckDone> = {
  zh: '登记安全检查',
  by: ['STATION'],
  decide: ({ data, by }, state) => {
    onlyOwner(state, by);
    if (state.reception.safetyCheckPassed === data.passed) return [];
    if (!['REGISTERED', 'IN_STATION'].includes(state.location)) throw notNow('The person is not in the station.');
    return [{ type: 'SafetyCheckDone', data }];
  },
};
