import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { link, open, unlink } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Refused } from './failures';

/** A backup file is not whole: cut off, changed, or no backup. The message names the file. */
export class BackupDamaged extends Error {
  override readonly name = 'BackupDamaged';
}

/** What a file holds. */
export type BackupKind = 'log' | 'keys';

/** The end of a file. `digest`: SHA-256 (hex) rolled over all lines before the end, line ends included. */
export type BackupEnd = Readonly<{ count: number; digest: string }>;

const formats: Readonly<Record<BackupKind, string>> = { log: 'guitu backup of the log 1', keys: 'guitu backup of the keys 1' };
const ownerOnly = 0o600;

/** What is written: a first line about the whole, a line for each thing, and what is known at the end only. */
export type BackupContent<First extends object, Line extends object, Last extends object> = Readonly<{
  kind: BackupKind;
  first: First;
  lines: AsyncIterable<Line>;
  last: () => Last;
}>;

/**
 * Writes a new file of mode 0600 beside its place; it gets its name when `place` is called, and nobody's file is replaced.
 * @throws Refused when something has the name already
 */
export async function writeBackup<First extends object, Line extends object, Last extends object>(
  file: string,
  content: BackupContent<First, Line, Last>,
): Promise<BackupEnd & Readonly<{ place: () => Promise<void>; drop: () => Promise<void> }>> {
  refuseToReplace(file);
  const draft = `${file}.unfinished`;
  const rolled = createHash('sha256');
  let count = 0;
  const texts = async function* (): AsyncGenerator<string> {
    yield roll(rolled, JSON.stringify({ format: formats[content.kind], ...content.first }));
    for await (const line of content.lines) {
      count += 1;
      yield roll(rolled, JSON.stringify(line));
    }
    yield `${JSON.stringify({ end: { count, digest: rolled.copy().digest('hex') }, ...content.last() })}\n`;
  };
  const drop = (): Promise<void> => unlink(draft).catch(() => undefined);
  try {
    await pipeline(Readable.from(texts()), createGzip(), createWriteStream(draft, { flags: 'wx', mode: ownerOnly, flush: true }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new Refused(`另一备份正在进行 ${draft} is there: another backup works on it, or was ended; remove it.`);
    await drop();
    throw error;
  }
  const place = async (): Promise<void> => {
    try {
      await link(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') refuseToReplace(file);
      throw error;
    } finally {
      await drop();
    }
    const folder = await open(path.dirname(file), 'r');
    await folder.sync().finally(() => folder.close());
  };
  return { count, digest: rolled.digest('hex'), place, drop };
}

export function refuseToReplace(file: string): void {
  if (existsSync(file)) throw new Refused(`${file} 已存在，不覆盖 is there already; a backup replaces no file.`);
}

function roll(rolled: Hash, line: string): string {
  const text = `${line}\n`;
  rolled.update(text, 'utf8');
  return text;
}

/** The lines of a backup, the first and the last one too, each checked to stand where it stood. Damage anywhere ends in BackupDamaged, at the end at the latest. */
export async function* readBackup(kind: BackupKind, file: string): AsyncGenerator<Readonly<Record<string, unknown>>> {
  const rolled = createHash('sha256');
  let lines = 0;
  let ended = false;
  for await (const text of textsOf(file)) {
    if (ended) throw damaged(file, 'it goes on after its end');
    const line = parsed(text, file);
    if (lines === 0 && line['format'] !== formats[kind]) throw damaged(file, `it is no ${formats[kind]}`);
    if ('end' in line) {
      const { count, digest } = Object(line['end']) as Partial<BackupEnd>;
      if (count !== lines - 1 || digest !== rolled.copy().digest('hex')) throw damaged(file, 'its lines are not those that were written');
      ended = true;
    } else roll(rolled, text);
    lines += 1;
    yield line;
  }
  if (!ended) throw damaged(file, 'its end is missing');
}

/** The first and the last line of a backup that is whole. @throws BackupDamaged */
export async function checkBackup(
  kind: BackupKind,
  file: string,
): Promise<Readonly<{ first: Readonly<Record<string, unknown>>; last: Readonly<Record<string, unknown>> }>> {
  let first: Readonly<Record<string, unknown>> = {};
  let last: Readonly<Record<string, unknown>> = {};
  for await (const line of readBackup(kind, file)) {
    if ('format' in line) first = line;
    last = line;
  }
  return { first, last };
}

async function* textsOf(file: string): AsyncGenerator<string> {
  const unzipped = createGunzip();
  const source = createReadStream(file);
  const broken = new Promise<never>((_, reject) => {
    source.once('error', reject);
    unzipped.once('error', reject);
  });
  broken.catch(() => undefined);
  source.pipe(unzipped);
  const lines = createInterface({ input: unzipped, crlfDelay: Infinity })[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { value, done } = await Promise.race([lines.next(), broken]);
      if (done === true) break;
      yield value as string;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_') === true) throw damaged(file, 'it is cut off, or no compressed file');
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') throw damaged(file, `it cannot be read (${code})`);
    throw error;
  } finally {
    source.destroy();
    unzipped.destroy();
  }
}

function parsed(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found === 'object' && found !== null) return found as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw damaged(file, 'a line is no JSON');
}

export const damaged = (file: string, why: string): BackupDamaged => new BackupDamaged(`备份不完整 the backup ${file} is damaged: ${why}.`);
