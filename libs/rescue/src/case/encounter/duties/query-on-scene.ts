import type { DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { isOfKind } from './station-of-place';

/** Police that find somebody query the identity on the spot. */
export const queryOnScene: DutyRule<Case, CaseEvent> = {
  key: 'D-P1',
  zh: '现场了解情况并核查身份',
  en: 'look, record and query the identity on the police platform',
  basis: 'S002-A1 §4(1)',
  force: 'soft',
  limit: 'duty.D-P1',
  opens: {
    EncounterRecorded: ({ meta }, _state, world) =>
      isOfKind(world, meta.by, 'POLICE') ? { owedBy: meta.by, owedTo: 'RECORD' } : undefined,
  },
  dischargedBy: { OnSceneIdentityQueried: true },
  lapsesOn: { DeathRecorded: true },
};
