// Plays many copies of many stories on one clock: steps of the same moment together, those of one case one after the other.
import { atATime } from './client.mjs';

const AT_A_TIME = 8;
const IN_PROGRESS_TRIES = 100;
const kebab = (command) => command.replace(/(?<=[a-z0-9])[A-Z]/g, '-$&').toLowerCase();
export const registrar = { agency: 'sandbox', role: 'registrar' };
export const auditor = { agency: 'sandbox-auditor', role: 'auditor' };

/**
 * `told`: `[{ story, copy }]`, each with its own cases. Gives `{ steps, recorded, refused, unexpected, cases }`; `unexpected` lists the steps whose
 * answer was another than the story's, with the code.
 */
export async function playAll(told, { client, tokenOf, run }) {
  const cases = new Map();
  const counts = { steps: 0, recorded: 0, refused: 0, unexpected: [] };
  const key = ({ story, copy, index }) => `${story.name}-${run}-${copy}-${String(index + 1).padStart(3, '0')}`.padEnd(16, '-');

  async function post(as, path, { body, idempotencyKey, what }) {
    const headers = {
      authorization: `Bearer ${await tokenOf(as)}`,
      'content-type': 'application/json',
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    };
    const request = { method: 'POST', path, headers, body: JSON.stringify(body), what };
    for (let sent = 1; ; sent += 1) {
      const answer = await client.send(request);
      const json = answer.body.length === 0 ? {} : JSON.parse(answer.body.toString('utf8'));
      if (json.code !== 'request-in-progress' || sent >= IN_PROGRESS_TRIES) return { status: answer.status, json };
    }
  }

  async function give(one) {
    const { step, story, copy } = one;
    if (step.command === undefined) return;
    const { agency, in: beside = 'cases', by, occurredAt, backfillReason, data = {} } = step;
    const caseKey = `${story.name} ${copy} ${step.case}`;
    const caseId = cases.get(caseKey);
    const place = agency !== undefined ? `agencies/${agency}/` : caseId !== undefined ? `${beside}/${caseId}/` : 'cases/';
    const body = { ...(occurredAt === undefined ? {} : { occurredAt }), ...(backfillReason === undefined ? {} : { backfillReason }), data };
    const as = agency === undefined ? { agency: by, role: 'staff' } : registrar;
    const asked = { body, idempotencyKey: key(one), what: `${story.name} ${step.command}` };
    const { status, json } = await post(as, `/v1/${place}${kebab(step.command)}`, asked);
    counts.steps += 1;
    if (status < 300 && status > 0) counts.recorded += 1;
    else counts.refused += 1;
    const code = status < 300 && status > 0 ? undefined : String(json.refusal ?? json.code ?? status);
    if (code !== step.refused)
      counts.unexpected.push({
        story: story.name,
        line: step.line,
        command: step.command,
        code,
        wanted: step.refused,
        errors: json.errors,
      });
    if (agency === undefined && caseId === undefined && typeof json.caseId === 'string') cases.set(caseKey, json.caseId);
  }

  const steps = told
    .flatMap(({ story, copy }) => story.steps.map((step, index) => ({ story, copy, step, index })))
    .filter(({ step, copy }) => step.agency === undefined || copy === 0);
  const moments = Map.groupBy?.(steps, ({ step }) => step.at) ?? grouped(steps, ({ step }) => step.at);
  const inOrder = [...moments].sort(([a], [b]) => Date.parse(a) - Date.parse(b));
  for (const [at, together] of inOrder) {
    const moved = await post(registrar, '/v1/sandbox/clock', { body: { now: at }, what: 'the clock' });
    if (moved.status >= 300) throw new Error(`the clock did not move to ${at}: ${moved.status} ${moved.json.code}`);
    const byCase = grouped(together, ({ story, copy }) => `${story.name} ${copy}`);
    await atATime(
      AT_A_TIME,
      [...byCase.values()].map((some) => async () => {
        for (const one of some) await give(one);
      }),
    );
  }
  return { ...counts, cases };
}

function grouped(list, nameOf) {
  const groups = new Map();
  for (const one of list) groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one]);
  return groups;
}
