import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from './cannot-start';

/** What lies in a data folder of ours. */
export type Folder = Readonly<{ path: string; data: string; password: string; log: string }>;

type Marker = Readonly<{ format: 1; port?: number }>;

const markerName = 'guitu.json';
const unfinishedMarker = `${markerName}.new`;

/**
 * Opens a folder of ours or makes one in an empty place. A folder with something else in it is never touched.
 * @throws CannotStart foreign-folder
 */
export function openFolder(path: string): Folder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const real = realpathSync(path);
  const names = readdirSync(real).filter((name) => name !== unfinishedMarker);
  if (names.length > 0) readMarker(real);
  else writeMarker(real, { format: 1 });
  return { path: real, data: join(real, 'data'), password: join(real, 'password'), log: join(real, 'postgres.log') };
}

function readMarker(path: string): Marker {
  const marker = parse(path);
  if (marker?.format === 1) return marker;
  throw new CannotStart(
    'foreign-folder',
    `${path} holds something else than a database of this program. Name an empty folder, or one that does not exist yet.`,
  );
}

function parse(path: string): Marker | undefined {
  try {
    return JSON.parse(readFileSync(join(path, markerName), 'utf8')) as Marker;
  } catch {
    return undefined;
  }
}

export function rememberedPort(folder: Folder): number | undefined {
  return readMarker(folder.path).port;
}

export function rememberPort(folder: Folder, port: number): void {
  writeMarker(folder.path, { format: 1, port });
}

/** Whole or not at all, also through a loss of power. */
function writeMarker(path: string, marker: Marker): void {
  const unfinished = join(path, unfinishedMarker);
  const descriptor = openSync(unfinished, 'w', 0o600);
  try {
    writeFileSync(descriptor, `${JSON.stringify(marker)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(unfinished, join(path, markerName));
}
