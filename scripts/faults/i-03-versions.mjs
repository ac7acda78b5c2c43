import { openMaxPlusOne } from '../../test/naive/max-plus-one.mjs';
import { pause, writers } from './support/loops.mjs';
import { recordOf } from './support/records.mjs';
import { room } from './support/rooms.mjs';
import { freshDatabase, freshLogDatabase } from './support/shared-server.mjs';

export const id = 'I-03';
export const title = 'versions in one stream are 1 to n';
export const promise = 'The versions of a stream are 1 to n without a hole or a double, however many writers meet on it';

const WRITERS = 64;
const STREAMS = 20;
const CONNECTIONS = 4;
const MOST_PAUSE_MS = 3;

/** Each writer reads where a stream stands, hesitates, and appends on what it has read; somebody else may have been faster. */
async function hammer(store, { random, wanted }) {
  const streams = Array.from({ length: STREAMS }, (_, index) => `hot-${index + 1}`);
  const acknowledged = [];
  let conflicts = 0;
  await writers(WRITERS, async (writer) => {
    if (acknowledged.length >= wanted) return false;
    const stream = random.pick(streams);
    const version = await store.head(writer, stream);
    await pause(random, MOST_PAUSE_MS);
    const eventId = random.uuid();
    const written = await store.append(writer, { stream, version, eventId });
    if (written) acknowledged.push(eventId);
    else conflicts += 1;
    return true;
  });
  return { acknowledged, conflicts, ...count(await store.rows(), acknowledged) };
}

/** What is wrong in the rows of the store, which come in the order of their positions. */
function count(rows, acknowledged) {
  const expected = new Map();
  const seen = new Set();
  let [holes, doubles, outOfOrder] = [0, 0, 0];
  const last = new Map();
  for (const { stream, version } of rows) {
    const key = `${stream} ${version}`;
    if (seen.has(key)) doubles += 1;
    else expected.set(stream, (expected.get(stream) ?? 0) + 1);
    seen.add(key);
    if (version < (last.get(stream) ?? 0)) outOfOrder += 1;
    last.set(stream, version);
  }
  for (const [stream, distinct] of expected)
    for (let version = 1; version <= distinct; version += 1) if (!seen.has(`${stream} ${version}`)) holes += 1;
  const stored = new Set(rows.map(({ eventId }) => eventId));
  const lost = acknowledged.filter((eventId) => !stored.has(eventId)).length;
  return { holes, doubles, outOfOrder, lost, unasked: rows.length - acknowledged.length };
}

const violationsOf = ({ holes, doubles, outOfOrder, lost, unasked }) => holes + doubles + outOfOrder + lost + Math.abs(unasked);

async function openProduct(appUrl) {
  const { openPostgresLog, VersionConflict, maxRecordsPerPage } = room('event-log');
  const logs = await Promise.all(Array.from({ length: CONNECTIONS }, () => openPostgresLog({ connectionString: appUrl })));
  const known = new Map();
  const logOf = (writer) => logs[writer % CONNECTIONS];
  return {
    head: async (writer, stream) => {
      const after = known.get(`${writer} ${stream}`) ?? 0;
      const news = await logOf(writer).read(stream, { after, limit: maxRecordsPerPage });
      const head = news.at(-1)?.version ?? after;
      known.set(`${writer} ${stream}`, head);
      return head;
    },
    append: async (writer, { stream, version, eventId }) => {
      try {
        await logOf(writer).append(stream, version, [recordOf(eventId)]);
        return true;
      } catch (error) {
        if (error instanceof VersionConflict) return false;
        throw error;
      }
    },
    rows: async () => {
      const rows = [];
      for (let after = 0n; ;) {
        const page = await logs[0].readAll(after, maxRecordsPerPage);
        if (page.length === 0) return rows;
        for (const { stream, version, id: eventId } of page) rows.push({ stream, version, eventId });
        after = page.at(-1).position;
      }
    },
    close: () => Promise.all(logs.map((log) => log.close())),
  };
}

export async function run({ random, amount, tell }) {
  const database = await freshLogDatabase();
  const store = await openProduct(database.appUrl);
  const ours = await hammer(store, { random, wanted: amount(1_500, 100_000) });
  await store.close();
  await database.drop();
  tell(`${ours.acknowledged.length} appends, ${ours.conflicts} conflicts`);

  const plain = await freshDatabase();
  const naiveStore = await openMaxPlusOne(plain.url);
  const naive = await hammer(naiveStore, { random: random.fork('naive'), wanted: amount(500, 10_000) });
  await naiveStore.close();
  await plain.drop();
  return {
    engine: 'PostgreSQL',
    runs: ours.acknowledged.length,
    faults: ours.conflicts,
    violations: violationsOf(ours),
    figures: { appends: ours.acknowledged.length, conflicts: ours.conflicts, holes: ours.holes, doubles: ours.doubles, lost: ours.lost },
    naive: { what: 'the highest version plus one, without a unique key', violations: violationsOf(naive), runs: naive.acknowledged.length },
  };
}
