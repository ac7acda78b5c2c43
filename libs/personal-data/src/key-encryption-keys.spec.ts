import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, chmodSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addKeyEncryptionKey, dropFormerKeyEncryptionKeys } from './change-key-file';
import { UnsafeKeyFile, WrongKeyEncryptionKey } from './errors';
import { keyFileLifetimeMs } from './key-encryption-keys';
import { maxKeysInFile, openKeyFile } from './key-file';
import { Keyring, memoryKeyStore, openData, rotateKeyEncryptionKey, sealData } from './index';

const record = (event: string) => ({ stream: `case-${event}`, event, data: { name: '王二喜' }, marks: { name: 'identity' } }) as const;
const label = ['service key', 'x'];

describe('a key file with several keys', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guitu-key-file-'));
    path = join(folder, 'kek');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('puts a new key at the head, keeps the old one, and stays with its owner alone', async () => {
    const before = await openKeyFile(path);
    const [current, ...former] = await addKeyEncryptionKey(path);
    expect(former.map(({ id }) => id)).toEqual([before.current.id]);
    expect(current.id).not.toBe(before.current.id);
    const again = await openKeyFile(path);
    expect([again.current.id, ...again.former.map(({ id }) => id)]).toEqual([current.id, before.current.id]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['kek']);
  });

  it('unwraps what any of its keys wrapped, and wraps with the current one', async () => {
    const old = (await openKeyFile(path)).wrap(randomBytes(32), label);
    await addKeyEncryptionKey(path);
    const keys = await openKeyFile(path);
    expect(keys.unwrap(old, label).symmetricKeySize).toBe(32);
    expect(keys.wrap(randomBytes(32), label).kekId).toBe(keys.current.id);
    await dropFormerKeyEncryptionKeys(path);
    expect(() => keys.unwrap(old, label)).not.toThrow();
    const dropped = await openKeyFile(path);
    expect([dropped.current.id, dropped.former]).toEqual([keys.current.id, []]);
    expect(() => dropped.unwrap(old, label)).toThrow(WrongKeyEncryptionKey);
  });

  it('is changed by one process at a time: two at once lose no key', async () => {
    await openKeyFile(path);
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => addKeyEncryptionKey(path)));
    const added = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value[0].id] : []));
    for (const one of outcomes) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(UnsafeKeyFile);
    const keys = await openKeyFile(path);
    expect([keys.current, ...keys.former].map(({ id }) => id)).toEqual(expect.arrayContaining(added));
    expect(keys.former).toHaveLength(added.length);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('is refused when it is full, holds a key twice, is missing or open to others; and left as it is', async () => {
    const key = randomBytes(32);
    writeFileSync(path, Buffer.concat([key, randomBytes(32), key]), { mode: 0o600 });
    await expect(openKeyFile(path)).rejects.toThrow('the same key twice');
    await expect(addKeyEncryptionKey(path)).rejects.toThrow(UnsafeKeyFile);
    expect(statSync(path).size).toBe(96);
    writeFileSync(path, randomBytes(32 * maxKeysInFile));
    await expect(addKeyEncryptionKey(path)).rejects.toThrow('16 keys already');
    chmodSync(path, 0o640);
    await expect(dropFormerKeyEncryptionKeys(path)).rejects.toThrow('chmod 600');
    expect(statSync(path).size).toBe(32 * maxKeysInFile);
    await expect(addKeyEncryptionKey(join(folder, 'nowhere'))).rejects.toThrow('is not there');
  });

  describe('under a running process', () => {
    it('is read again when a key turns up that an unknown one wrapped', async () => {
      const store = memoryKeyStore();
      const running = await Keyring.open({ store, keyEncryptionKey: await openKeyFile(path), limits: { keys: 0 } });
      const one = await sealData(running, record('e1'));
      const [current, former] = await addKeyEncryptionKey(path);
      await rotateKeyEncryptionKey(store, former as NonNullable<typeof former>, current);
      await dropFormerKeyEncryptionKeys(path);
      expect(await openData(running, { ...record('e1'), ...one })).toEqual({ name: '王二喜' });
      const [named] = await store.subjectsOf('case-e1');
      expect((await store.findKeys([{ subject: named?.subject ?? '', class: 'identity' }]))[0]?.kekId).toBe(current.id);
    });

    it('is read again before new keys are made, when that was long ago', async () => {
      let time = 0;
      const store = memoryKeyStore();
      const kekOf = async (event: string): Promise<string | undefined> => {
        await sealData(running, record(event));
        const [named] = await store.subjectsOf(`case-${event}`);
        return (await store.findKeys([{ subject: named?.subject ?? '', class: 'identity' }]))[0]?.kekId;
      };
      const running = await Keyring.open({ store, keyEncryptionKey: await openKeyFile(path, () => time) });
      const [current, former] = await addKeyEncryptionKey(path);
      expect(await kekOf('e1')).toBe(former?.id);
      time = keyFileLifetimeMs - 1;
      expect(await kekOf('e2')).toBe(former?.id);
      time = keyFileLifetimeMs;
      expect(await kekOf('e3')).toBe(current.id);
    });

    it('wraps nothing when a foreign file was put in its place; the right one back in place mends it', async () => {
      let time = 0;
      const store = memoryKeyStore();
      const running = await Keyring.open({ store, keyEncryptionKey: await openKeyFile(path, () => time) });
      const right = readFileSync(path);
      writeFileSync(path, randomBytes(32));
      time = keyFileLifetimeMs;
      await expect(sealData(running, record('e1'))).rejects.toThrow(WrongKeyEncryptionKey);
      expect(await store.subjectsOf('case-e1')).toEqual([]);
      writeFileSync(path, right);
      await expect(sealData(running, record('e1'))).resolves.toBeDefined();
    });

    it('may be out of reach for a while: the keys in memory are good', async () => {
      let time = 0;
      const running = await Keyring.open({ store: memoryKeyStore(), keyEncryptionKey: await openKeyFile(path, () => time) });
      unlinkSync(path);
      time = keyFileLifetimeMs;
      const sealed = await sealData(running, record('e1'));
      expect(await openData(running, { ...record('e1'), ...sealed })).toEqual({ name: '王二喜' });
      expect(existsSync(path)).toBe(false);
    });
  });
});
