import type { AgencyId, Role } from '@guitu/rescue';
import type { Caller } from './caller';

/**
 * What a route asks of its caller before anything else. A route without one is closed.
 * `public`: nobody in particular (documents, health). `caller`: anybody with a valid token. `agency`: what the caller's own agency is shown.
 * `participants`: somebody who may know of the stream, decided when its parties are known. `operator`: whoever moves a sandbox's clock.
 */
export type RoutePolicy = 'public' | 'caller' | 'agency' | 'participants' | 'operator';

/** Why somebody is not let in: nobody proved who calls, or the one who calls may not. */
export type Denial = 'token-required' | 'forbidden';

const enters: Readonly<Record<RoutePolicy, readonly Role[]>> = {
  public: ['staff', 'registrar', 'auditor'],
  caller: ['staff', 'registrar', 'auditor'],
  agency: ['staff', 'registrar', 'auditor'],
  participants: ['staff', 'registrar', 'auditor'],
  operator: ['registrar'],
};

/** Whether a route lets the caller in at all; undefined means yes. Everything that is not allowed here is denied. */
export function denialAt(policy: RoutePolicy | undefined, caller: Caller | undefined): Denial | undefined {
  if (policy === undefined || !Object.hasOwn(enters, policy)) return 'forbidden';
  if (policy === 'public') return undefined;
  if (caller === undefined) return 'token-required';
  return enters[policy].includes(caller.role) ? undefined : 'forbidden';
}

/** How widely a collection may be known: the directory of agencies by every caller, audits by auditors, everything else by those who take part. */
export type Openness = 'every-caller' | 'participants' | 'auditors';
/** Collections that are closed unless named here. */
const openness: Readonly<Record<string, Openness>> = { agencies: 'every-caller', audits: 'auditors' };
export const opennessOf = (collection: string): Openness => (Object.hasOwn(openness, collection) ? openness[collection]! : 'participants');

/** Who takes part in a stream: the agencies that recorded in it or were named by it. */
export type Parties = ReadonlySet<AgencyId>;

/** The rules by which somebody is let in; their names stand in the records of who read what. */
export type ReadingRule = 'every-caller' | 'auditor' | 'participant';

/** By which rule the caller may read a stream, and so know that it exists: participants and auditors; the directory is for every caller. */
export function readingRuleOf(caller: Caller, collection: string, parties: Parties): ReadingRule | undefined {
  const open = opennessOf(collection);
  if (open === 'every-caller') return 'every-caller';
  if (caller.role === 'auditor') return 'auditor';
  return open === 'participants' && parties.has(caller.agency) ? 'participant' : undefined;
}

export const mayRead = (caller: Caller, collection: string, parties: Parties): boolean =>
  readingRuleOf(caller, collection, parties) !== undefined;

/**
 * Whether the caller may give a command to a stream that exists. Whether the rules let it happen is the domain's matter.
 * Who may not even read gets the same answer as for a stream that does not exist.
 */
export function mayCommand(caller: Caller, collection: string, parties: Parties): 'yes' | 'forbidden' | 'unknown' {
  if (!mayRead(caller, collection, parties)) return 'unknown';
  if (caller.role === 'auditor' || caller.role === 'system') return 'forbidden';
  return opennessOf(collection) === 'every-caller' && caller.role !== 'registrar' ? 'forbidden' : 'yes';
}
