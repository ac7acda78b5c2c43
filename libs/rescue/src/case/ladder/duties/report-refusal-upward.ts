import { isOwed, type DutyBook, type DutyRule, type Opening } from '../../../duties/duty';
import type { DutyBreached } from '../../../duties/duty-events';
import type { Instant, LocalId } from '../../../words';
import { superiorOf } from '../../../world/directory';
import type { World } from '../../../world/world';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { findDispatch } from '../../dispatch/dispatches';
import { isEscalable } from '../../dispatch/refuse-reception';
import { leavingEndsIt } from '../../dispatch/duties/leaving-ends-it';
import { silentTwice } from '../ground';
import { aboutDispatch } from '../../dispatch/duties/about-dispatch';

/** A refusal that a superior can overcome, or silence twice over the limit, is reported one rung up. */
export const reportRefusalUpward: DutyRule<Case, CaseEvent | DutyBreached> = {
  key: 'D-R5',
  zh: '拒收逐级上报',
  en: 'report a refusal upward',
  basis: 'S001 §2(2); S004',
  force: 'ordinary',
  limit: 'duty.D-R5',
  opens: {
    ReceptionRefused: ({ data, meta }, state, world, duties) => {
      const dispatch = findDispatch(state, data.dispatchId);
      return dispatch !== undefined && isEscalable(dispatch) ? owed(state, data.dispatchId, { at: meta.at, world, duties }) : undefined;
    },
    // Turned away at the door after an agreement: a refusal all the same (dossier 4.8).
    DispatchRejectedOnArrival: ({ data, meta }, state, world, duties) =>
      data.reason === 'IDENTITY_MISMATCH' ? undefined : owed(state, data.dispatchId, { at: meta.at, world, duties }),
    DutyBreached: ({ data }, state, world, duties) => {
      const dispatchId = data.key === 'D-R3' ? (duties.open[data.dutyId]?.about ?? '') : '';
      const waiting = findDispatch(state, dispatchId)?.phase === 'CONTACTED' && silentTwice(duties, dispatchId);
      return waiting ? owed(state, dispatchId, { at: data.noticedAt, world, duties }) : undefined;
    },
  },
  dischargedBy: { RefusalEscalated: aboutDispatch },
  lapsesOn: {
    ...leavingEndsIt,
    // Also for a new plan: whoever receives now need not be ordered to.
    ReceptionAccepted: true,
    // The newest reason counts: doubts about the identity or the place are not for a superior.
    ReceptionRefused: ({ data }, duty, state) => {
      const dispatch = findDispatch(state, data.dispatchId);
      return data.dispatchId === duty.about && dispatch !== undefined && !isEscalable(dispatch);
    },
    DispatchCancelled: aboutDispatch,
    IdentityRetracted: true,
  },
};

type Around = Readonly<{ at: Instant; world: World; duties: DutyBook }>;

/** None while it is owed already. */
function owed({ owner }: Case, dispatchId: LocalId, { at, world, duties }: Around): Opening | undefined {
  if (owner === null || isOwed(duties, 'D-R5', dispatchId)) return undefined;
  return { about: dispatchId, owedBy: owner, owedTo: superiorOf(world, owner, at) ?? 'RECORD', from: at };
}
