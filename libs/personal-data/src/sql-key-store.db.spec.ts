import { openDatabase, type Database } from '@guitu/event-log';
import { randomBytes, randomUUID } from 'node:crypto';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database-for-tests';
import { destroyKeys, newKeyVersions, openData, rangesOf, retireKeys, sealData } from './index';
import { blindIndexContract } from './contract/blind-index-contract';
import { keyLifeContract } from './contract/key-life-contract';
import { keyStoreContract } from './contract/key-store-contract';
import { keyringForTests, newKeyEncryptionKey } from './keyring-for-tests';
import { personalDataMigrations } from './migrations';
import { sqlBlindIndex, sqlBlindIndexErasure } from './sql-blind-index';
import { sqlKeyLife } from './sql-key-life';
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

  describe('changing the life of keys', () => {
    keyLifeContract(async () => ({ store: sqlKeyStore(openAs('guitu_keys')), life: sqlKeyLife(openAs('guitu_erasure')) }));
  });

  describe('the blind index', () => {
    blindIndexContract(async () => ({
      store: sqlBlindIndex(openAs('guitu_keys')),
      erasure: sqlBlindIndexErasure(openAs('guitu_erasure')),
    }));
  });

  it('answers with what another process commits in the middle of the question', async () => {
    const database = openAs('guitu_keys');
    const mine = { stream: 'case-late', role: 'person', event: '', pointer: '', subject: randomUUID() };
    const theirs = { ...mine, subject: randomUUID() };
    let answer: Promise<unknown> = Promise.resolve();
    await superuser.transaction(async (query) => {
      await query('insert into personal_data.subject values ($1, $2, $3)', [theirs.stream, theirs.role, theirs.subject]);
      answer = sqlKeyStore(database).admit([{ subject: mine, keys: [] }]);
      // The question is waiting for this transaction: its snapshot is older than the commit that it is about to meet.
      expect(await somebodyWaits(openAs(new URL(fresh.superuserUrl).username))).toBe(true);
    });
    expect(await answer).toEqual({ subjects: [theirs], keys: [] });
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
    const [subject] = await store.subjectsOf('case-erased');
    const life = sqlKeyLife(openAs('guitu_erasure'));
    const retired = await retireKeys(life, [{ subject: subject?.subject ?? '', class: 'identity' }]);
    expect(await destroyKeys(life, rangesOf(retired), 0)).toHaveLength(1);
    keyring.forget(subject?.subject ?? '');
    expect(await openData(keyring, sealed)).toEqual({ name: { erased: true }, note: '在桥下' });
  });

  it('gives all versions of a key, and seals with the newest', async () => {
    const store = sqlKeyStore(openAs('guitu_keys'));
    const keyEncryptionKey = newKeyEncryptionKey();
    const record = { stream: 'case-versions', event: 'e1', data: { a: 1 }, marks: { a: 'health' } } as const;
    const ring = () => keyringForTests({ keyEncryptionKey, store: { ...store, serviceKey: async (proposal) => proposal } });
    const first = await sealData(await ring(), record);
    const [{ subject } = { subject: '' }] = await store.subjectsOf('case-versions');
    await newKeyVersions(sqlKeyLife(openAs('guitu_erasure')), keyEncryptionKey, [{ subject, class: 'health' }]);
    expect((await store.findKeys([{ subject, class: 'health' }])).map((key) => [key.version, key.state])).toEqual([
      [1, 'retired'],
      [2, 'active'],
    ]);
    const second = await sealData(await ring(), record);
    expect(second.data).toMatchObject({ a: { $enc: { s: subject, k: 2 } } });
    for (const sealed of [first, second]) expect(await openData(await ring(), { ...record, ...sealed })).toEqual({ a: 1 });
  });

  it.each(['subject', 'subject_key', 'service_key', 'blind_index'])(
    'lets the service neither change nor delete a row of %s',
    async (table) => {
      const database = openAs('guitu_keys');
      await expect(database.query(`delete from personal_data.${table}`)).rejects.toThrow('permission denied');
      await expect(database.query(`truncate personal_data.${table}`)).rejects.toThrow('permission denied');
      const column = ({ subject: 'role', blind_index: 'stream' } as Record<string, string>)[table] ?? 'kek_id';
      await expect(database.query(`update personal_data.${table} set ${column} = 'x'`)).rejects.toThrow('permission denied');
    },
  );

  it('shows the schema to no other role', async () => {
    const role = `nobody_${randomBytes(4).toString('hex')}`;
    await superuser.query(`create role ${role} nologin`);
    try {
      await expect(openAs(role).query('select * from personal_data.subject')).rejects.toThrow('permission denied for schema personal_data');
    } finally {
      await superuser.query(`drop role ${role}`);
    }
  });

  it('holds the bytes of a key exactly until it is destroyed, and says since when', async () => {
    const insert = (wrapped: Buffer | null, state: string, moments: string) =>
      superuser.query(`insert into personal_data.subject_key values ($1, 'identity', 1, $2, 'kek', $3, ${moments})`, [
        randomUUID(),
        wrapped,
        state,
      ]);
    const broken = 'violates check constraint';
    await expect(insert(randomBytes(60), 'destroyed', 'now(), now()')).rejects.toThrow(broken);
    await expect(insert(null, 'active', 'null, null')).rejects.toThrow(broken);
    await expect(insert(null, 'destroyed', 'now(), null')).rejects.toThrow(broken);
    await expect(insert(randomBytes(60), 'retired', 'null, null')).rejects.toThrow(broken);
    await expect(insert(randomBytes(60), 'active', 'now(), null')).rejects.toThrow(broken);
    await expect(insert(null, 'destroyed', 'now(), now()')).resolves.toEqual([]);
  });

  it('lets nobody bring a key back, not even its owner', async () => {
    const subject = randomUUID();
    const row = "values ($1, 'identity', $2, $3, 'kek', $4, now(), $5)";
    await superuser.query(`insert into personal_data.subject_key ${row}`, [subject, 1, null, 'destroyed', new Date()]);
    await superuser.query(`insert into personal_data.subject_key ${row}`, [subject, 2, randomBytes(60), 'retired', null]);
    const change = (version: number, to: string) =>
      superuser.query(`update personal_data.subject_key set ${to} where subject_ref = $1 and version = $2`, [subject, version]);
    await expect(change(1, "state = 'retired', wrapped = '\\x00', destroyed_at = null")).rejects.toThrow('stays destroyed');
    await expect(change(1, "kek_id = 'x'")).rejects.toThrow('stays destroyed');
    await expect(change(2, "state = 'active', retired_at = null")).rejects.toThrow('seals nothing more');
  });

  it.each([
    'delete from personal_data.subject_key',
    'delete from personal_data.subject',
    "update personal_data.subject_key set class = 'health'",
    'update personal_data.subject_key set version = 7',
    "update personal_data.subject set role = 'x'",
    "insert into personal_data.subject (stream, role, subject_ref) values ('a', 'b', gen_random_uuid())",
    'insert into personal_data.service_key select * from personal_data.service_key',
    "update personal_data.service_key set purpose = 'x'",
    "update personal_data.blind_index set stream = 'x'",
    'truncate personal_data.subject_key',
  ])('lets the role of erasure do no more than its work: not %s', async (statement) => {
    await expect(openAs('guitu_erasure').query(statement)).rejects.toThrow('permission denied');
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
