import { LogUnavailable, VersionConflict } from '../errors';
import type { EventLog, StoredRecord } from '../port';
import { failureOf, idsOf, newRecord, newRecords, newStream, readToEnd } from './records';
import type { OpenedLog } from '../contract';

const writers = 32;
const appendsPerWriter = 10;

export function describeWriters(opened: () => OpenedLog): void {
  const log = () => opened().log;

  describe(`${writers} writers at once`, () => {
    it('on streams of their own lose nothing and conflict never', async () => {
      const start = await log().head();
      const streams = Array.from({ length: writers }, () => newStream());
      await Promise.all(streams.map((stream) => writeAlone(log(), stream)));
      expect(await readToEnd(log(), start, 100)).toHaveLength(writers * appendsPerWriter);
      for (const stream of streams) expect(await log().read(stream)).toHaveLength(appendsPerWriter);
    });

    it('on one stream: exactly one wins each version, the others learn the truth', async () => {
      const stream = newStream();
      const results = await Promise.allSettled(Array.from({ length: writers }, () => log().append(stream, 0, [newRecord()])));
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      const conflicts = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      expect(conflicts.every((conflict) => conflict instanceof VersionConflict && conflict.actual === 1)).toBe(true);
      expect(await log().read(stream)).toHaveLength(1);
    });

    it('on one stream, each going on after a conflict: a stream without holes or repeats', async () => {
      const stream = newStream();
      const written = await Promise.all(Array.from({ length: writers }, () => writeInCompany(log(), stream, 3)));
      const records = await log().read(stream);
      expect(records.map((record) => record.version)).toEqual(records.map((_, index) => index + 1));
      expect(new Set(idsOf(records))).toEqual(new Set(written.flat()));
      expect(records).toHaveLength(writers * 3);
    });

    it('appends sent without waiting for each other are taken in the order of sending', async () => {
      const stream = newStream();
      const records = newRecords(20);
      await Promise.all(records.map((record, version) => log().append(stream, version, [record])));
      expect(idsOf(await log().read(stream))).toEqual(idsOf(records));
    });

    it('a follower that polls meanwhile misses nothing and sees nothing twice', async () => {
      const start = await log().head();
      const streams = Array.from({ length: writers }, () => newStream());
      const total = writers * appendsPerWriter;
      const [seen] = await Promise.all([follow(log(), start, total), ...streams.map((stream) => writeAlone(log(), stream))]);
      expect(new Set(idsOf(seen)).size).toBe(total);
      expect(idsOf(seen)).toEqual(idsOf(await readToEnd(log(), start, 1000)));
    });
  });

  describe('the bell', () => {
    it('rings after an append, and no more once it is let go', async () => {
      const bell = log().onAppended?.bind(log());
      if (!bell) return;
      let rings = 0;
      const rung = new Promise<void>((resolve) => {
        const letGo = bell(() => {
          rings += 1;
          letGo();
          resolve();
        });
      });
      await log().append(newStream(), 0, [newRecord()]);
      await rung;
      await log().append(newStream(), 0, [newRecord()]);
      await new Promise((resolve) => setImmediate(resolve));
      expect(rings).toBe(1);
    });
  });

  describe('closing', () => {
    it('a closed log refuses every call; closing twice is harmless', async () => {
      const other = await opened().openAnother();
      await other.append(newStream(), 0, [newRecord()]);
      await other.close();
      await other.close();
      const calls = [other.append(newStream(), 0, [newRecord()]), other.read('case-1'), other.readAll(0n, 1), other.head()];
      for (const call of await Promise.all(calls.map(failureOf))) {
        expect(call).toBeInstanceOf(LogUnavailable);
        expect(call).toMatchObject({ reason: 'closed' });
      }
    });

    it('reads under way are finished first', async () => {
      const other = await opened().openAnother();
      const stream = newStream();
      await other.append(stream, 0, newRecords(100));
      const work = [other.read(stream), other.readAll(0n, 10), other.head()] as const;
      await other.close();
      const [records, page, head] = await Promise.all(work);
      expect(records).toHaveLength(100);
      expect(page.length).toBeGreaterThan(0);
      expect(head).toBeGreaterThan(0n);
    });

    it('appends that wait for each other on one stream are all written, in their order', async () => {
      const other = await opened().openAnother();
      const stream = newStream();
      const work = newRecords(20).map((record, version) => other.append(stream, version, [record]));
      await other.close();
      expect((await Promise.all(work)).map(({ version }) => version)).toEqual(work.map((_, index) => index + 1));
    });

    it('a closed log rings no bell any more', async () => {
      const other = await opened().openAnother();
      let rings = 0;
      other.onAppended?.(() => (rings += 1));
      await other.close();
      await failureOf(other.append(newStream(), 0, [newRecord()]));
      await new Promise((resolve) => setImmediate(resolve));
      expect(rings).toBe(0);
    });

    it('appends under way are finished first', async () => {
      const other = await opened().openAnother();
      const work = Array.from({ length: 50 }, () => other.append(newStream(), 0, newRecords(2)));
      await other.close();
      expect((await Promise.allSettled(work)).map((result) => result.status)).toEqual(work.map(() => 'fulfilled'));
    });
  });
}

async function writeAlone(log: EventLog, stream: string): Promise<void> {
  for (let version = 0; version < appendsPerWriter; version += 1) await log.append(stream, version, [newRecord()]);
}

async function writeInCompany(log: EventLog, stream: string, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let version = 0;
  while (ids.length < count) {
    const record = newRecord();
    try {
      version = (await log.append(stream, version, [record])).version;
      ids.push(record.id);
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      version = error.actual;
    }
  }
  return ids;
}

async function follow(log: EventLog, after: bigint, total: number): Promise<readonly StoredRecord[]> {
  const seen: StoredRecord[] = [];
  while (seen.length < total) {
    seen.push(...(await log.readAll(seen.at(-1)?.position ?? after, 37)));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return seen;
}
