import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn, spawnSync } from 'node:child_process';
import { openDatabase } from '@guitu/event-log';
import { binariesAvailable } from './binaries';
import { findPostmaster } from './postmaster';
import { postgresProcessesOf, startOf } from './processes';
import { killed, removeChildProgram, startInChild } from '../../../test/support/embedded-postgres-child-for-tests';
import { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './start-embedded-postgres';

/** A small disk that can be filled is mounted for one spec; that takes a right which not every machine gives. Found out before the specs are named. */
const canMount = ((): boolean => {
  const path = mkdtempSync(join(tmpdir(), 'guitu-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'ignore' }).status === 0;
  if (mounted) spawnSync('umount', [path], { stdio: 'ignore' });
  rmSync(path, { recursive: true, force: true });
  return mounted;
})();
/** Where no disk can be mounted the spec is counted as skipped, by name, and never as passed. */
const itWithSmallDisk = canMount ? it : it.skip;

describe('the database in a folder', () => {
  let parent: string;
  let folder: string;
  const running: EmbeddedPostgres[] = [];

  const start = async (options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({ folder, ...options });
    running.push(server);
    return server;
  };

  beforeEach(() => {
    // 0700, and owned by root where root runs the specs: the account of the server cannot pass it.
    parent = mkdtempSync(join(tmpdir(), 'guitu-embedded-'));
    folder = join(parent, 'state', 'postgres');
  });
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
    expect(postgresProcessesOf(join(folder, 'data'))).toEqual([]);
    rmSync(parent, { recursive: true, force: true });
  });

  afterAll(removeChildProgram);

  it('has binaries on this machine', () => {
    expect(binariesAvailable()).toBe(true);
  });

  describe('the first start', () => {
    it('makes a database in UTF-8 with checksums, in byte order, that asks for a password', async () => {
      const { superuserUrl, adopted } = await start();
      expect(adopted).toBe(false);
      expect(
        await ask(
          superuserUrl,
          `select current_setting('data_checksums') as checksums, current_setting('server_encoding') as encoding,
             (select datcollate from pg_database where datname = current_database()) as collation,
             current_setting('listen_addresses') as address, current_setting('fsync') as fsync,
             (select count(*)::int from pg_hba_file_rules where auth_method <> 'scram-sha-256') as open_doors`,
        ),
      ).toEqual([{ checksums: 'on', encoding: 'UTF8', collation: 'C', address: '127.0.0.1', fsync: 'on', open_doors: 0 }]);
    });

    it('lets nobody in without the password', async () => {
      const url = new URL((await start()).superuserUrl);
      url.password = 'guess';
      await expect(ask(url.toString(), 'select 1')).rejects.toThrow(/password authentication failed/);
    });

    it('keeps the password for its owner alone', async () => {
      const url = new URL((await start()).superuserUrl);
      expect(url.password).toBe(readFileSync(join(folder, 'password'), 'utf8'));
      expect(url.password.length).toBeGreaterThan(40);
      expect(statSync(join(folder, 'password')).mode & 0o777).toBe(0o600);
      expect(statSync(folder).mode & 0o077).toBe(0);
    });

    it('that was interrupted is begun again', async () => {
      mkdirSync(join(folder, 'data.unfinished-1'), { recursive: true });
      writeFileSync(join(folder, 'data.unfinished-1', 'PG_VERSION'), '18\n');
      writeFileSync(join(folder, 'guitu.json'), '{"format":1}');
      writeFileSync(join(folder, 'password'), 'of the interrupted one');
      expect(await ask((await start()).superuserUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(readdirSync(folder)).not.toContain('data.unfinished-1');
    });

    it('takes the settings it is given, but none that opens a door', async () => {
      const { superuserUrl } = await start({ settings: { max_connections: 37, listen_addresses: '*' } });
      expect(
        await ask(superuserUrl, `select current_setting('max_connections') as most, current_setting('listen_addresses') as address`),
      ).toEqual([{ most: '37', address: '127.0.0.1' }]);
    });

    it('writes no statement and no value into its log', async () => {
      const { superuserUrl } = await start();
      await ask(superuserUrl, `create table person (name text unique); insert into person values ('SecretName')`);
      await expect(ask(superuserUrl, `insert into person values ('SecretName')`)).rejects.toThrow();
      await expect(ask(superuserUrl, `select 'SecretName'::int`)).rejects.toThrow();
      expect(readFileSync(join(folder, 'postgres.log'), 'utf8')).not.toMatch(/SecretName|insert into/);
    });
  });

  describe('stopping and starting again', () => {
    it('keeps the data, the port and the password', async () => {
      const first = await start();
      await ask(first.superuserUrl, 'create table kept (n int); insert into kept values (1)');
      await first.stop();
      const second = await start();
      expect(second.superuserUrl).toBe(first.superuserUrl);
      expect(second.adopted).toBe(false);
      expect(await ask(second.superuserUrl, 'select n from kept')).toEqual([{ n: 1 }]);
    });

    it('leaves no process, no claim and no port in use, although somebody is connected', async () => {
      const server = await start();
      const database = openDatabase({ connectionString: server.superuserUrl, poolSize: 1 });
      await database.query('select 1');
      await server.stop();
      await server.stop();
      await database.close();
      expect(postgresProcessesOf(join(folder, 'data'))).toEqual([]);
      expect(readdirSync(folder).filter((name) => name.endsWith('.lock'))).toEqual([]);
      await expect(reach(portOf(server))).resolves.toBe(false);
    });

    it('takes another port when the remembered one has been given to somebody else', async () => {
      const first = await start();
      await first.stop();
      const stranger = await listenOn(portOf(first));
      const second = await start();
      expect(portOf(second)).not.toBe(portOf(first));
      stranger.close();
    });
  });

  describe('a service that was killed', () => {
    it('leaves its database running; the next start adopts it and stops it in the end', async () => {
      const { child, url } = await startInChild(folder);
      await ask(url, 'create table kept (n int); insert into kept values (7)');
      const before = findPostmaster(join(folder, 'data'))!.pid;
      await killed(child);
      const server = await start();
      expect(server).toMatchObject({ adopted: true, superuserUrl: url });
      expect(findPostmaster(join(folder, 'data'))!.pid).toBe(before);
      expect(await ask(server.superuserUrl, 'select n from kept')).toEqual([{ n: 7 }]);
      await server.stop();
      expect(startOf(before)).toBeUndefined();
    });

    it('whose database was killed with it loses nothing that was acknowledged', async () => {
      const { child, url } = await startInChild(folder);
      await ask(url, 'create table kept (n int)');
      for (let n = 1; n <= 20; n += 1) await ask(url, `insert into kept values (${n})`);
      process.kill(findPostmaster(join(folder, 'data'))!.pid, 'SIGKILL');
      await killed(child);
      const server = await start();
      expect(server.adopted).toBe(false);
      expect(await ask(server.superuserUrl, 'select count(*)::int as n from kept')).toEqual([{ n: 20 }]);
    });

    it('is followed on the port that is asked for, also when its database runs on another', async () => {
      const { child } = await startInChild(folder);
      await killed(child);
      const port = await freePort();
      const server = await start({ port });
      expect(server.adopted).toBe(false);
      expect(portOf(server)).toBe(port);
    });
  });

  describe('a pid file that was left behind', () => {
    it('with the number of a stranger harms neither the stranger nor the start', async () => {
      const first = await start();
      await first.stop();
      const stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
      writeFileSync(join(folder, 'data', 'postmaster.pid'), `${stranger.pid}\n${join(folder, 'data')}\n1\n5432\n\n127.0.0.1\n\nready\n`);
      const second = await start();
      expect(second.adopted).toBe(false);
      await second.stop();
      expect(startOf(stranger.pid!)).toBeDefined();
      stranger.kill('SIGKILL');
    });
  });

  describe('is refused with a sentence and a code', () => {
    it('while another process works with the folder', async () => {
      const { child } = await startInChild(folder);
      await expect(start()).rejects.toMatchObject({
        name: 'CannotStart',
        code: 'second-instance',
        message: expect.stringContaining(String(child.pid)),
      });
      await killed(child);
      await start();
    });

    it('while this process already works with the folder', async () => {
      await start();
      await expect(start()).rejects.toMatchObject({ code: 'second-instance' });
    });

    it('but not because of the claim of a process that is long gone, even if its number runs again', async () => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'guitu.json'), '{"format":1}');
      writeFileSync(join(folder, `owner-${process.ppid}-aa.lock`), `${process.ppid} 1`);
      writeFileSync(join(folder, 'owner-4194303-bb.lock'), '4194303 77');
      await expect(start()).resolves.toMatchObject({ adopted: false });
    });

    it('when the folder holds something else, which stays as it was', async () => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'thesis.txt'), 'years of work');
      await expect(start()).rejects.toMatchObject({ code: 'foreign-folder', message: expect.stringContaining(folder) });
      expect(readdirSync(folder)).toEqual(['thesis.txt']);
    });

    it('when the folder was made in a format that is not known here', async () => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'guitu.json'), '{"format":2}');
      await expect(start()).rejects.toMatchObject({ code: 'foreign-folder' });
    });

    it('when the port that is asked for is busy', async () => {
      const port = await freePort();
      const stranger = await listenOn(port);
      await expect(start({ port })).rejects.toMatchObject({ code: 'port-busy', message: expect.stringContaining(String(port)) });
      stranger.close();
      await start({ port });
    });

    it('when the server itself does not start, with what it said', async () => {
      await expect(start({ settings: { shared_buffers: 'nonsense' } })).rejects.toMatchObject({
        code: 'broken',
        message: expect.stringContaining('shared_buffers'),
      });
      await start();
    });

    itWithSmallDisk('when the disk is full', async () => {
      const small = await smallDisk(parent);
      folder = join(small.path, 'postgres');
      try {
        await expect(start()).rejects.toMatchObject({ code: 'disk-full', message: expect.stringContaining('no space left') });
      } finally {
        await small.remove();
      }
    });

    it('when a file stands where the folder should be', async () => {
      mkdirSync(join(parent, 'state'));
      writeFileSync(folder, 'a file');
      chmodSync(folder, 0o600);
      await expect(start()).rejects.toMatchObject({ name: 'CannotStart' });
      expect(existsSync(folder)).toBe(true);
    });
  });
});

async function ask(url: string, sql: string): Promise<readonly object[]> {
  const database = openDatabase({ connectionString: url, poolSize: 1 });
  try {
    return await database.query(sql);
  } finally {
    await database.close();
  }
}

const portOf = (server: EmbeddedPostgres): number => Number(new URL(server.superuserUrl).port);

function listenOn(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

async function freePort(): Promise<number> {
  const server = await listenOn(0);
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function reach(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function smallDisk(parent: string): Promise<{ path: string; remove(): Promise<void> }> {
  const path = join(parent, 'small');
  mkdirSync(path);
  if ((await run('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', path])) !== 0) throw new Error('the small disk was not mounted');
  return { path, remove: async () => void (await run('umount', [path])) };
}

function run(command: string, options: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(command, options, { stdio: 'ignore' });
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  });
}
