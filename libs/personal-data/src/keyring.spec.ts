import { inspect } from 'node:util';
import { WrongKeyEncryptionKey } from './errors';
import { openData, openValues, sealAll, sealData, detach, type Sealed, type SealedValue } from './index';
import { Keyring, ownerName } from './keyring';
import { keyringForTests, newKeyEncryptionKey, watchedKeyStore } from './keyring-for-tests';
import { memoryKeyStore } from './memory-key-store';
import type { KeyOwner } from './stored-keys';

const owner = (stream: string): KeyOwner => ({ stream, role: 'person', event: '', pointer: '', class: 'identity' });
const event = 'e1';
const marks = { name: 'identity' } as const;
const named = (stream: string, name: string) => ({ stream, event, data: { name }, marks });

async function sealName(keyring: Keyring, stream: string, name = '王二喜') {
  const sealed = await sealData(keyring, named(stream, name));
  const record = { stream, event, ...sealed };
  return { record, value: detach(record, '/name') as SealedValue, subject: (sealed.data as { name: Sealed }).name.$enc.s };
}

describe('the keyring', () => {
  it('costs one round trip for any number of new subjects, and none afterwards', async () => {
    const store = watchedKeyStore();
    const keyring = await keyringForTests({ store });
    const records = Array.from({ length: 200 }, (_, index) => named(`case-${index}`, '王二喜'));
    await sealAll(keyring, records);
    expect(store.trips()).toBe(1);
    const sealed = await sealAll(keyring, records);
    await openData(keyring, { ...(records[7] as (typeof records)[0]), ...(sealed[7] as (typeof sealed)[0]) });
    expect(store.trips()).toBe(1);
  });

  it('costs two round trips for a known subject with a key of a new class, and one where the class has a key', async () => {
    const store = watchedKeyStore();
    const keyEncryptionKey = newKeyEncryptionKey();
    await sealName(await keyringForTests({ store, keyEncryptionKey }), 'case-1');
    const other = await keyringForTests({ store, keyEncryptionKey });
    const before = store.trips();
    await sealName(other, 'case-1');
    expect(store.trips() - before).toBe(1);
    const third = await keyringForTests({ store, keyEncryptionKey });
    await sealData(third, { stream: 'case-1', event: 'e2', data: { note: 'x' }, marks: { note: 'narrative' } });
    expect(store.trips() - before).toBe(3);
  });

  it('gathers what many ask for at once into a few round trips', async () => {
    const store = watchedKeyStore();
    const keyring = await keyringForTests({ store });
    await Promise.all(Array.from({ length: 100 }, (_, index) => sealName(keyring, `case-${index}`)));
    expect(store.trips()).toBeLessThanOrEqual(6);
  });

  it('asks for a subject once when many seal for it at the same moment', async () => {
    const keyring = await keyringForTests({ store: watchedKeyStore() });
    const sealed = await Promise.all(Array.from({ length: 20 }, () => sealName(keyring, 'case-1')));
    expect(new Set(sealed.map(({ subject }) => subject)).size).toBe(1);
  });

  it('opens a page of values of many subjects with one round trip', async () => {
    const store = watchedKeyStore();
    const keyEncryptionKey = newKeyEncryptionKey();
    const writer = await keyringForTests({ store, keyEncryptionKey });
    const values = await Promise.all(Array.from({ length: 50 }, async (_, index) => (await sealName(writer, `case-${index}`)).value));
    const reader = await keyringForTests({ store, keyEncryptionKey });
    const before = store.trips();
    expect(await openValues(reader, values)).toEqual(values.map(() => ({ value: '王二喜' })));
    expect(store.trips() - before).toBe(1);
  });

  it('works the same when it may remember nothing', async () => {
    const keyring = await keyringForTests({ limits: { keys: 0, subjects: 0 } });
    const { record, subject } = await sealName(keyring, 'case-1');
    expect(await openData(keyring, record)).toEqual({ name: '王二喜' });
    expect((await sealName(keyring, 'case-1')).subject).toBe(subject);
  });

  it('seals more subjects at once than it may remember', async () => {
    const keyring = await keyringForTests({ limits: { keys: 2, subjects: 2 } });
    const records = Array.from({ length: 20 }, (_, index) => named(`case-${index}`, `姓名${index}`));
    const sealed = await sealAll(keyring, records);
    for (const [index, record] of records.entries()) {
      expect(await openData(keyring, { ...record, ...(sealed[index] as (typeof sealed)[0]) })).toEqual(record.data);
    }
  });

  it('asks the store again when the lifetime has passed', async () => {
    let time = 0;
    const store = watchedKeyStore();
    const keyring = await keyringForTests({ store, limits: { lifetimeMs: 1_000 }, now: () => time });
    const { record } = await sealName(keyring, 'case-1');
    const before = store.trips();
    time = 999;
    await openData(keyring, record);
    expect(store.trips()).toBe(before);
    time = 1_000;
    await openData(keyring, record);
    expect(store.trips()).toBe(before + 1);
  });

  it('never shows a key when it is printed', async () => {
    const keyring = await keyringForTests();
    const keys = await keyring.sealingKeys([owner('case-1')]);
    const key = keys.get(ownerName(owner('case-1')))?.key.export() as Buffer;
    const printed =
      inspect(keyring, { depth: 9, showHidden: true }) + JSON.stringify(keyring) + inspect(keys, { depth: 9 }) + JSON.stringify([...keys]);
    expect(printed).not.toContain(key.toString('hex'));
    expect(printed).not.toContain(key.toString('base64'));
    expect(printed).not.toContain([...key.subarray(0, 4)].join(','));
  });
});

describe('two keyrings on one store', () => {
  it('agree on the subject and key of everybody they meet at the same moment', async () => {
    const shared = { store: memoryKeyStore(), keyEncryptionKey: newKeyEncryptionKey() };
    const [one, other] = [await Keyring.open(shared), await Keyring.open(shared)];
    const streams = Array.from({ length: 20 }, (_, index) => `case-${index}`);
    const seen = await Promise.all(streams.flatMap((stream) => [one, other].map((keyring) => sealName(keyring, stream))));
    expect(new Set(seen.map(({ subject }) => subject)).size).toBe(streams.length);
    for (const [index, { value }] of seen.entries())
      expect(await openValues(index % 2 === 0 ? other : one, [value])).toEqual([{ value: '王二喜' }]);
  });

  it('give the same digest of the same request, and a keyring on another store another one', async () => {
    const shared = { store: memoryKeyStore(), keyEncryptionKey: newKeyEncryptionKey() };
    const [one, other] = await Promise.all([Keyring.open(shared), Keyring.open(shared)]);
    expect(one.digest('{"idNumber":"11010519491231002X"}')).toBe(other.digest('{"idNumber":"11010519491231002X"}'));
    expect(one.digest('{"idNumber":"11010519491231002X"}')).not.toBe(one.digest('{"idNumber":"110105194912310011"}'));
    expect(one.digest('x')).not.toBe((await keyringForTests({ keyEncryptionKey: shared.keyEncryptionKey })).digest('x'));
  });
});

describe('a key that is gone', () => {
  it.each(['destroy', 'lose'] as const)('makes the values of its subject erased, and of nobody else (%s)', async (fate) => {
    const store = watchedKeyStore();
    const keyring = await keyringForTests({ store });
    const [gone, kept] = [await sealName(keyring, 'case-1'), await sealName(keyring, 'case-2')];
    await store[fate](gone.subject);
    keyring.forget(gone.subject);
    expect(await openValues(keyring, [gone.value, kept.value])).toEqual([{ erased: true }, { value: '王二喜' }]);
    expect(await openData(keyring, gone.record)).toEqual({ name: { erased: true } });
  });

  it('is out of use after the lifetime at the latest', async () => {
    let time = 0;
    const store = watchedKeyStore();
    const keyring = await keyringForTests({ store, now: () => time });
    const { value, subject } = await sealName(keyring, 'case-1');
    await store.destroy(subject);
    time = 60_000;
    expect(await openValues(keyring, [value])).toEqual([{ erased: true }]);
  });

  it('is not remembered from a load that began before it was forgotten', async () => {
    const store = watchedKeyStore();
    const keyEncryptionKey = newKeyEncryptionKey();
    const { value, subject } = await sealName(await keyringForTests({ store, keyEncryptionKey }), 'case-1');
    const reader = await keyringForTests({ store, keyEncryptionKey });
    const underWay = openValues(reader, [value]);
    reader.forget(subject);
    await underWay;
    await store.destroy(subject);
    expect(await openValues(reader, [value])).toEqual([{ erased: true }]);
  });

  it('takes the tie to its stream along, even from a load that began before', async () => {
    const store = watchedKeyStore();
    const keyring = await keyringForTests({ store });
    const { subject } = await sealName(keyring, 'case-1');
    keyring.forget(subject);
    const underWay = sealName(keyring, 'case-1');
    keyring.forget(subject);
    await underWay;
    const before = store.trips();
    await sealName(keyring, 'case-1');
    // The subject alone: the key was loaded after the second `forget`.
    expect(store.trips() - before).toBe(1);
  });

  it('is followed by a new version for what is sealed afterwards, and stays gone itself', async () => {
    const store = watchedKeyStore();
    const keyring = await keyringForTests({ store });
    const { subject, value } = await sealName(keyring, 'case-1');
    await store.destroy(subject);
    keyring.forget(subject);
    const later = await sealName(keyring, 'case-1', '后来的名字');
    expect(later.value.$sealed).toMatchObject({ s: subject, k: 2 });
    expect(await openValues(keyring, [value, later.value])).toEqual([{ erased: true }, { value: '后来的名字' }]);
  });

  it('makes one new version, however many processes seal at once', async () => {
    const shared = { store: watchedKeyStore(), keyEncryptionKey: newKeyEncryptionKey() };
    const rings = await Promise.all(Array.from({ length: 5 }, () => Keyring.open(shared)));
    const { subject } = await sealName(rings[0] as Keyring, 'case-1');
    await shared.store.destroy(subject);
    for (const ring of rings) ring.forget(subject);
    const sealed = await Promise.all(rings.map((ring) => sealName(ring, 'case-1')));
    expect(sealed.map(({ value }) => value.$sealed.k)).toEqual([2, 2, 2, 2, 2]);
    for (const ring of rings) expect(await openValues(ring, [sealed[3]?.value as SealedValue])).toEqual([{ value: '王二喜' }]);
  });

  it('counts its lifetime from the moment it was asked for, however long the answer took', async () => {
    let time = 0;
    const store = watchedKeyStore();
    const keyEncryptionKey = newKeyEncryptionKey();
    const { value, subject } = await sealName(await keyringForTests({ store, keyEncryptionKey }), 'case-1');
    const slow = { ...store, findKeys: async (names: Parameters<typeof store.findKeys>[0]) => ((time += 50_000), store.findKeys(names)) };
    const keyring = await keyringForTests({ store: slow, keyEncryptionKey, now: () => time });
    await openValues(keyring, [value]);
    await store.destroy(subject);
    time = 59_999;
    expect(await openValues(keyring, [value])).toEqual([{ value: '王二喜' }]);
    time = 60_000;
    expect(await openValues(keyring, [value])).toEqual([{ erased: true }]);
  });
});

describe('a wrong key-encryption key', () => {
  it('is noticed when the keyring opens, and the error names both keys by their id', async () => {
    const store = memoryKeyStore();
    const [right, wrong] = [newKeyEncryptionKey(), newKeyEncryptionKey()];
    await keyringForTests({ store, keyEncryptionKey: right });
    const refused = keyringForTests({ store, keyEncryptionKey: wrong });
    await expect(refused).rejects.toThrow(WrongKeyEncryptionKey);
    await expect(refused).rejects.toThrow(new RegExp(`${right.id}.*${wrong.id}`));
  });

  it('never makes a value look erased', async () => {
    const [one, other] = [memoryKeyStore(), memoryKeyStore()];
    const right = await keyringForTests({ store: one });
    const { value } = await sealName(right, 'case-1');
    const wrong = await keyringForTests({ store: { ...other, findKeys: (names) => one.findKeys(names) } });
    await expect(openValues(wrong, [value])).rejects.toThrow(WrongKeyEncryptionKey);
  });

  it('does not unwrap a key that was moved to another subject in the store', async () => {
    const store = memoryKeyStore();
    const keyEncryptionKey = newKeyEncryptionKey();
    const keyring = await keyringForTests({ store, keyEncryptionKey });
    const [mine, yours] = [await sealName(keyring, 'case-1'), await sealName(keyring, 'case-2')];
    const moved = await store.findKeys([{ subject: mine.subject, class: 'identity' }]);
    const tampered = { ...store, findKeys: async () => moved.map((key) => ({ ...key, subject: yours.subject })) };
    const reader = await keyringForTests({ store: tampered, keyEncryptionKey });
    await expect(openValues(reader, [yours.value])).rejects.toThrow(WrongKeyEncryptionKey);
  });
});
