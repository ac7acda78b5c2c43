import { auditor, type SandboxClient } from '@guitu/sandbox';

/** One event of a case as an auditor reads it, personal values opened. */
export type ReadEvent = Readonly<Record<string, unknown>> & Readonly<{ version: number; type: string }>;

const PAGE = 100;
const MAX_PAGES = 50;

/** The whole history of a case, in order; waits until the read model has come to its last event. */
export async function readHistory(client: SandboxClient, caseId: string): Promise<readonly ReadEvent[]> {
  const { headers } = await client.get(auditor, `/v1/cases/${caseId}`);
  const newest = { 'guitu-min-position': headers.get('guitu-position') ?? '0', 'guitu-purpose': 'AUDIT' };
  const events: ReadEvent[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const from: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { status, body } = await client.get(auditor, `/v1/cases/${caseId}/timeline?limit=${PAGE}${from}`, newest);
    if (status !== 200) throw new Error(`The timeline of ${caseId} could not be read: ${status} ${JSON.stringify(body)}`);
    events.push(...(body['rows'] as readonly ReadEvent[]));
    cursor = body['next'] as string | null;
    if (cursor === null) return events;
  }
  throw new Error(`The timeline of ${caseId} does not end.`);
}

/** What must be the same in two runs of one story: everything but the server's clock and the places in the whole log. */
export const comparable = (events: readonly ReadEvent[]): readonly object[] =>
  events.map(({ recordedAt: _recordedAt, position: _position, ...rest }) => rest);
