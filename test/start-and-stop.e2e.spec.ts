import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../apps/player/src/throwaway';
import { processesOf, startService, stillAlive, type ServiceProcess } from './support/service-process';

const WITHIN_MS = 120_000;
const EXIT_CANNOT_START = 2;
const folders: string[] = [];
const services: ServiceProcess[] = [];

const freshFolder = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-start-'));
  folders.push(folder);
  return folder;
};
const start = (settings: Parameters<typeof startService>[0]): ServiceProcess => {
  const service = startService(settings);
  services.push(service);
  return service;
};
/** One sentence for the operator, and nothing that only a programmer reads. */
const expectSentence = (service: ServiceProcess): void => {
  expect(service.said().stdout).toBe('');
  expect(service.said().stderr.trim().split('\n')).toHaveLength(1);
  expect(service.said().stderr).toMatch(/^Guitu cannot start: .+\.$/m);
  expect(service.said().stderr).not.toMatch(/ at .+:\d+:\d+/);
};
const occupied = (): Promise<Server> =>
  new Promise((resolve) => {
    const server: Server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  });

describe('The service starts on one folder and port, and leaves nothing behind', () => {
  afterAll(async () => {
    for (const { child, ended } of services) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    }
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }, WITHIN_MS);

  it(
    'Ctrl-C stops everything: exit code 0, and no process of its folder is left',
    async () => {
      const folder = freshFolder();
      const port = await freePort();
      const service = start({ GUITU_DATA_FOLDER: folder, GUITU_PORT: String(port) });
      await service.started;
      const pids = processesOf(folder);
      expect(pids.length).toBeGreaterThan(1);
      expect(service.said().stdout.trim().split('\n')).toHaveLength(4);
      expect(service.said().stdout).toContain(`http://127.0.0.1:${port}/v1`);
      service.child.kill('SIGINT');
      expect(await service.ended).toBe(0);
      expect(await stillAlive(pids)).toEqual([]);
      expect(processesOf(folder)).toEqual([]);
      expect(service.said().stderr).toBe('');
    },
    WITHIN_MS,
  );

  it(
    'a second instance on the same folder is refused, and the first goes on',
    async () => {
      const folder = freshFolder();
      const port = await freePort();
      const first = start({ GUITU_DATA_FOLDER: folder, GUITU_PORT: String(port) });
      await first.started;
      const second = start({ GUITU_DATA_FOLDER: folder, GUITU_PORT: String(await freePort()) });
      expect(await second.ended).toBe(EXIT_CANNOT_START);
      expectSentence(second);
      expect(second.said().stderr).toContain(folder);
      expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
    },
    WITHIN_MS,
  );

  it(
    'a busy port is refused, and its database is stopped again',
    async () => {
      const folder = freshFolder();
      const server = await occupied();
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const service = start({ GUITU_DATA_FOLDER: folder, GUITU_PORT: String(port) });
      expect(await service.ended).toBe(EXIT_CANNOT_START);
      expectSentence(service);
      expect(service.said().stderr).toContain(String(port));
      expect(await stillAlive(processesOf(folder))).toEqual([]);
      server.close();
    },
    WITHIN_MS,
  );

  it(
    'a folder with things of somebody else is refused and left as it is',
    async () => {
      const folder = freshFolder();
      writeFileSync(path.join(folder, 'letter.txt'), 'not ours');
      const service = start({ GUITU_DATA_FOLDER: folder, GUITU_PORT: String(await freePort()) });
      expect(await service.ended).toBe(EXIT_CANNOT_START);
      expectSentence(service);
      expect(service.said().stderr).toContain(folder);
      expect(existsSync(path.join(folder, 'letter.txt'))).toBe(true);
    },
    WITHIN_MS,
  );

  it(
    'wrong settings are all named at once, without their values',
    async () => {
      const service = start({ GUITU_DATA_FOLDER: freshFolder(), GUITU_PORT: 'eighty', GUITU_COLOUR: 'red' });
      expect(await service.ended).toBe(EXIT_CANNOT_START);
      expect(service.said().stderr).toContain('GUITU_COLOUR');
      expect(service.said().stderr).toContain('GUITU_PORT');
      expect(service.said().stderr).not.toMatch(/eighty|red\b/);
    },
    WITHIN_MS,
  );
});
