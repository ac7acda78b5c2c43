import { Refusal } from '../refusal';
import type { Aid, CommandKind, EventKind } from '../stream-kind';
import type { AgencyId, Clause, Command, DataClass, Event, LocalId, Personal, Whose } from '../words';
import { getAgency } from '../world/directory';
import { checkInCharge, isOrIsAbove } from './in-charge';
import { checkNotHeld, type ErasurePhase, type Privacy } from './privacy';

/** Why personal data are deleted: the cases of PIPL art 47(1), each by its item; `TERM_OVER` when the term of keeping has run out. */
export type ErasureReason = 'PURPOSE_MET' | 'TERM_OVER' | 'CONSENT_WITHDRAWN' | 'UNLAWFUL' | 'OTHER_LAW';

/**
 * The number of a member of staff, as the verified token says it.
 * @minLength 1
 * @maxLength 256
 */
export type StaffNumber = string;

/** Somebody decided that personal data of the case are to be erased (删除决定). Nothing happens before somebody else confirms it. */
export type ErasureDecided = Event<
  'ErasureDecided',
  {
    erasureId: LocalId;
    /**
     * Whose values: the person's of the case, or those of others whom it names.
     * @minItems 1
     * @maxItems 4
     * @uniqueItems true
     */
    persons: readonly Whose[];
    /**
     * @minItems 1
     * @maxItems 5
     * @uniqueItems true
     */
    classes: readonly DataClass[];
    reason: ErasureReason;
    legalBasis: Clause;
    /** The agency whose staff is asked to confirm: the deciding one, or one above it. */
    confirmer: AgencyId;
    /** Who decided; another one confirms. */
    decidedBy: Personal<'identity', StaffNumber, 'staff'>;
  }
>;
export const erasureDecided: EventKind<Privacy, ErasureDecided> = {
  zh: '个人信息删除决定',
  basis: '[L] PIPL art 47; [P] dossier 4.13',
  sealed: { decidedBy: 'identity of staff' },
  parties: { confirmer: true },
  apply: (state, { erasureId, persons, classes, confirmer }, { by, id }) => ({
    ...state,
    erasures: {
      ...state.erasures,
      [erasureId]: {
        ...{ erasureId, phase: 'DECIDED', persons, classes },
        ...{ decidedBy: by, decision: id, confirmer, startedAt: null, destroyed: [] },
      },
    },
  }),
};

/**
 * The deciding agency itself is asked to confirm where the command names none. What was erased before may be named again: values that were recorded since
 * have a ground of their own, and this stream does not know whether there are any.
 */
export type DecideErasure = Command<'DecideErasure', Omit<ErasureDecided['data'], 'confirmer' | 'decidedBy'> & { confirmer?: AgencyId }>;
export const decideErasure: CommandKind<Privacy, DecideErasure, ErasureDecided> = {
  zh: '决定删除个人信息',
  by: [],
  opens: 'any',
  decide: ({ data, by }, state, aid) => {
    checkInCharge(by, aid);
    const confirmer = data.confirmer ?? by.agency;
    checkConfirmer(confirmer, by.agency, aid);
    if (Object.hasOwn(state.erasures, data.erasureId))
      throw new Refusal('ID-TAKEN', `There is an erasure ${data.erasureId} already.`, { pointer: '/erasureId' });
    checkNoneUnderWay(state);
    checkNotHeld(state);
    return [{ type: 'ErasureDecided', data: { ...data, confirmer, decidedBy: by.user } }];
  },
};

function checkConfirmer(confirmer: AgencyId, decider: AgencyId, { world }: Aid): void {
  getAgency(world, confirmer, world.now, '/confirmer');
  if (!isOrIsAbove(world, confirmer, decider))
    throw new Refusal('ACT-WRONG-AGENCY', 'The agency that decides, or one above it, confirms an erasure.', { pointer: '/confirmer' });
}

const over: ReadonlySet<ErasurePhase> = new Set<ErasurePhase>(['WITHDRAWN', 'COMPLETED']);

function checkNoneUnderWay({ erasures }: Privacy): void {
  const open = Object.values(erasures).find(({ phase }) => !over.has(phase));
  if (open !== undefined) throw new Refusal('PRV-ERASURE-OPEN', `The erasure ${open.erasureId} is under way; one at a time.`);
}
