import { randomBytes, randomUUID } from 'node:crypto';
import { KeysNotRetired, KeysStillCached } from '../errors';
import { destroyKeys, newKeyVersions, rangesOf, retireKeys } from '../key-life';
import { KeyEncryptionKey, subjectKeyLabel } from '../key-encryption-key';
import type { KeyLifeStore, KeyRange } from '../key-life-store';
import type { KeyName, KeyStore, ProposedKey, StoredKey } from '../key-store';
import { keysWrappedBy, keysThatDoNotUnwrap, rotateKeyEncryptionKey } from '../rotate-key-encryption-key';
import { newKey } from '../stored-keys';
import { KeyEncryptionKeys } from '../key-encryption-keys';

const hourMs = 3_600_000;

/** What every store promises about the life of its keys. */
export function keyLifeContract(open: () => Promise<Readonly<{ store: KeyStore; life: KeyLifeStore }>>): void {
  let store: KeyStore;
  let life: KeyLifeStore;
  const kek = new KeyEncryptionKey(randomBytes(32));

  const proposed = (name: KeyName, version = 1, by = kek): ProposedKey => ({
    ...name,
    version,
    ...newKey(new KeyEncryptionKeys([by]), subjectKeyLabel({ ...name, version })),
  });
  const stored = async (dataClass: KeyName['class'] = 'identity', by = kek): Promise<KeyName> => {
    const name = { subject: randomUUID(), class: dataClass };
    await store.keys([proposed(name, 1, by)]);
    return name;
  };
  const statesOf = async (name: KeyName): Promise<readonly StoredKey['state'][]> =>
    (await store.findKeys([name])).map(({ state }) => state);
  const upTo = (name: KeyName, version: number): KeyRange => ({ ...name, upTo: version });

  beforeAll(async () => {
    ({ store, life } = await open());
  });

  it('gives a key a new version and retires the one before it; a key that does not exist gets none', async () => {
    const [name, nobody] = [await stored(), { subject: randomUUID(), class: 'identity' } as const];
    expect(await newKeyVersions(life, kek, [name, nobody])).toEqual([{ ...name, version: 2 }]);
    expect(await newKeyVersions(life, kek, [name])).toEqual([{ ...name, version: 3 }]);
    expect(await statesOf(name)).toEqual(['retired', 'retired', 'active']);
    expect(await statesOf(nobody)).toEqual([]);
  });

  it('gives one new version to two who ask for it at the same moment', async () => {
    const name = await stored();
    await Promise.all([newKeyVersions(life, kek, [name]), newKeyVersions(life, kek, [name])]);
    const states = await statesOf(name);
    expect(states.filter((state) => state === 'active')).toHaveLength(1);
    expect(states.at(-1)).toBe('active');
  });

  it('retires once, and tells everything that is retired', async () => {
    const [one, two] = [await stored(), await stored('health')];
    const retired = await retireKeys(life, [one, two]);
    expect(retired.map(({ subject, version }) => [subject, version]).sort()).toEqual(
      [
        [one.subject, 1],
        [two.subject, 1],
      ].sort(),
    );
    for (const { retiredAt } of retired) expect(new Date(retiredAt).toISOString()).toBe(retiredAt);
    expect(await retireKeys(life, [one, two])).toEqual(retired);
    expect(await statesOf(one)).toEqual(['retired']);
  });

  it('takes a new version for what is sealed after a retirement', async () => {
    const name = await stored();
    await retireKeys(life, [name]);
    expect((await store.keys([proposed(name, 1)])).map(({ state }) => state)).toEqual(['retired']);
    expect((await store.keys([proposed(name, 2)])).map(({ state }) => state)).toEqual(['retired', 'active']);
  });

  it('destroys no key that still seals new values', async () => {
    const name = await stored();
    await expect(destroyKeys(life, [upTo(name, 1)], 0)).rejects.toThrow(KeysNotRetired);
    expect(await statesOf(name)).toEqual(['active']);
  });

  it('destroys no key that was retired so lately that a process may remember it, and says until when', async () => {
    const name = await stored();
    const [retired] = await retireKeys(life, [name]);
    const refused = await destroyKeys(life, [upTo(name, 1)], hourMs).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(KeysStillCached);
    const wait = Date.parse((refused as KeysStillCached).until) - Date.parse(retired?.retiredAt ?? '');
    expect(wait).toBe(hourMs);
    expect(await statesOf(name)).toEqual(['retired']);
  });

  it('destroys all of what is asked or nothing', async () => {
    const [gone, active] = [await stored(), await stored()];
    await retireKeys(life, [gone]);
    await expect(destroyKeys(life, [upTo(gone, 1), upTo(active, 1)], 0)).rejects.toThrow(KeysNotRetired);
    expect(await statesOf(gone)).toEqual(['retired']);
  });

  it('empties what it destroys, and tells the same list when it is asked again', async () => {
    const [name, kept] = [await stored('contact'), await stored('contact')];
    const ranges = rangesOf(await retireKeys(life, [name]));
    const destroyed = await destroyKeys(life, ranges, 0);
    expect(destroyed).toEqual([{ ...name, version: 1, destroyedAt: expect.any(String) }]);
    expect(await destroyKeys(life, ranges, hourMs)).toEqual(destroyed);
    expect(await store.findKeys([name])).toEqual([{ ...name, version: 1, kekId: kek.id, state: 'destroyed', wrapped: null }]);
    expect(await statesOf(kept)).toEqual(['active']);
    expect(await retireKeys(life, [name])).toEqual([]);
  });

  it('leaves the versions alone that came after the retirement', async () => {
    const name = await stored();
    const ranges = rangesOf(await retireKeys(life, [name]));
    await store.keys([proposed(name, 2)]);
    expect((await destroyKeys(life, ranges, 0)).map(({ version }) => version)).toEqual([1]);
    expect(await statesOf(name)).toEqual(['destroyed', 'active']);
  });

  it('wraps all keys anew, page by page, and only those of the former key', async () => {
    const [former, current, foreign] = [randomBytes(32), randomBytes(32), randomBytes(32)].map((bytes) => new KeyEncryptionKey(bytes)) as [
      KeyEncryptionKey,
      KeyEncryptionKey,
      KeyEncryptionKey,
    ];
    const names = await Promise.all(Array.from({ length: 25 }, (_, index) => stored(index % 2 === 0 ? 'identity' : 'narrative', former)));
    await stored('health', foreign);
    const gone = await stored('health', former);
    await destroyKeys(life, rangesOf(await retireKeys(life, [gone])), 0);
    const before = await keysWrappedBy(life, former.id);
    expect(before).toBe(25);
    const label = subjectKeyLabel({ ...(names[7] as KeyName), version: 1 });
    const bytesOf = async (by: KeyEncryptionKey): Promise<Buffer> => {
      const [key] = await store.findKeys([names[7] as KeyName]);
      if (key === undefined || key.state === 'destroyed') throw new Error('the key is gone');
      return by.unwrap(key, label).export();
    };
    const bytes = await bytesOf(former);
    const none = { subjectKeys: 0, serviceKeys: 0, unreadable: 0 };
    expect(await rotateKeyEncryptionKey(life, former, current, { batch: 4 })).toEqual({ ...none, subjectKeys: 25 });
    expect(await rotateKeyEncryptionKey(life, former, current, { batch: 4 })).toEqual(none);
    expect(await bytesOf(current)).toEqual(bytes);
    expect([await keysWrappedBy(life, former.id), await keysWrappedBy(life, current.id), await keysWrappedBy(life, foreign.id)]).toEqual([
      0, 25, 1,
    ]);
    expect(await statesOf(gone)).toEqual(['destroyed']);
  });

  it('wraps no key anew that was wrapped anew since it was read', async () => {
    const current = new KeyEncryptionKey(randomBytes(32));
    const name = await stored('health');
    const again = { ...proposed(name, 1, current), formerKekId: kek.id };
    expect([await life.rewrap([again]), await life.rewrap([{ ...again, wrapped: randomBytes(60) }])]).toEqual([1, 0]);
    expect(Buffer.from((await store.findKeys([name]))[0]?.wrapped ?? []).equals(again.wrapped)).toBe(true);
  });

  it('goes on where a rotation was broken off', async () => {
    const [former, current] = [new KeyEncryptionKey(randomBytes(32)), new KeyEncryptionKey(randomBytes(32))];
    for (let index = 0; index < 9; index += 1) await stored('minor', former);
    let calls = 0;
    const breaking: KeyLifeStore = { ...life, rewrap: (keys) => ((calls += 1) > 2 ? Promise.reject(new Error('cut')) : life.rewrap(keys)) };
    await expect(rotateKeyEncryptionKey(breaking, former, current, { batch: 1 })).rejects.toThrow('cut');
    expect(await rotateKeyEncryptionKey(life, former, current, { batch: 1 })).toMatchObject({ subjectKeys: 7 });
  });

  it('counts the keys that nothing unwraps, and rotates past them', async () => {
    const [former, current] = [new KeyEncryptionKey(randomBytes(32)), new KeyEncryptionKey(randomBytes(32))];
    const name = await stored('minor', former);
    const other = { subject: randomUUID(), class: 'minor' } as const;
    await store.keys([{ ...other, version: 1, wrapped: proposed(name, 1, former).wrapped, kekId: former.id }]);
    const unknown = await keysThatDoNotUnwrap(life, new KeyEncryptionKeys([kek]));
    expect(await keysThatDoNotUnwrap(life, new KeyEncryptionKeys([kek, former]))).toBe(unknown - 1);
    expect(await rotateKeyEncryptionKey(life, former, current)).toEqual({ subjectKeys: 1, serviceKeys: 0, unreadable: 1 });
    expect(await keysThatDoNotUnwrap(life, new KeyEncryptionKeys([kek, current]))).toBe(unknown - 1);
  });
}
