import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, LetterNumber, LocalId } from '../../words';
import { getAgencyOfKind, superiorsOf } from '../../world/directory';
import type { Case } from '../case';
import { strictLetterNumber } from '../feedback/loop-letters';
import { notNow } from '../only-owner';

export type VerificationMeans = 'FACE' | 'FINGERPRINT' | 'DNA' | 'DATABASE' | 'BULLETIN';

/** The police are asked who the person is (身份协查); they must accept the question and answer it (S001 §2(2)). */
export type PoliceVerificationRequested = Event<
  'PoliceVerificationRequested',
  {
    queryId: LocalId;
    toPolice: AgencyId;
    /**
     * @minItems 1
     * @maxItems 5
     * @uniqueItems true
     */
    means: readonly VerificationMeans[];
    letterNumber?: LetterNumber;
  }
>;
export const policeVerificationRequested: EventKind<Case, PoliceVerificationRequested> = {
  zh: '身份协查',
  basis: 'S001 §2(2)',
  parties: { toPolice: true },
  apply: (state, { queryId, toPolice }, { by }) => ({
    ...state,
    identity: {
      ...state.identity,
      phase: state.identity.current === null ? 'VERIFYING' : state.identity.phase,
      queries: { ...state.identity.queries, [queryId]: { queryId, to: toPolice, from: by, answered: false, result: null } },
    },
  }),
};

export type RequestPoliceVerification = Command<'RequestPoliceVerification', PoliceVerificationRequested['data']>;
export const requestPoliceVerification: CommandKind<Case, RequestPoliceVerification, PoliceVerificationRequested> = {
  zh: '提请身份协查',
  by: ['STATION', 'CIVIL_AFFAIRS'],
  decide: ({ data, by, at }, { identity, owner, location }, { world }) => {
    getAgencyOfKind(world, data.toPolice, at, { kinds: ['POLICE'], pointer: '/toPolice' });
    const asksForOwner = owner !== null && (by.agency === owner || superiorsOf(world, owner, at).includes(by.agency));
    if (!asksForOwner) throw new Refusal('ACT-WRONG-AGENCY', 'The station that owns the case asks the police, or its superior does.');
    const asked = Object.hasOwn(identity.queries, data.queryId) ? identity.queries[data.queryId] : undefined;
    if (asked !== undefined) {
      if (asked.to === data.toPolice && asked.from === by.agency && !asked.answered) return [];
      throw new Refusal('ID-TAKEN', `There is a query ${data.queryId} already.`, { pointer: '/queryId' });
    }
    if (location === 'REFUSED') throw notNow('Help was refused; nobody is identified any more.');
    const letterNumber = data.letterNumber === undefined ? {} : { letterNumber: strictLetterNumber(data.letterNumber, '/letterNumber') };
    return [{ type: 'PoliceVerificationRequested', data: { ...data, ...letterNumber } }];
  },
};
