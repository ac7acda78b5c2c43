import { compareInstants } from '@guitu/standards';
import type { DutyRule } from '../../../duties/duty';
import type { AgencyId, Instant } from '../../../words';
import { divisionOf } from '../../../world/directory';
import { dueUnder, type World } from '../../../world/world';
import { isInCare, type Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { noLongerInCare } from '../../no-longer-in-care';

/** Whether the stay without identity has lasted so long that updates count. */
function thresholdPassed({ identity, reception }: Case, by: AgencyId, at: Instant, world: World): boolean {
  const since = identity.retractedAt ?? reception.enteredAt;
  if (since === null) return false;
  return compareInstants(at, dueUnder('tracing.update', divisionOf(world, by, since), since).startsAt) >= 0;
}

/** Who stays over a month unidentified: tracing information is updated, and then every month again. Only updates after the month count. */
export const updateTracing: DutyRule<Case, CaseEvent> = {
  key: 'D-I5',
  zh: '更新完善寻亲信息',
  en: 'update tracing information',
  basis: 'S001 §2(2)',
  force: 'ordinary',
  limit: 'tracing.update',
  opens: {
    PersonAdmitted: ({ meta }, { identity }) => (identity.current === null ? { owedBy: meta.by, owedTo: 'PUBLIC' } : undefined),
    CaseOpenedAtHospital: ({ data, meta }, { identity }) =>
      identity.current === null ? { owedBy: meta.by, owedTo: 'PUBLIC', from: data.deliveredAt } : undefined,
    IdentityRetracted: ({ meta }, state) =>
      isInCare(state) && state.reception.enteredAt !== null ? { owedBy: meta.by, owedTo: 'PUBLIC' } : undefined,
    TracingInfoUpdated: ({ meta }, state, world) =>
      thresholdPassed(state, meta.by, meta.at, world) ? { owedBy: meta.by, owedTo: 'PUBLIC', limit: 'tracing.update.again' } : undefined,
  },
  dischargedBy: { TracingInfoUpdated: true },
  lapsesOn: { ...noLongerInCare, IdentityConfirmed: true, DispatchDeparted: true },
};
