import { checkOrganisationCode, startOfDay, type CalendarDate } from '@guitu/standards';
import { Refusal } from '../refusal';
import type { CommandKind, EventKind } from '../stream-kind';
import type { AgencyId, AgencyKind, Command, DivisionCode, Event } from '../words';
import type { World } from '../world/world';
import { isOpen, type Agency } from './agency';
import { checkDivision } from './effective-day';
import { checkSuperior } from './superior';

/**
 * An agency enters the directory (机构登记). It works from `effectiveFrom` on, a day that may long have passed: `occurredAt` says when it
 * was registered, not since when it exists.
 */
export type AgencyRegistered = Event<
  'AgencyRegistered',
  {
    /** Also the id of its stream. */
    agencyId: AgencyId;
    kind: AgencyKind;
    /**
     * @minLength 1
     * @maxLength 100
     */
    name: string;
    division: DivisionCode;
    reportsTo?: AgencyId;
    /** Unified social credit code (统一社会信用代码, GB 32100). */
    organisationCode?: string;
    effectiveFrom: CalendarDate;
  }
>;
export const agencyRegistered: EventKind<Agency, AgencyRegistered> = {
  zh: '机构登记',
  basis: '[P] dossier 4.13',
  parties: { agencyId: true, reportsTo: true },
  apply: (_state, { agencyId, kind, name, division, reportsTo, organisationCode, effectiveFrom: from }) => ({
    id: agencyId,
    registered: true,
    kind,
    names: [{ from, value: name }],
    divisions: [{ from, value: division }],
    reportsTo: [{ from, value: reportsTo ?? null }],
    openFrom: from,
    ...(organisationCode === undefined ? {} : { organisationCode }),
  }),
};

/** Words that stand where an agency could stand, in any spelling: creditors of duties and the system itself. */
const reserved: ReadonlySet<string> = new Set(['person', 'record', 'public', 'guitu']);

export type RegisterAgency = Command<'RegisterAgency', AgencyRegistered['data']>;
export const registerAgency: CommandKind<Agency, RegisterAgency, AgencyRegistered> = {
  zh: '登记机构',
  by: [],
  opens: 'first',
  role: 'registrar',
  decide: ({ data }, _state, { world }) => {
    const { agencyId, division, reportsTo, organisationCode, effectiveFrom } = data;
    if (reserved.has(agencyId.toLowerCase()) || world.directory.has(agencyId))
      throw new Refusal('ID-TAKEN', `The name ${agencyId} is taken.`, { pointer: '/agencyId' });
    checkDivision(division, effectiveFrom);
    if (reportsTo !== undefined) checkSuperior(world, agencyId, reportsTo, { from: effectiveFrom });
    const code = organisationCode === undefined ? {} : { organisationCode: freeOrganisationCode(world, organisationCode, effectiveFrom) };
    return [{ type: 'AgencyRegistered', data: { ...data, ...code } }];
  },
};

/** The code as the standard writes it; refuses a wrong one, and one that another agency has. */
function freeOrganisationCode(world: World, text: string, day: CalendarDate): string {
  const pointer = '/organisationCode';
  const check = checkOrganisationCode(text);
  if (!check.ok) throw new Refusal('validation-failed', `That is no unified social credit code: ${check.fault}.`, { pointer });
  const holder = [...world.directory.values()].find((agency) => agency.organisationCode === check.value && isOpen(agency, startOfDay(day)));
  if (holder !== undefined) throw new Refusal('ID-TAKEN', `That organisation code is the one of ${holder.id}.`, { pointer });
  return check.value;
}
