import type { SandboxClient } from './client';
import type { TokenFor } from './issuer';

/** A promise that is open now. */
export type OpenDuty = Readonly<{ dutyId: string; key: string; owedBy: string; owedTo: string; dueAt: string; breached: boolean }>;

/** What a story looks at in a case. */
export type CaseView = Readonly<{
  caseId: string;
  version: number;
  location: string;
  holder: string | null;
  duties: readonly OpenDuty[];
  /** Every breach that the record has seen. */
  breaches: readonly Readonly<{ key: string; about: string }>[];
  loops: Readonly<Record<string, Readonly<{ phase: string }>>>;
}>;

/** What `GET /v1/cases/{id}` answers, as far as a story needs it. */
type CaseAnswer = Pick<CaseView, 'caseId' | 'version' | 'duties' | 'breaches'> &
  Readonly<{
    state: Readonly<{
      location: string;
      custody: Readonly<{ holder: string | null }>;
      feedback: Readonly<{ loops: CaseView['loops'] }>;
    }>;
  }>;

/** An auditor may read every case. */
export const auditor: TokenFor = { agency: 'sandbox-auditor', role: 'auditor' };

/** Where a case stands, as an auditor reads it. @throws Error when the service does not tell */
export async function readCase(client: SandboxClient, caseId: string): Promise<CaseView> {
  const answer = await client.get(auditor, `/v1/cases/${caseId}`);
  if (answer.status !== 200) throw new Error(`The auditor could not read case ${caseId}: ${answer.status} ${JSON.stringify(answer.body)}`);
  const { version, state, duties, breaches } = answer.body as unknown as CaseAnswer;
  const { location, custody, feedback } = state;
  return { caseId, version, location, holder: custody.holder, duties, breaches, loops: feedback.loops };
}

/** The data of one recorded event, opened for an auditor; `place` is the stream's address, such as `cases/6f…`. */
export async function readEventData(client: SandboxClient, place: string, eventId: string): Promise<Readonly<Record<string, unknown>>> {
  const answer = await client.get(auditor, `/v1/${place}/events/${eventId}`, { 'guitu-purpose': 'AUDIT' });
  if (answer.status !== 200)
    throw new Error(`The auditor could not read event ${eventId}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body['data'] as Readonly<Record<string, unknown>>;
}
