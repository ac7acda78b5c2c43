import { dateInChina, parentsOf, resolveDivision } from '@guitu/standards';
import { isOpen, valueOn, type Agency } from '../agency/agency';
import { Refusal } from '../refusal';
import type { AgencyId, AgencyKind, DivisionCode, Instant } from '../words';
import type { World } from './world';

/** The agency, if it works on the day of `at`. */
export function findAgency(world: World, id: AgencyId, at: Instant): Agency | undefined {
  const agency = world.directory.get(id);
  return agency !== undefined && isOpen(agency, at) ? agency : undefined;
}

/** The agency at `at`; refuses with `agency-unknown` at `pointer` when it does not exist or no longer works. */
export function getAgency(world: World, id: AgencyId, at: Instant, pointer?: string): Agency {
  const agency = findAgency(world, id, at);
  if (agency === undefined)
    throw new Refusal('agency-unknown', `No agency ${id} works on ${dateInChina(at)}.`, pointer === undefined ? {} : { pointer });
  return agency;
}

/** The agency named at `pointer`, which must be of one of `kinds`. */
export function getAgencyOfKind(
  world: World,
  id: AgencyId,
  at: Instant,
  want: Readonly<{ kinds: readonly AgencyKind[]; pointer: string }>,
): Agency {
  const agency = getAgency(world, id, at, want.pointer);
  if (want.kinds.includes(agency.kind)) return agency;
  throw new Refusal('validation-failed', `${id} is a ${agency.kind}; this step wants ${want.kinds.join(' or ')}.`, {
    pointer: want.pointer,
  });
}

export const divisionOf = (world: World, id: AgencyId | undefined, at: Instant): DivisionCode | undefined => {
  const agency = id === undefined ? undefined : world.directory.get(id);
  return agency === undefined ? undefined : valueOn(agency.divisions, dateInChina(at));
};

export const nameOf = (world: World, id: AgencyId, at: Instant): string => {
  const agency = world.directory.get(id);
  return (agency === undefined ? undefined : (valueOn(agency.names, dateInChina(at)) ?? agency.names[0]?.value)) ?? id;
};

/** To whom the agency reports on that day: the stored relation, never computed from digits (dossier 1.1). */
export function superiorOf(world: World, id: AgencyId, at: Instant): AgencyId | undefined {
  const agency = world.directory.get(id);
  return (agency === undefined ? undefined : valueOn(agency.reportsTo, dateInChina(at))) ?? undefined;
}

/** All superiors, nearest first. */
export function superiorsOf(world: World, id: AgencyId, at: Instant): readonly AgencyId[] {
  const chain: AgencyId[] = [];
  for (let next = superiorOf(world, id, at); next !== undefined && !chain.includes(next); next = superiorOf(world, next, at))
    chain.push(next);
  return chain;
}

/** Agencies of a kind that work in exactly this division on the day of `at`. */
export function agenciesIn(world: World, division: DivisionCode, kind: AgencyKind, at: Instant): readonly Agency[] {
  const day = dateInChina(at);
  return [...world.directory.values()]
    .filter((agency) => agency.kind === kind && isOpen(agency, at) && valueOn(agency.divisions, day) === division)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Why a feedback letter goes to this addressee. */
export type AddresseeReason = 'STATION_OF_COUNTY' | 'STATION_NOT_ESTABLISHED' | 'STATION_OF_PREFECTURE';
export type Addressee =
  | Readonly<{ kind: 'found'; agency: AgencyId; division: DivisionCode; reason: AddresseeReason; divisionChanged: boolean }>
  | Readonly<{ kind: 'ambiguous'; divisions: readonly DivisionCode[] }>
  | Readonly<{ kind: 'unknown' }>;

/**
 * Who answers for a household place (dossier 7.2): the county's station, else its civil affairs department, else the prefecture's station.
 * A code that was retired is followed to its successors first; a split has no single answer and wants a person's decision.
 */
export function feedbackAddressee(world: World, division: DivisionCode, at: Instant): Addressee {
  const day = dateInChina(at);
  const resolved = resolveDivision(division, day, day);
  if (resolved.kind === 'ambiguous') return { kind: 'ambiguous', divisions: resolved.codes };
  if (resolved.kind === 'unknown') return { kind: 'unknown' };
  const { code } = resolved;
  const found = (agency: Agency, reason: AddresseeReason): Addressee => ({
    kind: 'found',
    agency: agency.id,
    division: code,
    reason,
    divisionChanged: code !== division,
  });
  const [station] = agenciesIn(world, code, 'STATION', at);
  if (station !== undefined) return found(station, 'STATION_OF_COUNTY');
  const [bureau] = agenciesIn(world, code, 'CIVIL_AFFAIRS', at);
  if (bureau !== undefined) return found(bureau, 'STATION_NOT_ESTABLISHED');
  const [prefecture] = parentsOf(code, day);
  const [above] = prefecture === undefined ? [] : agenciesIn(world, prefecture, 'STATION', at);
  return above === undefined ? { kind: 'unknown' } : found(above, 'STATION_OF_PREFECTURE');
}
