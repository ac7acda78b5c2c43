import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@guitu/event-log';
import { findRunningPostgres } from './find-running';
import { startEmbeddedPostgres } from './start-embedded-postgres';

describe('a database that somebody else runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guitu-running-'));
  const place = join(folder, 'postgres');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is not found where there is no folder, and looking makes none', () => {
    expect(findRunningPostgres(place)).toBeUndefined();
    expect(existsSync(place)).toBe(false);
  });

  it('is found while it runs, can be used beside its owner, and is gone when its owner stops it', async () => {
    const owner = await startEmbeddedPostgres({ folder: place });
    try {
      const found = findRunningPostgres(place);
      expect(found?.superuserUrl).toBe(owner.superuserUrl);
      const database = openDatabase({ connectionString: found!.superuserUrl, poolSize: 1 });
      expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
      await database.close();
    } finally {
      await owner.stop();
    }
    expect(findRunningPostgres(place)).toBeUndefined();
  });

  it('is not believed to run because of a file that a dead server left behind', () => {
    writeFileSync(join(place, 'data', 'postmaster.pid'), `${process.pid}\n${place}\n0\n5432\n\n127.0.0.1\n\nready\n`);
    expect(findRunningPostgres(place)).toBeUndefined();
  });
});
