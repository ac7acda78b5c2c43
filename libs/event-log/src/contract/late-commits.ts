import { idsOf, newRecord, newRecords, newStream, readToEnd } from './records';
import { VersionConflict } from '../errors';
import type { EventLog } from '../port';
import type { OpenedLog } from '../contract';

/** What a reader may rely on while others write: nothing appears behind it, and nothing appears in halves. */
export function describeLateCommits(opened: () => OpenedLog): void {
  const log = () => opened().log;

  describe('reading while others write', () => {
    it('what was read once is the beginning of all that is read later, however long an append takes', async () => {
      const start = await log().head();
      const reading = keepReading(() => readToEnd(log(), start, 200));
      await Promise.all(slowAndFast(log()));
      const snapshots = await reading.stop();
      const last = idsOf(await readToEnd(log(), start, 500));
      expect(last).toHaveLength(4 * 20 + 60);
      for (const snapshot of snapshots) expect(idsOf(snapshot)).toEqual(last.slice(0, snapshot.length));
    });

    it('an append is seen as a whole or not at all', async () => {
      const stream = newStream();
      const reading = keepReading(() => log().read(stream));
      for (let version = 0; version < 200; version += 40) await log().append(stream, version, newRecords(40));
      const lengths = (await reading.stop()).map(({ length }) => length);
      expect(lengths.filter((length) => length % 40 !== 0)).toEqual([]);
    });

    it('the head never goes back, and up to it everything can be read', async () => {
      const start = await log().head();
      const reading = keepReading(async () => {
        const head = await log().head();
        return { head, last: (await readToEnd(log(), start, 300)).at(-1)?.position ?? start };
      });
      await Promise.all(slowAndFast(log()));
      const seen = await reading.stop();
      expect(seen.every(({ head }, index) => index === 0 || head >= seen[index - 1]!.head)).toBe(true);
      expect(seen.every(({ head, last }) => last >= head)).toBe(true);
    });

    it('what an append has answered is there for everybody at once', async () => {
      const appends = Array.from({ length: 20 }, async () => {
        const before = await log().head();
        const record = newRecord();
        const { position } = await log().append(newStream(), 0, [record]);
        const found = (await readToEnd(log(), before, 100)).find(({ id }) => id === record.id);
        expect(found?.position).toBe(position);
      });
      await Promise.all(appends);
    });
  });

  describe('two logs on the same records', () => {
    it('the same append sent through both is written once, and only one of them says that it wrote', async () => {
      await withAnother(opened(), async (other) => {
        for (let round = 0; round < 10; round += 1) {
          const stream = newStream();
          const records = newRecords(2);
          const results = await Promise.all([log(), other].map((one) => one.append(stream, 0, records)));
          expect(results.map(({ replayed }) => replayed).sort()).toEqual([false, true]);
          expect(idsOf(await log().read(stream))).toEqual(idsOf(records));
        }
      });
    });

    it('one learns what the other wrote: a conflict names the version of now, a repeat is known again', async () => {
      await withAnother(opened(), async (other) => {
        const stream = newStream();
        const first = newRecords(2);
        await log().append(stream, 0, first);
        const theirs = newRecords(3);
        const result = await other.append(stream, 2, theirs);
        await expect(log().append(stream, 2, newRecords(1))).rejects.toMatchObject({ name: 'VersionConflict', expected: 2, actual: 5 });
        expect(await log().append(stream, 5, theirs)).toEqual({ ...result, replayed: true });
        await expect(log().append(stream, 5, [newRecord(), theirs[0]!])).rejects.toMatchObject({ name: 'EventIdTaken' });
        expect(idsOf(await other.read(stream))).toEqual(idsOf([...first, ...theirs]));
      });
    });

    it('both going on after every conflict: a stream without holes or repeats', async () => {
      await withAnother(opened(), async (other) => {
        const stream = newStream();
        const written = await Promise.all([log(), other].map((one) => writeOneByOne(one, stream, 15)));
        const records = await log().read(stream);
        expect(records.map(({ version }) => version)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
        expect(new Set(idsOf(records))).toEqual(new Set(written.flat()));
      });
    });
  });
}

/** Appends of 900 KB in 20 records, and small ones that overtake them. */
function slowAndFast(log: EventLog): readonly Promise<unknown>[] {
  const large = { envelope: new Uint8Array(45_000).fill(66) };
  const slow = Array.from({ length: 4 }, () => log.append(newStream(), 0, newRecords(20, large)));
  return [...slow, ...Array.from({ length: 60 }, () => log.append(newStream(), 0, [newRecord()]))];
}

/** Repeats the reading until it is stopped; gives all results, of which the last one was read after the stop. */
function keepReading<T>(read: () => Promise<T>): { stop(): Promise<readonly T[]> } {
  let stopped = false;
  const results: T[] = [];
  const work = (async () => {
    for (let last = false; !last;) {
      last = stopped;
      results.push(await read());
      await new Promise((resolve) => setImmediate(resolve));
    }
    return results;
  })();
  return {
    stop: () => {
      stopped = true;
      return work;
    },
  };
}

/** Nothing to compare where every log of the kind has records of its own, as in memory. */
async function withAnother(opened: OpenedLog, work: (other: EventLog) => Promise<void>): Promise<void> {
  const other = await opened.openAnother();
  try {
    const stream = newStream();
    await other.append(stream, 0, [newRecord()]);
    if ((await opened.log.read(stream)).length > 0) await work(other);
  } finally {
    await other.close();
  }
}

async function writeOneByOne(log: EventLog, stream: string, count: number): Promise<readonly string[]> {
  const written: string[] = [];
  let version = 0;
  while (written.length < count) {
    const record = newRecord();
    try {
      version = (await log.append(stream, version, [record])).version;
      written.push(record.id);
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      version = error.actual;
    }
  }
  return written;
}
