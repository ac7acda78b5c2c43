import { compareInstants, type TracingPlatform } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event } from '../../words';
import type { Case } from '../case';
import { notNow, onlyOwner } from '../only-owner';

/** What a tracing notice may show (PIPL arts 6, 25: no more than tracing needs). */
export type PublishedField =
  'PHOTO' | 'SEX' | 'AGE' | 'HEIGHT' | 'FEATURES' | 'CLOTHING' | 'ACCENT' | 'FOUND_DATE' | 'FOUND_PLACE' | 'NAME_CLAIMED' | 'HOME_CLAIMED';

/** The station completes what the tracing platforms show (更新寻亲信息; S001 §2(2)). */
export type TracingInfoUpdated = Event<
  'TracingInfoUpdated',
  {
    /**
     * @minItems 1
     * @maxItems 6
     * @uniqueItems true
     */
    platforms: readonly TracingPlatform[];
    /**
     * @minItems 1
     * @maxItems 11
     * @uniqueItems true
     */
    fieldsPublished: readonly PublishedField[];
  }
>;
export const tracingInfoUpdated: EventKind<Case, TracingInfoUpdated> = {
  zh: '更新寻亲信息',
  basis: 'S001 §2(2)',
  apply: (state, _data, { at }) => ({ ...state, identity: { ...state.identity, tracingUpdatedAt: at } }),
};

export type UpdateTracingInfo = Command<'UpdateTracingInfo', TracingInfoUpdated['data']>;
export const updateTracingInfo: CommandKind<Case, UpdateTracingInfo, TracingInfoUpdated> = {
  zh: '更新寻亲信息',
  by: ['STATION'],
  decide: ({ data, by, at }, state) => {
    onlyOwner(state, by);
    const { identity, location } = state;
    if (identity.current !== null) throw notNow('The person is identified; nothing more is published.', 'RetractIdentity');
    if (!['REGISTERED', 'IN_STATION', 'IN_HOSPITAL'].includes(location)) throw notNow('The person is not in care.');
    const since = identity.tracingUpdatedAt === null ? 1 : compareInstants(at, identity.tracingUpdatedAt);
    if (since < 0) throw new Refusal('TIM-ORDER', 'There is a later update already.', { pointer: '/occurredAt' });
    return since === 0 ? [] : [{ type: 'TracingInfoUpdated', data }];
  },
};
