import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { UnsafeKeyFile } from './errors';
import { openKeyFile } from './key-file';

describe('the key file', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guitu-key-file-'));
    path = join(folder, 'keys', 'kek');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made on the first start, 32 bytes for its owner alone, and nothing else is left beside it', async () => {
    await openKeyFile(path);
    expect(statSync(path)).toMatchObject({ size: 32 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'keys')).mode & 0o077).toBe(0);
    expect(readdirSync(join(folder, 'keys'))).toEqual(['kek']);
  });

  it('gives the same key at every start, and a different one in every installation', async () => {
    const first = await openKeyFile(path);
    const again = await openKeyFile(path);
    const other = await openKeyFile(join(folder, 'other'));
    expect(again.current.id).toBe(first.current.id);
    expect(other.current.id).not.toBe(first.current.id);
  });

  it('gives processes that start at once the same key', async () => {
    for (let round = 0; round < 20; round += 1) {
      const keys = await Promise.all(Array.from({ length: 8 }, () => openKeyFile(`${path}-${round}`)));
      expect(new Set(keys.map((key) => key.current.id)).size).toBe(1);
    }
    expect(readdirSync(join(folder, 'keys'))).toHaveLength(20);
  });

  it.each([0o640, 0o604, 0o620, 0o602, 0o660, 0o666])('is refused when group or others may act on it (mode %s)', async (mode) => {
    await openKeyFile(path);
    chmodSync(path, mode);
    await expect(openKeyFile(path)).rejects.toThrow(UnsafeKeyFile);
  });

  it.each([0o600, 0o400])('is accepted when its owner alone may read it (mode %s)', async (mode) => {
    await openKeyFile(path);
    chmodSync(path, mode);
    await expect(openKeyFile(path)).resolves.toBeDefined();
  });

  it.each([0, 31, 33, 63, 65, 32 * 17])('is refused with %d bytes, and left as it is', async (size) => {
    writeFileSync(join(folder, 'kek'), randomBytes(size), { mode: 0o600 });
    await expect(openKeyFile(join(folder, 'kek'))).rejects.toThrow(UnsafeKeyFile);
    expect(statSync(join(folder, 'kek')).size).toBe(size);
  });

  it('is refused when it is a directory', async () => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    await expect(openKeyFile(path)).rejects.toThrow(UnsafeKeyFile);
  });

  it('is refused when its path leads through a file', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(openKeyFile(join(folder, 'file', 'kek'))).rejects.toThrow(UnsafeKeyFile);
  });

  it('never shows its bytes when the key is printed', async () => {
    const key = await openKeyFile(path);
    const printed = inspect(key, { depth: 9, showHidden: true }) + JSON.stringify(key) + String(key);
    const bytes = readFileSync(path);
    for (const encoding of ['hex', 'base64', 'latin1'] as const) expect(printed).not.toContain(bytes.toString(encoding));
    expect(printed).not.toContain([...bytes.subarray(0, 4)].join(', '));
  });
});
