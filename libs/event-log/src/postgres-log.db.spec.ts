import { describeEventLog } from './contract';
import { failureOf, idsOf, newRecord, newRecords, newStream, readToEnd } from './contract/records';
import { EventIdTaken, LogUnavailable, OutcomeUnknown } from './errors';
import type { EventLog, StoredRecord } from './port';
import { appendLock } from './postgres/append-group-function';
import { openDatabase } from './postgres/database';
import { StoreNotDurable, StoreNotMigrated, StoreNotSafe } from './postgres/check-store';
import { openPostgresLog } from './postgres-log';
import { freshDatabase, serverOfOnesOwn } from '../../../test/support/database-for-tests';
import { logDatabase, type LogDatabase } from '../../../test/support/log-database-for-tests';

describeEventLog('PostgreSQL', async () => {
  const database = await logDatabase();
  const openAnother = () => openPostgresLog({ connectionString: database.appUrl });
  const log = await openAnother();
  const close = async () => {
    await log.close();
    await database.drop();
  };
  return { log, idsAreUniqueIn: 'log', openAnother, close };
});

describe('the log on PostgreSQL', () => {
  let database: LogDatabase;
  let log: EventLog;

  beforeEach(async () => {
    database = await logDatabase();
    log = await openPostgresLog({ connectionString: database.appUrl });
  });
  afterEach(async () => {
    await log.close();
    await database.drop();
  });

  describe('order', () => {
    it('positions have no holes, also after conflicts and repeats', async () => {
      const first = newRecords(2);
      await log.append('case-1', 0, first);
      await Promise.allSettled([
        log.append('case-1', 0, newRecords(3)),
        log.append('case-1', 0, first),
        log.append('case-2', 0, newRecords(2)),
      ]);
      await log.append('case-1', 2, newRecords(1));
      expect((await log.readAll(0n, 100)).map((record) => record.position)).toEqual([1n, 2n, 3n, 4n, 5n]);
    });

    it('a reader misses nothing of a transaction that was held open', async () => {
      await log.append('case-1', 0, [newRecord()]);
      const late = newRecord();
      const meanwhile = newRecord();
      let waiting: Promise<unknown> = Promise.resolve();
      let seenMeanwhile: readonly StoredRecord[] = [];
      await database.superuser.transaction(async (query) => {
        await query(
          `select * from event_log.append_group(
             '{case-late}', '{0}', '{1}', '{1}', '{NULL}', '{1}', '{1}', array[$1::uuid], '{Late}', '{1}', '{1}', '{2}', '{0}', '\\x7b7d')`,
          [late.id],
        );
        waiting = log.append('case-2', 0, [meanwhile]);
        await waitForLockQueue(database);
        seenMeanwhile = await readToEnd(log, 0n, 10);
      });
      await waiting;
      expect(seenMeanwhile.map((record) => record.stream)).toEqual(['case-1']);
      const rest = await readToEnd(log, seenMeanwhile.at(-1)!.position, 10);
      expect(idsOf(rest)).toEqual([late.id, meanwhile.id]);
    });

    it('nobody appends while another process holds the lock, and everybody does once it is free', async () => {
      let done = false;
      let work: Promise<unknown> = Promise.resolve();
      await database.superuser.transaction(async (query) => {
        await query('select pg_advisory_xact_lock($1)', [appendLock]);
        work = log.append('case-1', 0, [newRecord()]).then(() => (done = true));
        await waitForLockQueue(database);
        expect(done).toBe(false);
      });
      await work;
      expect(await log.head()).toBe(1n);
    });

    it('two instances with 16 writers each keep one order, and a polling reader misses nothing', async () => {
      const other = await openPostgresLog({ connectionString: database.appUrl });
      const total = 2 * 16 * 15;
      const write = async (on: EventLog) => {
        const stream = newStream();
        for (let version = 0; version < 15; version += 1) await on.append(stream, version, [newRecord()]);
      };
      const writing = [log, other].flatMap((on) => Array.from({ length: 16 }, () => write(on)));
      const [seen] = await Promise.all([poll(log, total), ...writing]);
      await other.close();
      expect(seen.map((record) => record.position)).toEqual(seen.map((_, index) => BigInt(index + 1)));
      expect(new Set(idsOf(seen)).size).toBe(total);
    });

    it('two instances that race for the same version: one wins, the other is told', async () => {
      const other = await openPostgresLog({ connectionString: database.appUrl });
      for (let version = 0; version < 30; version += 1) {
        const results = await Promise.allSettled([log, other].map((on) => on.append('case-1', version, [newRecord()])));
        expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
      }
      await other.close();
      expect((await log.read('case-1')).map((record) => record.version)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    });

    it('an append in a transaction with a fixed snapshot is refused, since it would not see what came before', async () => {
      const work = database.superuser.transaction(async (query) => {
        await query('set transaction isolation level repeatable read');
        await query(`select * from event_log.append_group('{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','')`);
      });
      await expect(work).rejects.toThrow(/READ COMMITTED/);
    });

    it('an append of one record in such a transaction is refused as well', async () => {
      const work = database.superuser.transaction(async (query) => {
        await query('set transaction isolation level repeatable read');
        await query(`select * from event_log.append_one('case-1', 0, null, $1, 'T', 1, '\\x7b7d', '{}')`, [newRecord().id]);
      });
      await expect(work).rejects.toThrow(/READ COMMITTED/);
      expect(await log.head()).toBe(0n);
    });
  });

  describe('groups', () => {
    it('a mixed group decides every append on its own, in its order', async () => {
      const repeated = newRecords(2);
      await log.append('case-1', 0, repeated);
      const shared = newRecord();
      const results = await Promise.allSettled([
        log.append('case-1', 2, [newRecord()]),
        log.append('case-1', 2, [newRecord()]),
        log.append('case-1', 3, newRecords(2)),
        log.append('case-1', 0, repeated),
        log.append('case-2', 0, [shared]),
        log.append('case-3', 0, [shared]),
        log.append('case-3', 0, newRecords(3)),
      ]);
      expect(results.map((result) => (result.status === 'fulfilled' ? result.value.version : (result.reason as Error).name))).toEqual([
        3,
        'VersionConflict',
        5,
        2,
        1,
        'EventIdTaken',
        3,
      ]);
      expect(results[5]).toMatchObject({ reason: expect.any(EventIdTaken) });
    });

    it('an append that travels alone is decided by the same rules as in a group', async () => {
      const first = newRecord({ secrets: { one: 'a' } });
      const taken = newRecord();
      await log.append('case-1', 0, [first]);
      await log.append('case-2', 0, [taken]);
      expect(await log.append('case-1', 1, [newRecord()])).toMatchObject({ version: 2, position: 3n, replayed: false });
      expect(await log.append('case-1', 0, [first])).toMatchObject({ version: 1, position: 1n, replayed: true });
      expect(await failureOf(log.append('case-1', 1, [newRecord()]))).toMatchObject({ name: 'VersionConflict', actual: 2 });
      expect(await failureOf(log.append('case-1', 7, [newRecord()]))).toMatchObject({ name: 'VersionConflict', actual: 2 });
      expect(await failureOf(log.append('case-9', 1, [newRecord()]))).toMatchObject({ name: 'VersionConflict', actual: 0 });
      expect(await failureOf(log.append('case-1', 2, [taken]))).toBeInstanceOf(EventIdTaken);
      expect(await log.append('case-9', 0, [newRecord()])).toMatchObject({ version: 1, position: 4n });
    });

    it('more appends than one group holds, on one stream and on many, all arrive', async () => {
      const hot = newRecords(100);
      await Promise.all([
        ...hot.map((record, version) => log.append('case-hot', version, [record])),
        ...Array.from({ length: 600 }, () => log.append(newStream(), 0, [newRecord()])),
        ...Array.from({ length: 12 }, () => log.append(newStream(), 0, [newRecord({ envelope: new Uint8Array(900_000) })])),
      ]);
      expect(idsOf(await log.read('case-hot'))).toEqual(idsOf(hot));
      expect(await log.head()).toBe(712n);
    });

    it('more bytes than may wait are refused, and nothing of them is written', async () => {
      const large = { envelope: new Uint8Array(1_000_000) };
      const results = await Promise.allSettled(Array.from({ length: 80 }, () => log.append(newStream(), 0, [newRecord(large)])));
      const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      expect(refused.length).toBeGreaterThan(0);
      for (const reason of refused) expect(reason).toMatchObject({ name: 'LogUnavailable', reason: 'busy' });
      expect(await log.head()).toBe(BigInt(80 - refused.length));
    });
  });

  describe('time', () => {
    it('comes from the server, rising along one stream', async () => {
      const { recordedAt } = await log.append('case-1', 0, [newRecord()]);
      const rows = await database.superuser.query<{ apart: number }>(
        'select abs(extract(epoch from clock_timestamp() - $1::timestamptz))::float8 as apart',
        [recordedAt],
      );
      expect(rows[0]!.apart).toBeLessThan(60);
    });

    it('is moved by hand in a sandbox, to the millisecond', async () => {
      let now = '2020-10-20T08:00:00.000Z';
      const sandbox = await openPostgresLog({ connectionString: database.appUrl, clock: () => now });
      for (const time of ['2020-10-20T08:00:00.000Z', '2020-10-23T16:00:00.120Z', '2020-11-13T23:59:59.999Z', '1999-01-01T00:00:00.007Z']) {
        now = time;
        expect((await sandbox.append(newStream(), 0, [newRecord()])).recordedAt).toBe(time);
        expect((await sandbox.readAll((await sandbox.head()) - 1n, 1))[0]!.recordedAt).toBe(time);
      }
      await sandbox.close();
    });
  });

  describe('nothing recorded is ever changed', () => {
    const changes = [
      ['update', `update event_log.record set type = 'Other'`],
      ['update of secrets', `update event_log.record set secrets = '{}'`],
      ['delete', 'delete from event_log.record'],
      ['truncate', 'truncate event_log.record'],
    ] as [string, string][];

    beforeEach(async () => {
      await log.append('case-1', 0, [newRecord({ secrets: { one: 'a', two: 'b' } })]);
    });

    it.each([...changes, ['insert', `insert into event_log.record values (9, 'case-9', 1, gen_random_uuid(), 'T', 1, now(), '', '{}')`]])(
      'the role of a service may not %s',
      async (_, sql) => {
        await expect(asLogin(database.appUrl, sql)).rejects.toThrow(/permission denied/);
      },
    );

    it.each(changes)('not even the owner may %s', async (_, sql) => {
      await expect(database.superuser.query(`set role guitu_owner; ${sql}`)).rejects.toThrow(/append-only/);
      await expect(database.superuser.query(`reset role; ${sql}`)).rejects.toThrow(/append-only/);
      await expect(database.superuser.query(`set session_replication_role = replica; ${sql}`)).rejects.toThrow(/append-only/);
      expect(await log.read('case-1')).toMatchObject([{ secrets: { one: 'a', two: 'b' } }]);
    });

    it('erasure may take secrets away, and nothing else', async () => {
      const asErasure = (sql: string) => database.superuser.transaction(async (query) => query(`set local role guitu_erasure; ${sql}`));
      await asErasure(`update event_log.record set secrets = secrets - 'one' where stream = 'case-1'`);
      expect(await log.read('case-1')).toMatchObject([{ secrets: { two: 'b' } }]);
      await expect(asErasure(`update event_log.record set secrets = '{"two":"other"}'`)).rejects.toThrow(/append-only/);
      await expect(asErasure(`update event_log.record set secrets = secrets || '{"three":"c"}'`)).rejects.toThrow(/append-only/);
      await expect(asErasure(`update event_log.record set type = 'Other'`)).rejects.toThrow(/permission denied/);
      await expect(asErasure('delete from event_log.record')).rejects.toThrow(/permission denied/);
    });
  });

  describe('refuses to open', () => {
    it('without its migrations', async () => {
      const empty = await freshDatabase();
      const failure = await failureOf(openPostgresLog({ connectionString: empty.superuserUrl }));
      expect(failure).toBeInstanceOf(StoreNotMigrated);
      await empty.drop();
    });

    it('for a superuser', async () => {
      const failure = await failureOf(openPostgresLog({ connectionString: database.superuserUrl }));
      expect(failure).toBeInstanceOf(StoreNotSafe);
      expect(failure.message).toMatch(/superuser/);
    });

    it('for a role that owns tables', async () => {
      const login = await database.loginWith(['guitu_log', 'guitu_owner']);
      expect((await failureOf(openPostgresLog({ connectionString: login }))).message).toMatch(/owns/);
    });

    it('for a role that may erase', async () => {
      const login = await database.loginWith(['guitu_log', 'guitu_erasure']);
      expect((await failureOf(openPostgresLog({ connectionString: login }))).message).toMatch(/may write/);
    });

    it('when commits are not waited for', async () => {
      await database.superuser.query(`alter role ${database.appRole} set synchronous_commit = off`);
      const failure = await failureOf(openPostgresLog({ connectionString: database.appUrl }));
      expect(failure).toBeInstanceOf(StoreNotDurable);
      expect(failure).toMatchObject({ settings: ['synchronous_commit'] });
    });

    it('when the server may lose what it has acknowledged', async () => {
      const unsafe = await serverOfOnesOwn({ fsync: false, full_page_writes: false });
      const other = await logDatabase(unsafe.superuserUrl);
      const failure = await failureOf(openPostgresLog({ connectionString: other.appUrl }));
      expect(failure).toMatchObject({ name: 'StoreNotDurable', settings: ['fsync', 'full_page_writes'] });
      await other.drop();
      await unsafe.stop();
    });
  });

  describe('a lost connection', () => {
    it('makes the outcome of what was on its way unknown; the same append again tells it, written once', async () => {
      const record = newRecord();
      let work: Promise<unknown> = Promise.resolve();
      await database.superuser.transaction(async (query) => {
        await query('select pg_advisory_xact_lock($1)', [appendLock]);
        work = failureOf(log.append('case-1', 0, [record]));
        await waitForLockQueue(database);
        await query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'guitu-append'`,
        );
        expect(await work).toBeInstanceOf(OutcomeUnknown);
      });
      await log.append('case-1', 0, [record]);
      expect(idsOf(await log.read('case-1'))).toEqual([record.id]);
    });

    it('while nothing is on its way goes unnoticed', async () => {
      await log.append('case-1', 0, [newRecord()]);
      await log.read('case-1');
      await database.superuser.query(
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name in ('guitu-append', 'guitu-read')`,
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      await log.append('case-1', 1, [newRecord()]);
      expect(await log.read('case-1')).toHaveLength(2);
    });

    it('a deadline that passes while the server waits means: not written', async () => {
      const hasty = await openPostgresLog({ connectionString: database.appUrl, deadlineMs: 200 });
      await database.superuser.transaction(async (query) => {
        await query('select pg_advisory_xact_lock($1)', [appendLock]);
        const failure = await failureOf(hasty.append('case-1', 0, [newRecord()]));
        expect(failure).toBeInstanceOf(LogUnavailable);
        expect(failure).toMatchObject({ reason: 'deadline' });
      });
      expect(await hasty.read('case-1')).toEqual([]);
      await hasty.append('case-1', 0, [newRecord()]);
      await hasty.close();
    });
  });
});

async function waitForLockQueue(database: LogDatabase): Promise<void> {
  for (;;) {
    const rows = await database.superuser.query<{ waiting: bigint }>(
      `select count(*) as waiting from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
    );
    if (rows[0]!.waiting > 0n) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function poll(log: EventLog, total: number): Promise<readonly StoredRecord[]> {
  const seen: StoredRecord[] = [];
  while (seen.length < total) {
    seen.push(...(await log.readAll(seen.at(-1)?.position ?? 0n, 50)));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return seen;
}

async function asLogin(connectionString: string, sql: string): Promise<void> {
  const database = openDatabase({ connectionString, poolSize: 1 });
  try {
    await database.query(sql);
  } finally {
    await database.close();
  }
}
