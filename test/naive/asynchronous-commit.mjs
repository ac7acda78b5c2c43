// Naive: the log's own function, called with synchronous_commit = off. The product refuses to open on such a connection.
import pg from 'pg';
import { built, room } from '../../scripts/faults/support/rooms.mjs';

/** Rows and keys are committed like that as well, so that no commit of theirs happens to flush the log's. Roles that are not there yet stay as they will be. */
export async function waitForNoDisk(settings) {
  const client = new pg.Client({ connectionString: settings.postgresUrl.reveal() });
  await client.connect();
  const text = `select format('alter role %I in database %I set synchronous_commit = off', rolname, current_database()) as statement
    from pg_roles where rolname in ('guitu_keys', 'guitu_read')`;
  for (const { statement } of (await client.query(text)).rows) await client.query(statement);
  await client.end();
}

export async function openAsynchronousCommit(log, settings) {
  const { valuesOf } = built('libs/event-log/src/postgres/group.js');
  const { openRolePasswords, rolePasswordsFile } = built('libs/wiring/src/role-passwords.js');
  const { LogUnavailable, VersionConflict, EventIdTaken } = room('event-log');
  const url = new URL(settings.postgresUrl.reveal());
  url.username = 'guitu_log';
  url.password = openRolePasswords(rolePasswordsFile(settings)).guitu_log.reveal();
  const pool = new pg.Pool({ connectionString: url.toString(), max: 4, options: '-c synchronous_commit=off -c TimeZone=UTC' });
  pool.on('error', () => undefined);
  const call = `select * from event_log.append_group(${Array.from({ length: 14 }, (_, index) => `$${index + 1}`).join(', ')})`;
  // Agencies are written as they should be, so that the test can go on after a kill.
  const append = async (stream, expectedVersion, records) => {
    if (stream.startsWith('agency-')) return log.append(stream, expectedVersion, records);
    const values = valuesOf({ appends: [{ stream, expectedVersion, records, bytes: 0, time: undefined }], waves: [1] });
    const { rows } = await pool.query({ name: 'append', text: call, values }).catch((cause) => {
      throw new LogUnavailable('unreachable', 'not now', { cause });
    });
    const [{ verdict, version, position, recorded_at: at }] = rows;
    if (verdict === 'conflict') throw new VersionConflict(stream, expectedVersion, version);
    if (verdict === 'taken') throw new EventIdTaken(stream);
    return { version, position: BigInt(position), recordedAt: at.toISOString(), replayed: verdict === 'replayed' };
  };
  return {
    append,
    read: (...asked) => log.read(...asked),
    readAll: (...asked) => log.readAll(...asked),
    head: () => log.head(),
    onAppended: (listener) => log.onAppended(listener),
    close: () => log.close(),
  };
}
