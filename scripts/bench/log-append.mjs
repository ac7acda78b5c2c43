// Appends of 1, 32 and 128 writers against plain inserts, a published peer and pgbench.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { randomUUID } from 'node:crypto';
import { rate, takeTurns } from './log-rounds.mjs';
import { appendTo, envelopeText, openPlainWriter, PLAIN_INSERT, room } from './log-stage.mjs';

const CONNECTIONS = 16;
const PEER_WRITERS = 32;
const bars = new Map([
  [1, 0.8],
  [32, 1.5],
  [128, 2],
]);

export async function measureAppends(stage, { rounds, roundMs, folder }, print) {
  const database = await stage.openDatabase('appends');
  const log = await room('event-log').openPostgresLog({ connectionString: database.appUrl });
  const peer = await openPeer(database.ownerUrl);
  const pgbench = await findPgbench();
  if (!pgbench) print('pgbench: skipped, this machine has none');
  try {
    for (const [writers, bar] of bars) {
      const connections = Math.min(writers, CONNECTIONS);
      const plain = openPlainWriter(database.ownerUrl, connections);
      const contenders = { mine: () => rate(writers, roundMs, appendTo(log)), plain: () => rate(writers, roundMs, plain.insert) };
      if (writers === PEER_WRITERS) contenders.peer = () => rate(writers, roundMs, peer.append);
      if (pgbench) contenders.ceiling = () => pgbenchRate(pgbench, database.ownerUrl, { connections, roundMs, folder });
      const measured = await takeTurns(rounds, contenders).finally(() => plain.close());
      const row = (name, against, least) => ({
        what: `append, ${writers} ${writers === 1 ? 'writer' : 'writers'} (appends/s)`,
        mine: measured.median('mine'),
        against,
        yardstick: measured.median(name),
        ratio: measured.ratio('mine', name),
        bar: least,
      });
      print(
        row('plain', `single-row inserts by the driver, prepared, ${connections} ${connections === 1 ? 'connection' : 'connections'}`, bar),
      );
      if (contenders.peer) print(row('peer', '@event-driven-io/emmett-postgresql, appends of the same size'));
      if (contenders.ceiling)
        print(row('ceiling', `pgbench with the same insert, ${connections} ${connections === 1 ? 'client' : 'clients'} (ceiling)`));
    }
  } finally {
    await peer.close();
    await log.close();
    await database.drop();
  }
}

async function openPeer(connectionString) {
  const { getPostgreSQLEventStore } = await import('@event-driven-io/emmett-postgresql');
  const store = getPostgreSQLEventStore(connectionString);
  await store.schema.migrate();
  const data = JSON.parse(envelopeText);
  const append = () =>
    store.appendToStream(`bench-${randomUUID()}`, [{ type: 'BenchEvent', data }], { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' });
  return { append, close: () => store.close() };
}

async function findPgbench() {
  return promisify(execFile)('pgbench', ['--version']).then(
    () => 'pgbench',
    () => undefined,
  );
}

/** The ids are made by the server, since a script of pgbench makes none; everything else is the yardstick's statement. */
async function pgbenchRate(command, connectionString, { connections, roundMs, folder }) {
  const script = path.join(folder, 'insert.pgbench');
  const values = `('bench-' || gen_random_uuid(), 1, gen_random_uuid(), 'BenchEvent', 1, :envelope::text::bytea, '{}')`;
  writeFileSync(script, `${PLAIN_INSERT} ${values};\n`);
  const seconds = Math.max(1, Math.round(roundMs / 1_000));
  const settings = ['-n', '-M', 'prepared', '-c', connections, '-j', Math.min(2, connections), '-T', seconds, '-f', script, '-D'];
  const { stdout } = await promisify(execFile)(command, [...settings.map(String), `envelope=${envelopeText}`, connectionString]);
  return Number(/tps = ([\d.]+)/.exec(stdout)[1]);
}
