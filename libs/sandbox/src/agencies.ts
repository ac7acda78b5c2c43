import { parse } from 'yaml';
import type { SandboxClient } from './client';

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
 * @throws Error with the service's answer when one is refused
 */
export async function registerAgencies(client: SandboxClient, rows: readonly AgencyRow[]): Promise<number> {
  let registered = 0;
  for (const row of rows) {
    const answer = await client.post({ agency: 'sandbox', role: 'registrar' }, `/v1/agencies/${row.agencyId}/register-agency`, {
      key: `sandbox-agency-${row.agencyId}`.padEnd(16, '-'),
      body: { data: row },
    });
    if (answer.status === 201) registered += 1;
    else if (answer.body['code'] !== 'ACT-ALREADY-OPEN')
      throw new Error(`${row.agencyId} could not be registered: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return registered;
}
