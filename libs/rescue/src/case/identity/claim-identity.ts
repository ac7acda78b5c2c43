import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Personal } from '../../words';
import type { Case } from '../case';
import { notNow, onlyOwner } from '../only-owner';

/** Who the person says to be, or somebody says (自报身份). Nobody has checked it, so the number may be wrong. */
export type IdentityClaimed = Event<
  'IdentityClaimed',
  {
    /**
     * @minLength 1
     * @maxLength 60
     */
    name: Personal<'identity'>;
    /** @maxLength 30 */
    idNumber?: Personal<'identity'>;
    /** @maxLength 200 */
    home?: Personal<'identity'>;
    source: 'SELF' | 'DOCUMENT_CARRIED' | 'THIRD_PARTY';
  }
>;
export const identityClaimed: EventKind<Case, IdentityClaimed> = {
  zh: '自报身份',
  basis: 'S001 §2(2)',
  sealed: { name: 'identity', idNumber: 'identity', home: 'identity' },
  apply: (state) => ({
    ...state,
    identity: { ...state.identity, phase: state.identity.phase === 'VERIFYING' ? 'VERIFYING' : 'CLAIMED' },
  }),
};

export type ClaimIdentity = Command<'ClaimIdentity', IdentityClaimed['data']>;
export const claimIdentity: CommandKind<Case, ClaimIdentity, IdentityClaimed> = {
  zh: '登记自报身份',
  by: ['STATION'],
  decide: ({ data, by }, state) => {
    onlyOwner(state, by);
    if (state.identity.current !== null) throw notNow('The identity is confirmed; a claim changes nothing.', 'RetractIdentity');
    return [{ type: 'IdentityClaimed', data }];
  },
};
