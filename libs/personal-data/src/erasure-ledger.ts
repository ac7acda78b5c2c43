import { link, mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  firstLine,
  isErasureEntry,
  nextLine,
  parseLedger,
  plainKeys,
  type ErasureEntry,
  type LedgerHead,
  type LedgerLine,
  type LedgerText,
} from './erasure-ledger-lines';
import { LedgerMissing, UnsafeLedger } from './errors';
import { errorCode, withDraft } from './key-file-draft';

const othersMayAct = 0o077;

/**
 * The list of everything that was erased, apart from database and backups: what a restored backup brings back is erased again by it. One line of
 * JSON for each erasure, chained by SHA-256. Every method reads and checks the whole file: erasures are rare.
 */
export type ErasureLedger = Readonly<{
  path: string;
  /**
   * Writes the erasure down, on disk before it answers; one that is in the ledger already is left as it is. Begins by taking away what an append that
   * broke off has left. One process at a time: see `recordErasure`. @returns the number of its line, from 1
   */
  append(entry: ErasureEntry): Promise<number>;
  /** All entries, or those after a number, in order. */
  entries(after?: number): AsyncIterable<ErasureEntry>;
  head(): Promise<LedgerHead>;
  /** The head that the ledger had when it held so many entries; undefined when it holds fewer. */
  headAt(count: number): Promise<LedgerHead | undefined>;
}>;

/**
 * Opens the ledger. Every method throws LedgerMissing, LedgerDamaged or UnsafeLedger, with the file and the remedy.
 * @param options.make a file that is not there is made (mode 0600); else it is missing
 */
export async function openErasureLedger(path: string, { make = true }: Readonly<{ make?: boolean }> = {}): Promise<ErasureLedger> {
  if (make && !(await isThere(path))) await makeLedger(path);
  const read = (): Promise<LedgerText> => withFile(path, 'r', (file) => readText(file, path));
  await read();
  let last: Promise<unknown> = Promise.resolve();
  return {
    path,
    append(entry) {
      const appended = last.then(() => withFile(path, 'r+', (file) => appendTo(file, path, entry)));
      last = appended.catch(() => undefined);
      return appended;
    },
    async *entries(after = 0) {
      for (const { entry } of (await read()).lines.slice(after)) yield entry;
    },
    head: async () => (await read()).head,
    async headAt(count) {
      const { head, start, lines } = await read();
      const digest = count === 0 ? start : lines[count - 1]?.digest;
      return digest === undefined ? undefined : { ledger: head.ledger, count, digest };
    },
  };
}

async function appendTo(file: FileHandle, path: string, entry: ErasureEntry): Promise<number> {
  if (!isErasureEntry(entry)) throw new TypeError('an entry of the erasure ledger names stream, erasure, time and keys');
  const { head, lines, wholeBytes } = await readText(file, path);
  const there = lines.find((line) => isSame(line, entry));
  if (there === undefined) {
    await file.truncate(wholeBytes);
    const line = nextLine(head, entry);
    await file.write(line, 0, line.length, wholeBytes);
  }
  // Also for a line that was there: the process that wrote it may have been killed before it was on disk.
  await file.sync();
  return there?.number ?? head.count + 1;
}

/** After a restore an erasure may be decided anew under the same name, and reach keys that were made since: that is another line. */
const isSame = ({ entry }: LedgerLine, { stream, erasureId, keys }: ErasureEntry): boolean =>
  entry.stream === stream && entry.erasureId === erasureId && isDeepStrictEqual(entry.keys, plainKeys(keys));

async function isThere(path: string): Promise<boolean> {
  try {
    await withFile(path, 'r', () => Promise.resolve());
    return true;
  } catch (error) {
    if (error instanceof LedgerMissing) return false;
    throw error;
  }
}

/** The name appears only with a whole first line behind it; of several processes that start at once one makes it. */
async function makeLedger(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await withDraft(path, firstLine(), (draft) =>
    link(draft, path).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    }),
  );
}

async function readText(file: FileHandle, path: string): Promise<LedgerText> {
  const found = await file.stat();
  if (!found.isFile()) throw new UnsafeLedger(`the erasure ledger ${path} is not a plain file`);
  if ((found.mode & othersMayAct) !== 0)
    throw new UnsafeLedger(`the erasure ledger ${path} is open to other users; allow its owner alone: chmod 600 ${path}`);
  return parseLedger(await file.readFile(), path);
}

async function withFile<T>(path: string, flags: 'r' | 'r+', work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, flags).catch((error: unknown) => {
    const code = errorCode(error);
    if (code === 'ENOENT') throw new LedgerMissing(`the erasure ledger ${path} is not there; put it back in place`);
    throw new UnsafeLedger(`the erasure ledger ${path} cannot be opened (${code ?? 'unknown reason'})`);
  });
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
