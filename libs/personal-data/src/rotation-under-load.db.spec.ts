import { openDatabase, type Database } from '@guitu/event-log';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database-for-tests';
import {
  addKeyEncryptionKey,
  destroyKeys,
  dropFormerKeyEncryptionKeys,
  Keyring,
  keysThatDoNotUnwrap,
  keysWrappedBy,
  newKeyVersions,
  openData,
  openKeyFile,
  personalDataMigrations,
  rangesOf,
  retireKeys,
  rotateKeyEncryptionKey,
  sealData,
  sqlKeyLife,
  sqlKeyStore,
  type PlainRecord,
  type SealedData,
} from './index';

const rotations = 3;
const personsBefore = 300;
const pauseMs = 5;
/** The machine may be busy with other specs. */
const timeoutMs = 180_000;
const marks = { name: 'identity', relatives: { phone: 'contact of relative' }, note: 'narrative' } as const;

type Kept = Readonly<{ record: PlainRecord; sealed: SealedData }>;

describe('a key-encryption key that takes the place of another while requests run', () => {
  let fresh: FreshDatabase;
  let folder: string;
  const opened: Database[] = [];
  const openAs = (role: string): Database => {
    const url = new URL(fresh.superuserUrl);
    url.searchParams.set('options', `-c role=${role}`);
    const database = openDatabase({ connectionString: url.toString(), poolSize: 4 });
    opened.push(database);
    return database;
  };

  beforeAll(async () => {
    fresh = await freshDatabase();
    folder = mkdtempSync(join(tmpdir(), 'guitu-rotation-'));
    const superuser = openDatabase({ connectionString: fresh.superuserUrl, poolSize: 1 });
    opened.push(superuser);
    for (const { sql } of personalDataMigrations) await superuser.transaction((query) => query(sql));
  });
  afterAll(async () => {
    for (const database of opened) await database.close();
    rmSync(folder, { recursive: true });
    await fresh.drop();
  });

  const record = (number: number): PlainRecord => ({
    stream: `case-${number}`,
    event: randomUUID(),
    data: { name: `姓名${number}`, relatives: [{ phone: `1390000${number}` }], note: '在桥下' },
    marks,
  });

  it(
    'fails no request, and everything that was ever sealed opens afterwards',
    async () => {
      const path = join(folder, 'kek');
      const store = sqlKeyStore(openAs('guitu_keys'));
      // Two processes; the second remembers nothing, so that it meets every key as it lies in the store at that moment. Their clock runs fast, so
      // that they look at the key file again all the time.
      let time = 0;
      const process = async (limits: { keys?: number }) =>
        Keyring.open({ store, keyEncryptionKey: await openKeyFile(path, () => (time += 10_000)), limits });
      const [writer, reader] = [await process({}), await process({ keys: 0 })];
      const kept: Kept[] = [];
      const seal = async (keyring: Keyring, number: number): Promise<void> => {
        const one = record(number);
        kept.push({ record: one, sealed: await sealData(keyring, one) });
      };
      await Promise.all(Array.from({ length: personsBefore }, (_, number) => seal(writer, number)));

      let rotating = true;
      const rounds = [0, 0];
      const load = async (keyring: Keyring, first: number): Promise<void> => {
        for (let number = first; rotating; number += 2) {
          await seal(keyring, number % 3 === 0 ? number % personsBefore : number);
          const one = kept[(number * 7919) % kept.length] as Kept;
          expect(await openData(reader, { ...one.record, ...one.sealed })).toEqual(one.record.data);
          rounds[first % 2] = (rounds[first % 2] ?? 0) + 1;
        }
      };
      // What a process began before this moment has reached the store: the time that an operator waits for.
      const everybodyWentOn = async (): Promise<void> => {
        const before = [...rounds];
        while (rounds.some((count, index) => count < (before[index] ?? 0) + 2)) await sleep(pauseMs);
      };
      const life = sqlKeyLife(openAs('guitu_erasure'));
      const rotate = async (): Promise<void> => {
        for (let round = 0; round < rotations; round += 1) {
          const [current, former] = await addKeyEncryptionKey(path);
          if (former === undefined) throw new Error('the former key is kept');
          expect(await rotateKeyEncryptionKey(life, former, current, { batch: 50 })).toMatchObject({ unreadable: 0 });
          await everybodyWentOn();
          await rotateKeyEncryptionKey(life, former, current);
          expect(await keysWrappedBy(life, former.id)).toBe(0);
          await dropFormerKeyEncryptionKeys(path);
        }
      };
      await Promise.all([rotate().finally(() => (rotating = false)), load(writer, 10_000), load(reader, 10_001)]);

      for (const count of rounds) expect(count).toBeGreaterThanOrEqual(2 * rotations);
      const keys = await openKeyFile(path);
      expect(keys.former).toEqual([]);
      expect(await keysThatDoNotUnwrap(life, keys)).toBe(0);
      const restarted = await Keyring.open({ store, keyEncryptionKey: keys });
      for (const one of kept) expect(await openData(restarted, { ...one.record, ...one.sealed })).toEqual(one.record.data);
    },
    timeoutMs,
  );

  it(
    'brings nothing back that is destroyed at the same moment, and stops no one who gives a person a new version',
    async () => {
      const path = join(folder, 'another');
      const store = sqlKeyStore(openAs('guitu_keys'));
      const keys = await openKeyFile(path);
      const fit = { ...store, serviceKey: async (proposal: Parameters<typeof store.serviceKey>[0]) => proposal };
      const keyring = await Keyring.open({ store: fit, keyEncryptionKey: keys, limits: { keys: 0 } });
      const one = record(777_777);
      const persons = Array.from({ length: 40 }, (_, index) => ({ ...one, stream: `case-race-${index}` }));
      const sealed = await Promise.all(persons.map((person) => sealData(keyring, person)));
      const life = sqlKeyLife(openAs('guitu_erasure'));
      const names = (await Promise.all(persons.map(({ stream }) => store.subjectsOf(stream))))
        .flat()
        .filter(({ role }) => role === 'person')
        .map(({ subject }) => ({ subject, class: 'identity' as const }));
      const [current, former] = await addKeyEncryptionKey(path);
      const [erased, renewed] = [names.slice(0, 20), names.slice(20)];
      await Promise.all([
        rotateKeyEncryptionKey(life, former as NonNullable<typeof former>, current, { batch: 3 }),
        ...erased.map(async (name) => destroyKeys(life, rangesOf(await retireKeys(life, [name])), 0)),
        ...renewed.map((name) => newKeyVersions(life, keys, [name])),
      ]);
      await rotateKeyEncryptionKey(life, former as NonNullable<typeof former>, current);
      expect(await keysWrappedBy(life, (former as NonNullable<typeof former>).id)).toBe(0);
      const gone = new Set(erased.map(({ subject }) => subject));
      for (const [index, person] of persons.entries()) {
        const subject = (sealed[index]?.data as { name: { $enc: { s: string } } }).name.$enc.s;
        const name = gone.has(subject) ? { erased: true } : (person.data as { name: string }).name;
        expect(await openData(keyring, { ...person, ...(sealed[index] as SealedData) })).toEqual({ ...person.data, name });
      }
    },
    timeoutMs,
  );
});
