import { parse } from 'yaml';
import type { SandboxClient } from './client';
import { registrar } from './give-step';

const SHORTEST_KEY = 16;
const FAULT = 500;

/** One invented agency of the sandbox, as `samples/stories/agencies.yaml` lists it. */
export type AgencyRow = Readonly<{
  agencyId: string;
  kind: string;
  name: string;
  division: string;
  reportsTo?: string;
  organisationCode?: string;
  effectiveFrom: string;
}>;

/** Reads the list of invented agencies. */
export function parseAgencies(text: string): readonly AgencyRow[] {
  const rows = (parse(text) as { agencies?: unknown }).agencies;
  if (!Array.isArray(rows)) throw new Error('The list of agencies has no entry "agencies".');
  return rows as readonly AgencyRow[];
}

/**
 * Registers the invented agencies over HTTP, superiors first as the list has them; those that exist already stay as they are.
 * @returns how many were registered by this call
 * @throws Error with the service's answer when one is refused
 */
export async function registerAgencies(client: SandboxClient, rows: readonly AgencyRow[]): Promise<number> {
  let registered = 0;
  for (const row of rows) {
    const place = `/v1/agencies/${row.agencyId}`;
    const key = `sandbox-agency-${row.agencyId}`.padEnd(SHORTEST_KEY, '-');
    const { status, headers, body } = await client.post(registrar, `${place}/register-agency`, { key, body: { data: row } });
    if (status === 201 && headers.get('idempotency-replayed') === null) registered += 1;
    else if (status >= FAULT || (status >= 300 && (await client.get(registrar, place)).status !== 200))
      throw new Error(`${row.agencyId} could not be registered: ${status} ${JSON.stringify(body)}`);
  }
  return registered;
}
