import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, DivisionCode, Event, Personal } from '../../words';
import { getAgency, getAgencyOfKind } from '../../world/directory';
import type { World } from '../../world/world';
import type { Case } from '../case';
import { notNow } from '../only-owner';
import type { IdentityQueryResult } from './encounter';
import { isLocal } from './is-local';
import { checkDivisionKnown } from './place';

/** Who the platform says it is. A finding, no confirmation. */
export type Matched = Readonly<{
  /** @maxLength 60 */
  name?: Personal<'identity'>;
  /** @maxLength 30 */
  idNumber?: Personal<'identity'>;
  /** @maxLength 200 */
  household?: Personal<'identity'>;
}>;

/** The police look on the spot and query the identity on their platform (现场身份核查, S002-A1 §4(1)). */
export type OnSceneIdentityQueried = Event<
  'OnSceneIdentityQueried',
  {
    result: IdentityQueryResult;
    matched?: Matched;
    householdDivision?: DivisionCode;
    /** The township of the household, if it is known. */
    township?: AgencyId;
    familyOrUnitInCity?: boolean;
    /** The household is in this city (本市户籍). */
    local: boolean;
  }
>;
export const onSceneIdentityQueried: EventKind<Case, OnSceneIdentityQueried> = {
  zh: '现场身份核查',
  basis: 'S002-A1 §4(1)',
  sealed: { matched: { name: 'identity', idNumber: 'identity', household: 'identity' } },
  parties: { township: true },
  apply: (state, { result, householdDivision, township, familyOrUnitInCity }, { id }) => ({
    ...state,
    encounter: {
      ...state.encounter,
      queried: true,
      lastQuery: { result, householdDivision: householdDivision ?? null, township: township ?? null },
      familyKnownBy: state.encounter.familyKnownBy ?? (familyOrUnitInCity === true ? id : null),
    },
  }),
};

export type QueryIdentityOnScene = Command<'QueryIdentityOnScene', Omit<OnSceneIdentityQueried['data'], 'local'>>;
export const queryIdentityOnScene: CommandKind<Case, QueryIdentityOnScene, OnSceneIdentityQueried> = {
  zh: '登记现场身份核查',
  by: ['POLICE'],
  decide: ({ data, by, at }, state, { world }) => {
    const { encounter, foundIn } = state;
    if (!encounter.recorded) throw notNow('Nobody was found on the street in this case.');
    checkRightPolice(state, by.agency, world);
    if (data.householdDivision !== undefined) checkDivisionKnown(data.householdDivision, at, '/householdDivision');
    if (data.township !== undefined) getAgencyOfKind(world, data.township, at, { kinds: ['TOWNSHIP'], pointer: '/township' });
    checkConsistent(data);
    const last = encounter.lastQuery;
    const same = last?.result === data.result && last.householdDivision === (data.householdDivision ?? null);
    const newFamily = data.familyOrUnitInCity === true && encounter.familyKnownBy === null;
    if (same && last.township === (data.township ?? null) && !newFamily) return [];
    const local = data.householdDivision !== undefined && isLocal(data.householdDivision, foundIn, at);
    return [{ type: 'OnSceneIdentityQueried', data: { ...data, local } }];
  },
};

/** The police that found the person; any police may come to the call of another agency. */
function checkRightPolice(state: Case, police: AgencyId, world: World): void {
  const { by, at } = state.encounter;
  if (by === null || at === null || by === police || state.custody.holder === police) return;
  if (getAgency(world, by, at).kind === 'POLICE')
    throw new Refusal('ACT-WRONG-AGENCY', 'The police that found the person query the identity.');
}

function checkConsistent(data: QueryIdentityOnScene['data']): void {
  if (data.result === 'HIT') return;
  for (const field of ['householdDivision', 'township', ...(data.result === 'NO_HIT' ? (['matched'] as const) : [])] as const)
    if (data[field] !== undefined)
      throw new Refusal('validation-failed', 'Only a hit says who it is and where the household is.', { pointer: `/${field}` });
}
