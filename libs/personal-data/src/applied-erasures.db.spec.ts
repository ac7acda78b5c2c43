import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Database } from '@guitu/event-log';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database-for-tests';
import {
  applyErasures,
  checkErasures,
  destroyKeys,
  ErasuresNotApplied,
  LedgerDamaged,
  LedgerMissing,
  openErasureLedger,
  keyStoreTables,
  personalDataMigrations,
  putKeyStoreRows,
  readKeyStore,
  rangesOf,
  recordErasure,
  retireKeys,
  sqlBlindIndex,
  sqlBlindIndexErasure,
  sqlKeyLife,
  sqlKeyStore,
  sqlLedgerNote,
  type ErasureEntry,
  type KeyStoreRows,
} from './index';

type Store = Readonly<{ fresh: FreshDatabase; superuser: Database; keys: Database; erasure: Database; close: () => Promise<void> }>;
const stores: Store[] = [];
let folder: string;
let ledgerPath: string;

async function openStore(): Promise<Store> {
  const fresh = await freshDatabase();
  const openAs = (role?: string): Database => {
    const url = new URL(fresh.superuserUrl);
    if (role !== undefined) url.searchParams.set('options', `-c role=${role}`);
    return openDatabase({ connectionString: url.toString(), poolSize: 3 });
  };
  const [superuser, keys, erasure] = [openAs(), openAs('guitu_keys'), openAs('guitu_erasure')] as const;
  for (const { sql } of personalDataMigrations) await superuser.transaction((query) => query(sql));
  const close = async (): Promise<void> => {
    for (const one of [superuser, keys, erasure]) await one.close();
    await fresh.drop();
  };
  const store = { fresh, superuser, keys, erasure, close };
  stores.push(store);
  return store;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guitu-applied-'));
  ledgerPath = join(folder, 'ledger.jsonl');
});
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  rmSync(folder, { recursive: true });
});

/** A person who can be found by a phone, with one key. */
async function addPerson({ keys }: Store): Promise<string> {
  const subject = randomUUID();
  const stream = `case-${subject}`;
  const named = { stream, role: 'person', event: '', pointer: '', subject };
  const key = { subject, class: 'contact' as const, version: 1, wrapped: Buffer.alloc(60, 1), kekId: 'kek' };
  await sqlKeyStore(keys).admit([{ subject: named, keys: [key] }]);
  await sqlBlindIndex(keys).put([{ kind: 'phone', mac: Buffer.from(subject.replaceAll('-', '').repeat(2), 'hex'), subject, stream }]);
  return subject;
}
const entryOf = (subject: string, upTo = 1): ErasureEntry => ({
  stream: `privacy-${subject}`,
  erasureId: 'e1',
  erasedAt: '2026-03-01T08:00:00.000Z',
  keys: [{ subject, class: 'contact', upTo }],
});
async function erase(store: Store, subject: string): Promise<number> {
  const life = sqlKeyLife(store.erasure);
  await destroyKeys(life, rangesOf(await retireKeys(life, [{ subject, class: 'contact' }])), 0);
  return recordErasure(store.erasure, ledgerPath, entryOf(subject));
}
const check = ({ keys }: Store): Promise<void> => checkErasures(sqlLedgerNote(keys), ledgerPath);
const apply = ({ erasure }: Store) =>
  applyErasures({
    note: sqlLedgerNote(erasure),
    store: erasure,
    life: sqlKeyLife(erasure),
    index: sqlBlindIndexErasure(erasure),
    ledgerPath,
    emptyCiphertexts: async (keys) => keys.length,
  });

/** The rows as a backup has them, and how they come back. */
async function backup({ erasure }: Store): Promise<(into: Store) => Promise<void>> {
  const pages: KeyStoreRows[] = [];
  await readKeyStore(erasure, async (read) => {
    for await (const page of read) pages.push(page);
  });
  return ({ superuser }) =>
    superuser.transaction(async (query) => {
      for (const page of pages) await putKeyStoreRows(query, page);
    });
}

describe('a key store and its erasure ledger', () => {
  it('a new key store makes the ledger and knows it from then on', async () => {
    const store = await openStore();
    await Promise.all([check(store), check(store), check(store)]);
    await check(store);
    rmSync(ledgerPath);
    await expect(check(store)).rejects.toThrow(LedgerMissing);
    await expect(check(store)).rejects.toThrow('GUITU_ERASURE_LEDGER');
    expect(() => readFileSync(ledgerPath)).toThrow('ENOENT');
    await openErasureLedger(ledgerPath);
    await expect(check(store)).rejects.toThrow(/is not the one of this key store/);
  });

  it('a restored key store stays shut until the ledger was applied, and then holds none of the erased', async () => {
    const store = await openStore();
    await check(store);
    const persons = [];
    for (let number = 0; number < 6; number += 1) persons.push(await addPerson(store));
    await erase(store, persons[0]!);
    const restore = await backup(store);
    for (const subject of persons.slice(1, 5)) await erase(store, subject);
    await check(store);

    const restored = await openStore();
    await restore(restored);
    await expect(check(restored)).rejects.toThrow(ErasuresNotApplied);
    await expect(check(restored)).rejects.toThrow(/keys of 4 erasures are in it again; apply the ledger first: guitu apply-erasures/);
    expect(await apply(restored)).toEqual({ entries: 4, alreadyApplied: 1, keys: 4, indexRows: 4, ciphertexts: 4 });
    await check(restored);
    const left = await restored.superuser.query<{ id: string }>(
      'select subject_ref as id from personal_data.subject_key where wrapped is not null',
    );
    expect(left.map(({ id }) => id)).toEqual([persons[5]]);
    expect(await restored.superuser.query('select from personal_data.blind_index')).toHaveLength(2);
    expect(await apply(restored)).toEqual({ entries: 0, alreadyApplied: 5, keys: 0, indexRows: 0, ciphertexts: 0 });
  });

  it('a copy of the key store has every table, and every row comes back as it was', async () => {
    const store = await openStore();
    await check(store);
    const [gone] = [await addPerson(store), await addPerson(store)];
    await erase(store, gone);
    const names = await store.superuser.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'personal_data'`,
    );
    expect(names.map(({ name }) => name).toSorted()).toEqual([...keyStoreTables].toSorted());
    const restored = await openStore();
    await (
      await backup(store)
    )(restored);
    for (const table of keyStoreTables) {
      const all = `select to_jsonb(t)::text as row from personal_data.${table} as t order by 1`;
      expect(await restored.superuser.query(all)).toEqual(await store.superuser.query(all));
    }
  });

  it('goes on after a kill between any two erasures', async () => {
    const store = await openStore();
    await check(store);
    const persons = [await addPerson(store), await addPerson(store), await addPerson(store)];
    const restore = await backup(store);
    for (const subject of persons) await erase(store, subject);
    const restored = await openStore();
    await restore(restored);
    let emptied = 0;
    const killed = applyErasures({
      note: sqlLedgerNote(restored.erasure),
      store: restored.erasure,
      life: sqlKeyLife(restored.erasure),
      index: sqlBlindIndexErasure(restored.erasure),
      ledgerPath,
      emptyCiphertexts: async () => {
        if ((emptied += 1) === 2) throw new Error('killed');
        return 0;
      },
    });
    await expect(killed).rejects.toThrow('killed');
    await expect(check(restored)).rejects.toThrow(/keys of 1 erasure are in it again/);
    expect(await apply(restored)).toMatchObject({ entries: 2, alreadyApplied: 1, keys: 1 });
    await check(restored);
  });

  it('a process that was killed between ledger and key store keeps nobody out', async () => {
    const store = await openStore();
    await check(store);
    const subject = await addPerson(store);
    const life = sqlKeyLife(store.erasure);
    await destroyKeys(life, rangesOf(await retireKeys(life, [{ subject, class: 'contact' }])), 0);
    await (await openErasureLedger(ledgerPath)).append(entryOf(subject));
    await check(store);
    expect(await erase(store, subject)).toBe(1);
    expect(await sqlLedgerNote(store.keys).read()).toEqual(await (await openErasureLedger(ledgerPath)).head());
  });

  it('leaves newer keys of the same person alone', async () => {
    const store = await openStore();
    await check(store);
    const subject = await addPerson(store);
    const restore = await backup(store);
    await erase(store, subject);
    const restored = await openStore();
    await restore(restored);
    const newer = { subject, class: 'contact' as const, version: 2, wrapped: Buffer.alloc(60, 2), kekId: 'kek' };
    await sqlKeyLife(restored.erasure).addVersions([newer]);
    await apply(restored);
    expect(await sqlKeyLife(restored.erasure).findKeys([{ subject, class: 'contact' }])).toMatchObject([
      { version: 1, state: 'destroyed' },
      { version: 2, state: 'active' },
    ]);
  });

  it('two processes that erase at once write one chain', async () => {
    const store = await openStore();
    await check(store);
    const persons = await Promise.all(Array.from({ length: 20 }, () => addPerson(store)));
    const numbers = await Promise.all(persons.map((subject) => erase(store, subject)));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(persons.map((_, index) => index + 1));
    expect((await sqlLedgerNote(store.keys).read())?.count).toBe(20);
  });

  it.each([
    [
      'shortened',
      (text: string) => `${text.trimEnd().split('\n').slice(0, -1).join('\n')}\n`,
      /was shortened: it holds 1 erasures, and 2 were applied/,
    ],
    ['changed in its last line', (text: string) => text.replace(/"upTo":1(?!.*"upTo")/s, '"upTo":2'), /was changed among its first 2/],
  ])('a ledger that was %s is refused', async (_, change, sentence) => {
    const store = await openStore();
    await check(store);
    for (const subject of [await addPerson(store), await addPerson(store)]) await erase(store, subject);
    writeFileSync(ledgerPath, change(readFileSync(ledgerPath, 'utf8')));
    for (const refused of [check(store), apply(store), recordErasure(store.erasure, ledgerPath, entryOf(randomUUID()))]) {
      const error: unknown = await refused.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(LedgerDamaged);
      expect(String(error)).toMatch(sentence);
    }
  });
});
