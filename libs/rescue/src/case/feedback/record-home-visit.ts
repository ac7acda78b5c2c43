import { compareInstants, type Hardship, type VisitMode } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { isAddressee, outflowKinds } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { arrivalOf, withLoop } from './loops';

/**
 * The name of somebody who looks after the returnee.
 * @minLength 1
 * @maxLength 60
 */
export type GuardianName = string;

/** Who lives there and who looks after the returnee. */
export type Household = Readonly<{
  /**
   * @asType integer
   * @minimum 1
   * @maximum 100
   */
  members: number;
  /** @maxItems 10 */
  guardians: readonly GuardianName[];
}>;

/** Somebody has been at the returnee's home and learnt how the family lives (入户了解, S001 §2(5)). */
export type HomeVisitRecorded = Event<
  'HomeVisitRecorded',
  {
    loopId: LocalId;
    mode: VisitMode;
    household?: Personal<'contact', Household, 'relative'>;
    /**
     * @maxItems 6
     * @uniqueItems true
     */
    hardships: Personal<'narrative', readonly Hardship[]>;
    /** Whether any hardship was found: all that later rules need to know. */
    hardshipFound: boolean;
    /** @maxLength 500 */
    notes?: Personal<'narrative'>;
  }
>;
export const homeVisitRecorded: EventKind<Case, HomeVisitRecorded> = {
  zh: '入户了解',
  basis: 'S001 §2(5); S002 §2(5)',
  sealed: { household: 'contact of relative', hardships: 'narrative', notes: 'narrative' },
  apply: (state, { loopId, hardshipFound }, { id, at }) =>
    withLoop(state, loopId, (loop) => ({
      phase: 'VISITED',
      since: at,
      hardshipFound: loop.hardshipFound || hardshipFound,
      evidence: { ...loop.evidence, visit: id },
    })),
};

export type RecordHomeVisit = Command<'RecordHomeVisit', Omit<HomeVisitRecorded['data'], 'hardshipFound'>>;
export const recordHomeVisit: CommandKind<Case, RecordHomeVisit, HomeVisitRecorded> = {
  zh: '登记入户',
  by: [...outflowKinds, 'VILLAGE'],
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    if (!isAddressee(loop, by, aid) && !loop.villages.includes(by.agency))
      throw new Refusal('ACT-WRONG-AGENCY', 'Only the addressee and the committee that it entrusted record the visit.');
    checkStep(loop, 'RecordHomeVisit');
    const home = arrivalOf(state, loop) ?? loop.departedAt;
    if (compareInstants(at, home) < 0)
      throw new Refusal('VIS-BEFORE-RETURN', `The person came home at ${home}; a visit cannot be earlier.`, { pointer: '/occurredAt' });
    return [{ type: 'HomeVisitRecorded', data: { ...data, hardshipFound: data.hardships.length > 0 } }];
  },
};
