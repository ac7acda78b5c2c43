import { openDatabase, type Database } from '@guitu/event-log';
import { randomBytes, randomUUID } from 'node:crypto';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database-for-tests';
import { openData, sealData } from './index';
import { keyStoreContract } from './key-store-contract';
import { keyringForTests, newKeyEncryptionKey } from './keyring-for-tests';
import { personalDataMigrations } from './migrations';
import { sqlKeyStore } from './sql-key-store';

describe('the key store in PostgreSQL', () => {
  let fresh: FreshDatabase;
  let superuser: Database;
  const opened: Database[] = [];

  /** As the role that the service has in production, so that the grants are tested with every statement. */
  const openAs = (role: string): Database => {
    const url = new URL(fresh.superuserUrl);
    url.searchParams.set('options', `-c role=${role}`);
    const database = openDatabase({ connectionString: url.toString(), poolSize: 4 });
    opened.push(database);
    return database;
  };

  beforeAll(async () => {
    fresh = await freshDatabase();
    superuser = openDatabase({ connectionString: fresh.superuserUrl, poolSize: 1 });
    opened.push(superuser);
    for (const { sql } of personalDataMigrations) await superuser.transaction((query) => query(sql));
  });
  afterAll(async () => {
    for (const database of opened) await database.close();
    await fresh.drop();
  });

  keyStoreContract(async () => [sqlKeyStore(openAs('guitu_keys')), sqlKeyStore(openAs('guitu_keys'))]);

  it('answers with what another process commits in the middle of the question', async () => {
    const database = openAs('guitu_keys');
    const mine = { stream: 'case-late', role: 'person', subject: randomUUID() };
    const theirs = { ...mine, subject: randomUUID() };
    let answer: Promise<unknown> = Promise.resolve();
    await superuser.transaction(async (query) => {
      await query('insert into personal_data.subject values ($1, $2, $3)', [theirs.stream, theirs.role, theirs.subject]);
      answer = sqlKeyStore(database).subjects([mine]);
      // The question is waiting for this transaction: its snapshot is older than the commit that it is about to meet.
      expect(await somebodyWaits(openAs(new URL(fresh.superuserUrl).username))).toBe(true);
    });
    expect(await answer).toEqual([theirs]);
  });

  it('seals and opens through the database, and tells an erased subject', async () => {
    const store = sqlKeyStore(openAs('guitu_keys'));
    const keyring = await freshKeyring();
    const record = {
      stream: 'case-erased',
      event: 'e1',
      data: { name: '王二喜', note: '在桥下' },
      marks: { name: 'identity', note: 'narrative' },
    } as const;
    const sealed = { ...record, ...(await sealData(keyring, record)) };
    expect(await openData(keyring, sealed)).toEqual(record.data);
    const [subject] = await store.subjects([{ stream: 'case-erased', role: 'person', subject: randomUUID() }]);
    await superuser.query(
      "update personal_data.subject_key set wrapped = null, state = 'destroyed' where subject_ref = $1 and class = 'identity'",
      [subject?.subject],
    );
    keyring.forget(subject?.subject ?? '');
    expect(await openData(keyring, sealed)).toEqual({ name: { erased: true }, note: '在桥下' });
  });

  it('gives all versions of a key, and seals with the newest', async () => {
    const store = sqlKeyStore(openAs('guitu_keys'));
    const keyEncryptionKey = newKeyEncryptionKey();
    const subject = randomUUID();
    const version = (number: number) => ({
      subject,
      class: 'health' as const,
      version: number,
      wrapped: keyEncryptionKey.wrap(randomBytes(32), ['subject key', subject, 'health', number]),
      kekId: keyEncryptionKey.id,
    });
    await store.subjects([{ stream: 'case-versions', role: 'person', subject }]);
    await store.keys([version(1)]);
    const { wrapped, kekId } = version(2);
    await superuser.query("insert into personal_data.subject_key values ($1, 'health', 2, $2, $3)", [subject, wrapped, kekId]);
    expect((await store.findKeys([{ subject, class: 'health' }])).map((key) => key.version)).toEqual([1, 2]);
    const memoryless = await keyringForTests({ keyEncryptionKey, store: { ...store, serviceKey: async (proposal) => proposal } });
    const { data } = await sealData(memoryless, { stream: 'case-versions', event: 'e1', data: { a: 1 }, marks: { a: 'health' } });
    expect(data).toMatchObject({ a: { $enc: { s: subject, k: 2 } } });
  });

  it.each(['subject', 'subject_key', 'service_key'])('lets the service neither change nor delete a row of %s', async (table) => {
    const database = openAs('guitu_keys');
    await expect(database.query(`delete from personal_data.${table}`)).rejects.toThrow('permission denied');
    await expect(database.query(`truncate personal_data.${table}`)).rejects.toThrow('permission denied');
    const column = table === 'subject' ? 'role' : 'kek_id';
    await expect(database.query(`update personal_data.${table} set ${column} = 'x'`)).rejects.toThrow('permission denied');
  });

  it('shows the schema to no other role', async () => {
    const role = `nobody_${randomBytes(4).toString('hex')}`;
    await superuser.query(`create role ${role} nologin`);
    try {
      await expect(openAs(role).query('select * from personal_data.subject')).rejects.toThrow('permission denied for schema personal_data');
    } finally {
      await superuser.query(`drop role ${role}`);
    }
  });

  it('holds the bytes of a key exactly until it is destroyed', async () => {
    const row = "values ($1, 'identity', 1, $2, 'kek', $3)";
    const insert = (wrapped: Buffer | null, state: string) =>
      superuser.query(`insert into personal_data.subject_key ${row}`, [randomUUID(), wrapped, state]);
    await expect(insert(randomBytes(60), 'destroyed')).rejects.toThrow('violates check constraint');
    await expect(insert(null, 'active')).rejects.toThrow('violates check constraint');
    await expect(insert(null, 'destroyed')).resolves.toEqual([]);
  });

  function freshKeyring() {
    // The contract left a service key of its own here, wrapped by nothing: this keyring brings another.
    const store = sqlKeyStore(openAs('guitu_keys'));
    return keyringForTests({ store: { ...store, serviceKey: (proposal) => store.serviceKey({ ...proposal, purpose: randomUUID() }) } });
  }
});

const waitLimit = 200;
const pauseMs = 25;

async function somebodyWaits(database: Database): Promise<boolean> {
  for (let attempt = 0; attempt < waitLimit; attempt += 1) {
    const question = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    if ((await database.query(question)).length > 0) return true;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return false;
}
