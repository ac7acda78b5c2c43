import { readFileSync } from 'node:fs';
import { chooseAccount } from './account';
import { usableBinaries } from './binaries';
import { asCannotStart } from './cannot-start';
import { createCluster, superuser } from './create-cluster';
import { openFolder, rememberPort, rememberedPort, type Folder } from './folder';
import { launchServer, portBusy, readyWithinMs, type ServerSettings } from './launch-server';
import { takeOwnership } from './owner-lock';
import { address, findFreePort, isFree } from './ports';
import { clearLeftovers, findPostmaster, shutDown, waitUntil } from './postmaster';

export type EmbeddedPostgresOptions = Readonly<{
  /** Ours alone: made when it does not exist, refused when something else lies in it. */
  folder: string;
  /** 0 or nothing: a free one, the same again at the next start as long as it is free. */
  port?: number;
  /** Settings of the server, as on its command line. An adopted server keeps those it was started with. */
  settings?: ServerSettings;
}>;

export type EmbeddedPostgres = Readonly<{
  /** Holds the password: for connecting, never for printing. */
  superuserUrl: string;
  /** The server had survived its service and goes on as it was. */
  adopted: boolean;
  /** Stops the server, adopted or not, and gives the folder free. Twice is harmless. */
  stop(): Promise<void>;
}>;

/**
 * Starts the database of this folder, or adopts the one that still runs there after its service was killed.
 * It listens on 127.0.0.1 only, asks everybody for a password, and keeps checksums of its pages.
 * @throws CannotStart
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  let release = (): void => undefined;
  try {
    const folder = openFolder(options.folder);
    release = await takeOwnership(folder.path);
    const running = (await adopt(folder, options.port ?? 0)) ?? (await launch(folder, options));
    return { superuserUrl: urlOf(folder, running.port), adopted: running.adopted, stop: stopOnce(folder, running.pid, release) };
  } catch (error) {
    release();
    throw asCannotStart(error, options.folder);
  }
}

type Running = Readonly<{ pid: number; port: number; adopted: boolean }>;

async function adopt(folder: Folder, port: number): Promise<Running | undefined> {
  const settled = () => ['ready', 'stopping', undefined].includes(findPostmaster(folder.data)?.status);
  if (!(await waitUntil(settled, readyWithinMs))) throw new Error('a server runs in this folder and does not become ready');
  const found = findPostmaster(folder.data);
  if (!found) return undefined;
  if (found.status === 'ready' && (port === 0 || port === found.port)) return { pid: found.pid, port: found.port, adopted: true };
  await shutDown(found.pid, folder.data);
  return undefined;
}

async function launch(folder: Folder, options: EmbeddedPostgresOptions): Promise<Running> {
  const port = await choosePort(folder, options.port ?? 0);
  const account = chooseAccount(folder.data);
  const binaries = usableBinaries(account);
  await createCluster(folder, binaries, account);
  await clearLeftovers(folder.data);
  const pid = await launchServer(folder, binaries, account, { port, settings: options.settings ?? {} });
  rememberPort(folder, port);
  return { pid, port, adopted: false };
}

async function choosePort(folder: Folder, wanted: number): Promise<number> {
  if (wanted !== 0) {
    if (await isFree(wanted)) return wanted;
    throw portBusy(wanted);
  }
  const remembered = rememberedPort(folder);
  return remembered !== undefined && (await isFree(remembered)) ? remembered : findFreePort();
}

function urlOf(folder: Folder, port: number): string {
  return `postgres://${superuser}:${readFileSync(folder.password, 'utf8').trim()}@${address}:${port}/postgres`;
}

function stopOnce(folder: Folder, pid: number, release: () => void): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  return () => (stopping ??= shutDown(pid, folder.data).finally(release));
}
