import type { Disposition, HandoverKind } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyKind, Command, Event } from '../../words';
import { getAgency } from '../../world/directory';
import type { Case } from '../case';
import { checkCustodyOrder, custodyEnded } from '../custody';
import { openHandover } from '../handover/handovers';
import { notNow } from '../only-owner';

/**
 * After these nobody of the agencies has the person. Under public-security law the police keep the person (POLICE_CASE), and the other
 * dispositions follow a signature that has already moved or ended custody.
 */
const leavesPersonAlone: readonly Disposition[] = ['INFORMED', 'GUIDED', 'TO_FAMILY_UNIT', 'DECLINED', 'URBAN_CASE'];

/** The encounter is dealt with (发现处置完毕). */
export type EncounterDisposed = Event<'EncounterDisposed', { disposition: Disposition }>;
export const encounterDisposed: EventKind<Case, EncounterDisposed> = {
  zh: '发现处置完毕',
  basis: 'S002-A1 §4(1)–(4)',
  apply: (state, { disposition }, { by, at }) => ({
    ...state,
    // A station that has registered the person since then keeps custody whatever the street's record says.
    custody: leavesPersonAlone.includes(disposition) && state.custody.holder === by ? custodyEnded(state.custody, at) : state.custody,
    encounter: { ...state.encounter, disposition },
  }),
};

export type DisposeEncounter = Command<'DisposeEncounter', EncounterDisposed['data']>;
export const disposeEncounter: CommandKind<Case, DisposeEncounter, EncounterDisposed> = {
  zh: '登记发现处置结果',
  by: ['POLICE', 'URBAN_MGMT', 'TOWNSHIP', 'STATION', 'HOSPITAL'],
  decide: ({ data, by, at }, state, { world }) => {
    const { encounter, custody } = state;
    if (!encounter.recorded) throw notNow('Nobody was found on the street in this case.');
    if (encounter.by !== by.agency) throw new Refusal('ACT-WRONG-AGENCY', 'Whoever recorded the encounter says how it ended.');
    if (encounter.disposition === data.disposition) return [];
    if (encounter.disposition !== null) throw notNow(`The encounter was disposed as ${encounter.disposition}.`);
    const kind = getAgency(world, by.agency, at).kind;
    const proof = proofs[data.disposition];
    if (!proof.shown(state, kind)) throw notNow(`Nothing shows the disposition ${data.disposition}.`, ...proof.by);
    if (leavesPersonAlone.includes(data.disposition) && custody.holder === by.agency) {
      checkCustodyOrder(custody, at);
      if (openHandover(state.handovers) !== undefined) throw new Refusal('HND-OPEN', 'A handover still waits for its signature.');
    }
    return [{ type: 'EncounterDisposed', data }];
  },
};

const signed = ({ handovers }: Case, ...kinds: readonly HandoverKind[]): boolean =>
  Object.values(handovers).some(({ kind, phase }) => phase === 'ACCEPTED' && kinds.includes(kind));

type Proof = Readonly<{ shown: (state: Case, recorder: AgencyKind) => boolean; by: readonly string[] }>;
const handover = ['OfferHandover', 'AcceptHandover'];

/** What must stand in the record before each disposition. */
const proofs: { readonly [D in Disposition]: Proof } = {
  INFORMED: { shown: ({ encounter }) => encounter.informed !== null, by: ['InformOfHelp'] },
  GUIDED: { shown: ({ encounter }) => encounter.informed === 'GUIDED', by: ['InformOfHelp'] },
  ESCORTED_STATION: {
    shown: (state, recorder) => recorder === 'STATION' || signed(state, 'POLICE_STATION', 'URBAN_STATION', 'TOWNSHIP_STATION'),
    by: handover,
  },
  TO_HOSPITAL: {
    shown: (state, recorder) =>
      recorder === 'HOSPITAL' || state.encounter.careArranged || signed(state, 'POLICE_HOSPITAL', 'STATION_HOSPITAL'),
    by: ['ArrangeEmergencyCare', ...handover],
  },
  TO_TOWNSHIP: {
    shown: (state, recorder) => recorder === 'TOWNSHIP' || signed(state, 'POLICE_TOWNSHIP', 'STATION_TOWNSHIP'),
    by: handover,
  },
  TO_FAMILY_UNIT: { shown: ({ encounter }) => encounter.handedToFamily, by: ['HandToFamilyOrUnit'] },
  POLICE_CASE: { shown: (_state, recorder) => recorder === 'POLICE', by: [] },
  URBAN_CASE: { shown: (_state, recorder) => recorder === 'URBAN_MGMT', by: [] },
  DECLINED: { shown: ({ encounter }) => encounter.helpDeclined, by: ['RecordHelpDeclined'] },
};
