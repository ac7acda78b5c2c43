import { EventIdTaken, VersionConflict } from '../errors';
import { bytesOf, contentOf, failureOf, idsOf, newRecord, newRecords, newStream } from './records';
import type { OpenedLog } from '../contract';

export function describeIdempotence(opened: () => OpenedLog): void {
  const log = () => opened().log;

  describe('the same append again', () => {
    it.each([0, 1, 2, 3, 9, 400])('gives the first result, expecting version %i', async (expected) => {
      const stream = newStream();
      await log().append(stream, 0, newRecords(2));
      const records = newRecords(3);
      const first = await log().append(stream, 2, records);
      await log().append(stream, 5, newRecords(2));
      expect(await log().append(stream, expected, records)).toEqual({ ...first, replayed: true });
    });

    it('gives the first result, expecting the current head', async () => {
      const stream = newStream();
      const records = newRecords(3);
      const first = await log().append(stream, 0, records);
      expect(await log().append(stream, 3, records)).toEqual({ ...first, replayed: true });
      await log().append(stream, 3, [newRecord()]);
      expect(await log().append(stream, 4, records)).toEqual({ ...first, replayed: true });
    });

    it('writes nothing', async () => {
      const stream = newStream();
      const records = newRecords(3);
      await log().append(stream, 0, records);
      const head = await log().head();
      for (const expected of [0, 3, 1]) await log().append(stream, expected, records);
      expect(idsOf(await log().read(stream))).toEqual(idsOf(records));
      expect(await log().head()).toBe(head);
    });

    it('keeps the first bytes: a retry sealed with new nonces is still a retry', async () => {
      const stream = newStream();
      const first = newRecord({ secrets: { d1: 'c1' } });
      await log().append(stream, 0, [first]);
      const again = { ...first, type: 'Other', envelope: bytesOf('{"other":1}'), secrets: { d2: 'c2' } };
      expect((await log().append(stream, 0, [again])).replayed).toBe(true);
      expect((await log().read(stream)).map(contentOf)).toEqual([contentOf(first)]);
    });

    it('is recognised long after', async () => {
      const stream = newStream();
      const first = newRecord();
      const result = await log().append(stream, 0, [first]);
      for (let version = 1; version <= 30; version += 1) await log().append(stream, version, [newRecord()]);
      expect(await log().append(stream, 0, [first])).toEqual({ ...result, replayed: true });
    });

    it('is written once when all of its copies are sent at the same time', async () => {
      const stream = newStream();
      const records = newRecords(2);
      const results = await Promise.all(Array.from({ length: 16 }, () => log().append(stream, 0, records)));
      expect(results.filter((result) => !result.replayed)).toHaveLength(1);
      expect(new Set(results.map((result) => result.position)).size).toBe(1);
      expect(await log().read(stream)).toHaveLength(2);
    });

    it.each([
      ['the beginning', 0, 2],
      ['the middle', 1, 3],
      ['the end', 2, 4],
    ])('counts for %s of what lies side by side', async (_, from, to) => {
      const stream = newStream();
      const records = newRecords(4);
      await log().append(stream, 0, records);
      expect(await log().append(stream, 4, records.slice(from, to))).toMatchObject({ version: to, replayed: true });
    });
  });

  describe('recorded ids in another company', () => {
    const first = () => newRecords(3);
    it.each<[string, (records: ReturnType<typeof first>) => ReturnType<typeof first>]>([
      ['followed by a new one', (records) => [...records, newRecord()]],
      ['after a new one', (records) => [newRecord(), ...records]],
      ['with a new one between', (records) => [records[0]!, newRecord(), records[1]!]],
      ['in another order', (records) => [...records].reverse()],
      ['with one left out', (records) => [records[0]!, records[2]!]],
    ])('%s are refused, whatever version is expected', async (_, change) => {
      const stream = newStream();
      const records = first();
      await log().append(stream, 0, records);
      for (const expected of [0, 1, 3]) {
        expect(await failureOf(log().append(stream, expected, change(records)))).toBeInstanceOf(EventIdTaken);
      }
      expect(idsOf(await log().read(stream))).toEqual(idsOf(records));
    });

    it('are refused in another stream where the engine sees ids of the whole log', async () => {
      const record = newRecord();
      await log().append(newStream(), 0, [record]);
      const other = newStream();
      const outcome = await log()
        .append(other, 0, [record])
        .catch((error: unknown) => error);
      if (opened().idsAreUniqueIn === 'log') {
        expect(outcome).toBeInstanceOf(EventIdTaken);
        expect(await log().read(other)).toEqual([]);
      } else {
        expect(outcome).toMatchObject({ version: 1, replayed: false });
      }
    });

    it('sent to two streams at the same time, win in one of them at most', async () => {
      if (opened().idsAreUniqueIn === 'stream') return;
      const record = newRecord();
      const results = await Promise.allSettled([newStream(), newStream(), newStream()].map((stream) => log().append(stream, 0, [record])));
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(EventIdTaken);
    });

    it('are no excuse for a wrong version of new records', async () => {
      const stream = newStream();
      await log().append(stream, 0, newRecords(2));
      expect(await failureOf(log().append(stream, 0, newRecords(2)))).toBeInstanceOf(VersionConflict);
    });
  });
}
