import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, LocalId } from '../../words';
import { getAgencyOfKind } from '../../world/directory';
import type { Case } from '../case';
import { notNow, onlyOwner } from '../only-owner';

/** The police are asked to take blood and compare it, free of charge (采血申请). Only the sample's number is kept, never the profile. */
export type DnaSamplingRequested = Event<'DnaSamplingRequested', { sampleNumber: LocalId; toPolice: AgencyId }>;
export const dnaSamplingRequested: EventKind<Case, DnaSamplingRequested> = {
  zh: '采血申请',
  basis: '2015 opinion [X]',
  parties: { toPolice: true },
  apply: (state, { sampleNumber, toPolice }) => ({
    ...state,
    identity: {
      ...state.identity,
      phase: state.identity.current === null ? 'VERIFYING' : state.identity.phase,
      dna: { ...state.identity.dna, [sampleNumber]: { to: toPolice, answered: false, result: null } },
    },
  }),
};

export type RequestDnaSampling = Command<'RequestDnaSampling', DnaSamplingRequested['data']>;
export const requestDnaSampling: CommandKind<Case, RequestDnaSampling, DnaSamplingRequested> = {
  zh: '申请采血比对',
  by: ['STATION'],
  decide: ({ data, by, at }, state, { world }) => {
    getAgencyOfKind(world, data.toPolice, at, { kinds: ['POLICE'], pointer: '/toPolice' });
    onlyOwner(state, by);
    const { identity, location } = state;
    const asked = Object.hasOwn(identity.dna, data.sampleNumber) ? identity.dna[data.sampleNumber] : undefined;
    if (asked !== undefined) {
      if (asked.to === data.toPolice && !asked.answered) return [];
      throw new Refusal('ID-TAKEN', `There is a sample ${data.sampleNumber} already.`, { pointer: '/sampleNumber' });
    }
    if (!['REGISTERED', 'IN_STATION', 'IN_HOSPITAL'].includes(location)) throw notNow('The person is not in care.');
    return [{ type: 'DnaSamplingRequested', data }];
  },
};
