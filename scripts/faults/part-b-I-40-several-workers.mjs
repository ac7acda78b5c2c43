// I-40. Three projectors and three timekeepers at once. Whoever works is made to stand still (SIGSTOP) in the middle of what it does, past its lease;
// another one takes over; then it wakes up. The database itself notes who writes, and who held the lease in that moment.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { naiveTables } from '../../test/naive/lock-without-fencing.mjs';
import { passwordsOf } from './support/installation.mjs';
import { lastingPort } from './support/ports.mjs';
import { room, root } from './support/rooms.mjs';
import { freshDatabase, withClient } from './support/shared-server.mjs';
import { agencyRows, storyCases } from './part-b-support/random-histories.mjs';
import { standStillPastLease, startWatched } from './part-b-support/watched-processes.mjs';

export const id = 'I-40';
export const title = 'several workers at once do no harm';
export const promise =
  'Of several projectors and timekeepers one works; one that wakes up after its lease has gone over writes nothing that counts';

const { openHouse, oneOfSeveral, readSettings } = room('wiring');
const { derivedId } = room('history');
const { agencyStream, caseStream } = room('rescue');
const leaseSeconds = 1;
const betweenCommandsMs = 15;

/** Every committed move of the checkpoint and every committed event, with the port of its writer and the holder of the lease at that moment. */
const watch = `create schema watch;
  create table watch.written (number bigserial primary key, what text not null, port int, owner text);
  create function watch.note() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  begin
    insert into watch.written (what, port, owner)
      select tg_argv[0], inet_client_port(), coalesce((select owner from leases.lease where name = tg_argv[0] and until > '-infinity'), '');
    return null;
  end $$;
  create trigger watched after update on read_models.projection_checkpoint for each row execute function watch.note('projector');
  create trigger watched after insert on event_log.record for each row execute function watch.note('timekeeper');`;

const naiveWatch = `create schema watch;
  create table watch.written (number bigserial primary key, what text not null, port int, owner text);
  create function watch.note() returns trigger language plpgsql as $$
  begin
    insert into watch.written (what, port, owner) select 'naive', inet_client_port(), owner from naive.lease;
    return null;
  end $$;
  create trigger watched after update on naive.checkpoint for each row execute function watch.note();`;

const writtenBy = async (client, { isOwnPort }, what) => {
  const { rows } = await client.query('select port from watch.written where what = $1', [what]);
  return rows.filter(({ port }) => isOwnPort(port)).length;
};

/** What was written by each of the parts while somebody else held the lease. */
async function writtenLate(client, parts, what) {
  const { rows } = await client.query('select port, owner from watch.written where what = $1', [what]);
  const known = rows.map(({ port, owner }) => ({
    part: parts.find(({ isOwnPort }) => isOwnPort(port)),
    owner: Number(owner.split('/').at(-2) ?? owner),
  }));
  const ours = known.filter(({ part }) => part !== undefined);
  return { writes: ours.length, late: ours.filter(({ part, owner }) => part.pid !== owner).length };
}

async function holderIn(client, what) {
  const { rows } = await client.query('select owner from leases.lease where name = $1 and until > clock_timestamp()', [what]);
  return rows[0] && Number(rows[0].owner.split('/')[1]);
}

const [encounter] = storyCases.find(({ steps: [first] }) => first.command === 'RecordEncounter').steps;

/** Enters what was found years ago: its limits are over, so that the timekeepers have something to write with each case. */
async function keepEntering(house, signal) {
  const by = { agency: encounter.by, user: 'u1', client: 'c1', role: 'staff' };
  const command = { type: encounter.command, data: encounter.data, by, at: encounter.at, backfillReason: '按纸质档案补录' };
  let entered = 0;
  while (!signal.aborted) {
    const commandId = derivedId('entered', String((entered += 1)));
    await house.desk.give({ kind: caseStream, streamId: `entered-${entered}`, command, commandId, requestText: String(entered) });
    await sleep(betweenCommandsMs);
  }
  return entered;
}

async function registerAgencies(house) {
  for (const row of agencyRows) {
    const by = { agency: 'sandbox', user: 'u1', client: 'c1', role: 'registrar' };
    const command = { type: 'RegisterAgency', data: row, by, at: house.now() };
    const commandId = derivedId('registered', row.agencyId);
    const { position } = await house.desk.give({
      kind: agencyStream,
      streamId: row.agencyId,
      command,
      commandId,
      requestText: row.agencyId,
    });
    house.noteAgencyWrite(position);
  }
}

/** What is wrong at the end: rows that differ from a rebuild, breaches and reminders written twice, holes in streams. */
async function faultsAtTheEnd(house) {
  const head = await house.log.head();
  if (!(await house.readModels.waitForPosition(head, 60_000))) throw new Error('The rows did not come up to the head of the log.');
  const { differing } = await house.readModels.verify(house.log);
  const seen = new Set();
  const versions = new Map();
  const counts = { events: 0, noticed: 0, twice: 0, holes: 0, differing };
  for (let after = 0n; ;) {
    const page = await house.log.readAll(after, 1_000);
    if (page.length === 0) return counts;
    for (const { type, stream, version, envelope, position } of page) {
      after = position;
      counts.events += 1;
      if (version !== (versions.get(stream) ?? 0) + 1) counts.holes += 1;
      versions.set(stream, version);
      if (type !== 'DutyBreached' && type !== 'DutyReminded') continue;
      const { data } = JSON.parse(Buffer.from(envelope).toString('utf8'));
      const key = [type, stream, data.dutyId, data.dueAt].join(' ');
      counts.noticed += 1;
      if (seen.has(key)) counts.twice += 1;
      seen.add(key);
    }
  }
}

async function startPart(name, port, { url, environment }) {
  const settingsFor = (through) => ({ environment: { ...environment, GUITU_POSTGRES_URL: through, GUITU_PORT: String(port) } });
  return startWatched(name, { url, main: path.join(root, `dist/apps/${name}/src/main.js`), settingsFor });
}

/** So many of a kind, all started at once. */
async function startParts(names, parts, asked) {
  const ports = [];
  while (ports.length < names.length) ports.push(await lastingPort());
  const started = await Promise.allSettled(names.map((name, index) => startPart(name, ports[index], asked)));
  parts.push(...started.flatMap(({ value }) => value ?? []));
  const failed = started.find(({ status }) => status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

const times = (count, make) => Array.from({ length: count }, make);

async function ourRounds({ random, rounds, each, tell }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-several-'));
  const database = await freshDatabase();
  const environment = {
    GUITU_ROLE_PASSWORDS_FILE: passwordsOf(database.url),
    ...{ GUITU_DATA_FOLDER: path.join(folder, 'data'), GUITU_LEASE_SECONDS: String(leaseSeconds), GUITU_TIMEKEEPER_REST_SECONDS: '1' },
  };
  const house = await openHouse(oneOfSeveral(readSettings({ ...environment, GUITU_POSTGRES_URL: database.url })));
  const parts = [];
  try {
    return await withClient(database.url, async (client) => {
      await client.query(watch);
      const names = ['projector', 'timekeeper'].flatMap((name) => times(each, () => name));
      await startParts(names, parts, { url: database.url, environment });
      const [projectors, timekeepers] = ['projector', 'timekeeper'].map((kind) => parts.filter(({ name }) => name === kind));
      await registerAgencies(house);
      const entering = new AbortController();
      const entered = keepEntering(house, entering.signal);
      for (let round = 0; round < rounds; round += 1) {
        const groups = [
          [projectors, 'projector'],
          [timekeepers, 'timekeeper'],
        ];
        const still = groups.map(([group, what]) =>
          standStillPastLease(group, { random, holder: () => holderIn(client, what), hasWorked: (part) => writtenBy(client, part, what) }),
        );
        await Promise.race([Promise.all(still), entered.then(() => undefined)]);
        if ((round + 1) % 10 === 0) tell(`${round + 1} times a projector and a timekeeper stood still`);
      }
      entering.abort();
      const cases = await entered;
      const end = await faultsAtTheEnd(house);
      return {
        cases,
        end,
        projected: await writtenLate(client, projectors, 'projector'),
        kept: await writtenLate(client, timekeepers, 'timekeeper'),
      };
    });
  } finally {
    for (const part of parts) await part.stop();
    await house.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function naiveRounds({ random, rounds, each }) {
  const database = await freshDatabase();
  const main = path.join(root, 'test/naive/lock-without-fencing.mjs');
  const parts = [];
  try {
    return await withClient(database.url, async (client) => {
      await client.query(`${naiveTables} ${naiveWatch}`);
      const settingsFor = (url) => ({ words: [JSON.stringify({ url, seconds: leaseSeconds })] });
      parts.push(...(await Promise.all(times(each, () => startWatched('naive', { url: database.url, main, settingsFor })))));
      let events = 0;
      const more = () =>
        client.query('insert into naive.event select n, n::text from generate_series($1::int, $2::int) n', [events + 1, (events += 2_000)]);
      const holder = async () =>
        Number((await client.query('select owner from naive.lease where until > clock_timestamp()')).rows[0]?.owner);
      for (let round = 0; round < rounds; round += 1) {
        await more();
        await standStillPastLease(parts, { random, holder, hasWorked: (part) => writtenBy(client, part, 'naive') });
      }
      const { rows } = await client.query('select count(*) filter (where events > 1)::int as wrong from naive.events_of_stream');
      return { ...(await writtenLate(client, parts, 'naive')), wrong: rows[0].wrong };
    });
  } finally {
    for (const part of parts) await part.stop();
    await database.drop();
  }
}

export async function run({ random, size, amount, tell }) {
  const each = size === 'short' ? 2 : 3;
  const rounds = amount(2, 60);
  const { cases, end, projected, kept } = await ourRounds({ random: random.fork('ours'), rounds, each, tell });
  const naive = await naiveRounds({ random: random.fork('naive'), rounds: amount(6, 30), each });
  return {
    runs: rounds,
    faults: 2 * rounds,
    violations: projected.late + end.differing + end.twice + end.holes,
    figures: {
      projectors: each,
      timekeepers: each,
      'seconds of a lease': leaseSeconds,
      'cases entered meanwhile': cases,
      events: end.events,
      'pages written by projectors': projected.writes,
      'of them by one whose lease had gone over': projected.late,
      'rows that differ from a rebuild': end.differing,
      'breaches and reminders': end.noticed,
      'of them written twice': end.twice,
      'events of timekeepers': kept.writes,
      'of them under way when the lease went over (written once, and decided in the stream)': kept.late,
    },
    naive: {
      what: `a lock without fencing: ${naive.late} of ${naive.writes} pages written by one whose lock had gone over, ${naive.wrong} wrong rows`,
      violations: naive.late + naive.wrong,
      runs: naive.writes,
    },
  };
}
