import { setTimeout as sleep } from 'node:timers/promises';
import { openAgent, post } from './http.mjs';
import { pause } from './loops.mjs';

const agencies = [{ agencyId: 'faults-station', kind: 'STATION', name: '测试救助管理站', division: '320585', effectiveFrom: '2000-01-01' }];
const walkIn = { data: { arrivalMode: 'SELF', apparentAgeBand: 'FROM_19_TO_59', causes: ['OTHER'], assistanceStatus: 'UNKNOWN' } };
const initialCheck = { data: { findings: ['HEALTHY'], action: 'NONE', note: '精神状态良好，无外伤' } };
const MOST_CHECKS_PER_CASE = 9;
const LOOK_EVERY_MS = 5;
const RETRY_AFTER_MS = 100;
/** Longer than any start, recovery or shutdown: a service that takes no command for so long has not survived. */
const GIVE_UP_AFTER_MS = 120_000;
/** One command among many may be met by kill after kill. */
const GIVE_UP_COMMAND_AFTER_MS = 900_000;
const IN_PROGRESS = 409;

/** Registers the station that the writers work for. */
export async function registerStation(url, token) {
  const registrar = await token('registrar', 'registrar');
  for (const agency of agencies) {
    const sent = {
      path: `/v1/agencies/${agency.agencyId}/register-agency`,
      token: registrar,
      key: `faults-${agency.agencyId}`,
      body: { data: agency },
    };
    const answer = await post(url, sent);
    if (answer.status !== 201) throw new Error(`registering ${agency.agencyId}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}

/**
 * Starts agencies' clients that open cases and record checks in them, each sending a command until it is acknowledged. `stop()` lets every
 * command under way come to its end, and gives the ledger: what was acknowledged, and what each case must hold.
 * `keyOf(command, attempt)` is the idempotency key of an attempt: a good client sends the same one again, a naive one makes a new one.
 */
export async function startWriters(url, { token, writers, random, mostPauseMs, keyOf = ({ key }) => key, commands = Infinity }) {
  const agent = openAgent(writers);
  const staff = await token('faults-station', 'staff');
  const ledger = { acknowledged: [], cases: new Map(), commands: 0, retries: 0, refused: 0 };
  let stopping = false;
  let begun = 0;

  async function give(command) {
    begun += 1;
    const giveUpAt = performance.now() + GIVE_UP_COMMAND_AFTER_MS;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await post(url, { ...command, key: keyOf(command, attempt), token: staff, agent }).catch(() => undefined);
      if (answer?.status === 201 || answer?.status === 200) return note(answer.body);
      const again =
        answer === undefined || answer.status >= 500 || (answer.status === IN_PROGRESS && answer.body.code === 'request-in-progress');
      if (!again) return void (ledger.refused += 1);
      if (performance.now() > giveUpAt) throw new Error('the service did not come back');
      ledger.retries += 1;
      await sleep(RETRY_AFTER_MS);
    }
  }
  function note({ caseId, events, position }) {
    ledger.commands += 1;
    for (const { id, version } of events) ledger.acknowledged.push({ id, version, stream: `case-${caseId}` });
    ledger.acknowledged.at(-1).position = position;
    return caseId;
  }
  const goesOn = () => !stopping && begun < commands;
  async function work(mine) {
    while (goesOn()) {
      const caseId = await give({ path: '/v1/cases/register-help-request', body: walkIn, key: mine.uuid() });
      if (caseId === undefined) {
        await sleep(RETRY_AFTER_MS);
        continue;
      }
      const holds = { checks: 0 };
      ledger.cases.set(caseId, holds);
      for (let left = mine.whole(1, MOST_CHECKS_PER_CASE); left > 0 && goesOn(); left -= 1) {
        await pause(mine, mostPauseMs);
        const given = await give({ path: `/v1/cases/${caseId}/record-initial-check`, body: initialCheck, key: mine.uuid() });
        if (given === undefined) break; // the service does not know the case that it has opened
        holds.checks += 1;
      }
      await pause(mine, mostPauseMs);
    }
  }
  const done = Promise.all(Array.from({ length: writers }, (_, writer) => work(random.fork('writer', writer))));
  // Whoever stops them hears of it; until then nobody waits.
  done.catch(() => undefined);
  const finish = async () => {
    await done;
    agent.destroy();
    return ledger;
  };
  return {
    acknowledged: () => ledger.commands,
    /** Until something more was acknowledged than now. */
    progress: async () => {
      const before = ledger.commands;
      const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
      while (ledger.commands === before) {
        if (performance.now() > giveUpAt) throw new Error('the service acknowledges nothing any more');
        await sleep(LOOK_EVERY_MS);
      }
    },
    finish,
    /** What was acknowledged until now; commands under way are not waited for. */
    abandon: () => {
      stopping = true;
      return ledger;
    },
    stop: () => {
      stopping = true;
      return finish();
    },
  };
}

/**
 * No command of the writers is ever refused for a reason of the domain: a refusal means that something acknowledged was not there.
 * Compares the ledger with all rows of the log, in the order of their positions.
 */
export function compareWithStore({ acknowledged, cases, refused }, rows) {
  const stored = new Map(rows.map((row) => [row.id, row]));
  let [lost, moved, holes] = [0, 0, 0];
  for (const { id, stream, version, position } of acknowledged) {
    const row = stored.get(id);
    if (row === undefined) lost += 1;
    else if (row.stream !== stream || row.version !== version || (position !== undefined && row.position !== position)) moved += 1;
  }
  const checks = new Map();
  const last = new Map();
  for (const { stream, version, type } of rows) {
    if (version !== (last.get(stream) ?? 0) + 1) holes += 1;
    last.set(stream, version);
    if (stream.startsWith('case-')) checks.set(stream, (checks.get(stream) ?? 0) + (type === 'InitialCheckDone' ? 1 : 0));
  }
  let [duplicates, missing] = [0, 0];
  for (const [caseId, holds] of cases) {
    const found = checks.get(`case-${caseId}`);
    if (found === undefined) missing += 1 + holds.checks;
    else if (found < holds.checks) missing += holds.checks - found;
    else duplicates += found - holds.checks;
    checks.delete(`case-${caseId}`);
  }
  // A case that nobody was told of was opened by an attempt that was repeated under another key.
  duplicates += checks.size;
  return { lost, moved, holes, duplicates, missing, refused };
}

export const violationsOf = ({ lost, moved, holes, duplicates, missing, refused }) => lost + moved + holes + duplicates + missing + refused;
