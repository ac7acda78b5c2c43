import { InvalidRead } from '../errors';
import { contentOf, failureOf, idsOf, newRecord, newRecords, newStream, readToEnd } from './records';
import type { OpenedLog } from '../contract';

export function describeReading(opened: () => OpenedLog): void {
  const log = () => opened().log;

  describe('reading a stream', () => {
    it('a stream without records is empty', async () => {
      expect(await log().read(newStream())).toEqual([]);
    });

    it.each(['', 'Case-1', "x'; drop table record; --", 'case-患者', '$all', 'a'.repeat(5000)])(
      'a name that cannot exist is empty: %.20s',
      async (name) => {
        expect(await log().read(name)).toEqual([]);
      },
    );

    it('gives the records in the order in which they were appended', async () => {
      const stream = newStream();
      const [first, second] = [newRecords(3), newRecords(2)];
      await log().append(stream, 0, first);
      await log().append(stream, 3, second);
      expect((await log().read(stream)).map(contentOf)).toEqual([...first, ...second].map(contentOf));
    });

    it.each([
      [0, undefined, [1, 2, 3, 4, 5]],
      [0, 2, [1, 2]],
      [2, 2, [3, 4]],
      [4, 2, [5]],
      [3, undefined, [4, 5]],
      [5, undefined, []],
      [99, 3, []],
      [0, 10_000, [1, 2, 3, 4, 5]],
    ])('after version %p with limit %p gives versions %p', async (after, limit, versions) => {
      const stream = newStream();
      await log().append(stream, 0, newRecords(5));
      const page = await log().read(stream, limit === undefined ? { after } : { after, limit });
      expect(page.map((record) => record.version)).toEqual(versions);
    });

    it.each([{ after: -1 }, { after: 1.5 }, { after: NaN }, { limit: 0 }, { limit: -3 }, { limit: 10_001 }, { limit: 2.5 }])(
      '%p is refused',
      async (options) => {
        expect(await failureOf(log().read(newStream(), options))).toBeInstanceOf(InvalidRead);
      },
    );

    it('sees its own append at once', async () => {
      const stream = newStream();
      for (let version = 0; version < 10; version += 1) {
        await log().append(stream, version, [newRecord()]);
        expect(await log().read(stream)).toHaveLength(version + 1);
      }
    });
  });

  describe('reading the whole log', () => {
    it('gives every record once, in position order, whatever the page size', async () => {
      const start = await log().head();
      const streams = [newStream(), newStream('agency'), newStream('person')];
      for (let version = 0; version < 4; version += 1) for (const stream of streams) await log().append(stream, version * 2, newRecords(2));
      const all = await readToEnd(log(), start, 10_000);
      expect(all).toHaveLength(24);
      expect(all.every((record, index) => index === 0 || record.position > all[index - 1]!.position)).toBe(true);
      for (const pageSize of [1, 2, 5, 7, 23, 24, 25]) expect(await readToEnd(log(), start, pageSize)).toEqual(all);
    });

    it('gives a record as its stream gives it', async () => {
      const start = await log().head();
      const stream = newStream();
      await log().append(stream, 0, newRecords(3, { secrets: { digest: 'ciphertext' } }));
      expect(await log().readAll(start, 10)).toEqual(await log().read(stream));
    });

    it('keeps the records of one append side by side, in their order', async () => {
      const start = await log().head();
      const appends = Array.from({ length: 12 }, () => newRecords(3));
      await Promise.all(appends.map((records) => log().append(newStream(), 0, records)));
      const ids = idsOf(await readToEnd(log(), start, 7));
      for (const records of appends) {
        const at = ids.indexOf(records[0]!.id);
        expect(ids.slice(at, at + 3)).toEqual(idsOf(records));
      }
    });

    it('goes on inside an append where the page before ended', async () => {
      const start = await log().head();
      const records = newRecords(5);
      await log().append(newStream(), 0, records);
      const first = await log().readAll(start, 2);
      expect(idsOf(await log().readAll(first.at(-1)!.position, 2))).toEqual(idsOf(records.slice(2, 4)));
      expect(idsOf(await log().readAll(first[0]!.position, 100))).toEqual(idsOf(records.slice(1)));
    });

    it('from the beginning gives the records of the beginning, again and again', async () => {
      await log().append(newStream(), 0, newRecords(3));
      const first = await log().readAll(0n, 3);
      expect(first).toHaveLength(3);
      await log().append(newStream(), 0, newRecords(3));
      expect(await log().readAll(0n, 3)).toEqual(first);
    });

    it('after the head there is nothing', async () => {
      await log().append(newStream(), 0, [newRecord()]);
      expect(await log().readAll(await log().head(), 5)).toEqual([]);
    });

    it('the head is the position of the last append', async () => {
      const { position } = await log().append(newStream(), 0, newRecords(3));
      expect(await log().head()).toBe(position);
    });

    it.each<[bigint, number]>([
      [-1n, 10],
      [0n, 0],
      [0n, -1],
      [0n, 10_001],
      [0n, 1.5],
      [1n << 63n, 10],
    ])('after %p with limit %p is refused', async (after, limit) => {
      expect(await failureOf(log().readAll(after, limit))).toBeInstanceOf(InvalidRead);
    });
  });
}
