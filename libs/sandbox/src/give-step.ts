import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, SandboxClient } from './client';
import type { TokenFor } from './issuer';
import type { Step } from './story';

/** The sandbox's own registrar: keeps the directory and moves the clock. */
export const registrar: TokenFor = { agency: 'sandbox', role: 'registrar' };

const IN_PROGRESS_TRIES = 100;
const IN_PROGRESS_PAUSE_MS = 50;

/** Why a request was not fulfilled: the rule's own code where there is one. */
export const codeOf = ({ status, body }: Answer): string => String(body['refusal'] ?? body['code'] ?? status);

const kebab = (command: string): string => command.replace(/(?<=[a-z0-9])[A-Z]/g, '-$&').toLowerCase();

/** Gives a step's command as its agency; while the same key is being worked on elsewhere, it is sent again. */
export async function give(
  step: Step,
  caseId: string | undefined,
  { client, key }: Readonly<{ client: SandboxClient; key: string }>,
): Promise<Answer> {
  const { agency, in: beside = 'cases', by = '', command = '', occurredAt, backfillReason, data = {} } = step;
  const body = { ...(occurredAt === undefined ? {} : { occurredAt }), ...(backfillReason === undefined ? {} : { backfillReason }), data };
  const place = agency !== undefined ? `agencies/${agency}/` : caseId !== undefined ? `${beside}/${caseId}/` : 'cases/';
  const giver: TokenFor = agency === undefined ? { agency: by, role: 'staff' } : registrar;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await client.post(giver, `/v1/${place}${kebab(command)}`, { key, body });
    if (answer.status !== 409 || codeOf(answer) !== 'request-in-progress' || attempt >= IN_PROGRESS_TRIES) return answer;
    await sleep(IN_PROGRESS_PAUSE_MS);
  }
}
