// Reading: a stream of twelve events against a plain select of its rows; the whole log in pages against COPY of the same rows to text.
import { rate, takeTurns } from './log-rounds.mjs';
import { pg, PRELOAD, room, STREAM_LENGTH } from './log-stage.mjs';

const READERS = 8;
const STREAMS = 1_000;
const PAGE = 1_000;
const SELECT =
  'select position, stream, version, event_id, type, schema_version, recorded_at, envelope, secrets from event_log.record where stream = $1 order by version';

export async function measureStreamReads(stage, { rounds, roundMs }, print) {
  const database = await stage.openDatabase('reads');
  await database.run(PRELOAD(STREAMS * STREAM_LENGTH), 'vacuum analyze event_log.record');
  const log = await room('event-log').openPostgresLog({ connectionString: database.appUrl });
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: READERS });
  pool.on('error', () => undefined);
  const anyStream = () => `bench-${Math.floor(Math.random() * STREAMS)}`;
  const complete = (rows) => {
    if (rows.length !== STREAM_LENGTH) throw new Error(`a stream has ${rows.length} events, not ${STREAM_LENGTH}`);
  };
  try {
    const measured = await takeTurns(rounds, {
      mine: () => rate(READERS, roundMs, async () => complete(await log.read(anyStream()))),
      plain: () =>
        rate(READERS, roundMs, async () => complete((await pool.query({ name: 'rows', text: SELECT, values: [anyStream()] })).rows)),
    });
    const figures = { mine: measured.median('mine'), yardstick: measured.median('plain'), ratio: measured.ratio('mine', 'plain') };
    print({
      what: `read of a ${STREAM_LENGTH}-event stream, ${READERS} readers (reads/s)`,
      against: 'a plain prepared select of the same rows',
      ...figures,
      bar: 0.8,
    });
  } finally {
    await pool.end();
    await log.close();
    await database.drop();
  }
}

export async function measureReplay(stage, { rounds, events }, print) {
  const database = await stage.openDatabase('replay');
  await database.run(PRELOAD(events), 'vacuum analyze event_log.record', 'checkpoint');
  const log = await room('event-log').openPostgresLog({ connectionString: database.appUrl });
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  const memory = [];
  try {
    const measured = await takeTurns(rounds, {
      mine: () => replay(log, events, memory),
      copy: async () => {
        const start = performance.now();
        await client.query('copy (select * from event_log.record order by position) to stdout');
        return (events * 1_000) / (performance.now() - start);
      },
    });
    const figures = { mine: measured.median('mine'), yardstick: measured.median('copy'), ratio: measured.ratio('mine', 'copy') };
    print({
      what: `replay of ${events.toLocaleString('en-US')} events in pages, parsed (events/s)`,
      against: 'COPY of the same rows to text, not parsed',
      ...figures,
      bar: 0.5,
    });
    const { early, late } = memory.at(-1);
    print(`memory of the replay: ${early} MiB resident after 10 % of the events, ${late} MiB at the end`);
  } finally {
    await client.end();
    await log.close();
    await database.drop();
  }
}

async function replay(log, events, memory) {
  const megabytes = () => Math.round(process.memoryUsage.rss() / 1_048_576);
  const start = performance.now();
  let read = 0;
  let early;
  for (let after = 0n; ;) {
    const page = await log.readAll(after, PAGE);
    if (page.length === 0) break;
    read += page.length;
    after = page.at(-1).position;
    if (early === undefined && read >= events / 10) early = megabytes();
  }
  if (read !== events) throw new Error(`the replay read ${read} events of ${events}`);
  memory.push({ early, late: megabytes() });
  return (read * 1_000) / (performance.now() - start);
}
