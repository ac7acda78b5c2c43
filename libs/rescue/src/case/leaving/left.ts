import type { LeavingMode } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { Actor, Instant } from '../../words';
import type { Case, Location } from '../case';
import { checkCustodyOrder, custodyEnded } from '../custody';
import { dispatchesClosedByLeaving } from '../dispatch/closed-by-leaving';
import { isUnderWay, leavingModeOf, openDispatch, type Dispatch } from '../dispatch/dispatches';
import { cancelledLoops, type LoopCancelled } from '../feedback/cancel-loop';
import { notNow } from '../only-owner';

/** The state after the person left: nobody has custody any more, and a planned return home is fulfilled by it or falls. */
export const left = (state: Case, mode: LeavingMode, at: Instant): Case => ({
  ...state,
  location: 'LEFT',
  locationBefore: null,
  custody: custodyEnded(state.custody, at),
  dispatches: dispatchesClosedByLeaving(state.dispatches, mode),
  leaving: { ...state.leaving, mode, leftAt: at, departures: state.leaving.departures + 1, missingSince: null },
});

/** The planned return home that leaving in this mode fulfils. */
export function plannedReturn({ dispatches }: Case, mode: LeavingMode): Dispatch | undefined {
  const open = openDispatch(dispatches);
  return open !== undefined && leavingModeOf(open) === mode ? open : undefined;
}

/** The feedback on a journey that leaving breaks off: it was due for an arrival that does not take place. */
export const loopsBrokenOff = (state: Case): readonly LoopCancelled[] =>
  Object.values(state.dispatches)
    .filter(isUnderWay)
    .flatMap(({ dispatchId }) => cancelledLoops(state, 'ABORTED', dispatchId));

/** Whether the person left in just this way: to say so again is no news. */
export const hasLeft = ({ location, leaving }: Case, mode: LeavingMode): boolean => location === 'LEFT' && leaving.mode === mode;

/** Refuses every agency but the case-owning station and whoever has the person: a relay station on the way, the hospital. */
export function onlyOwnerOrHolder(state: Case, by: Actor): void {
  if (by.agency !== state.owner && by.agency !== state.custody.holder)
    throw new Refusal('ACT-WRONG-AGENCY', 'Only the station that owns the case, or the agency that has the person, records this.');
}

const inCare = [
  'DeclareSelfDeparture',
  'ReleaseToRelatives',
  'HandToHouseholdTownship',
  'TerminateAssistance',
  'DetectAbsence',
  'RecordDeath',
];

/** What can be done where the person is; so a refusal can name it. */
const steps: { readonly [L in Location]: readonly string[] } = {
  STREET: ['RecordDeath'],
  REGISTERED: ['DeclareSelfDeparture', 'RecordDeath'],
  IN_STATION: inCare,
  IN_HOSPITAL: inCare,
  IN_TRANSIT: ['DetectAbsence', 'RecordDeath'],
  MISSING: ['RecordPersonFound', 'ClosePoliceSearch', 'ConcludeAbsence', 'RecordDeath'],
  LEFT: ['RecordDeath', 'ArchiveCase'],
  REFUSED: ['RecordDeath', 'ArchiveCase'],
  DECEASED: ['ArchiveCase'],
  ARCHIVED: ['ReopenCase'],
};

/** Refuses `step` where the person is not in a place from which it is possible (dossier 5.1, region L). */
export function checkPlace(state: Case, step: string): void {
  const possible = steps[state.location];
  if (!possible.includes(step)) throw notNow(`${step} is not possible while the person is ${state.location}.`, ...possible);
}

/** What every step must see to by which the person leaves: the right agency, the right place, the order of the custody line. */
export function checkLeaving(state: Case, step: string, { by, at }: Readonly<{ by: Actor; at: Instant }>): void {
  onlyOwnerOrHolder(state, by);
  checkPlace(state, step);
  checkCustodyOrder(state.custody, at);
}
