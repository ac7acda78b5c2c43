import { VersionConflict } from '../errors';
import { contentOf, failureOf, idsOf, newRecord, newRecords, newStream } from './records';
import type { OpenedLog } from '../contract';

export function describeVersions(opened: () => OpenedLog): void {
  const log = () => opened().log;

  describe('versions', () => {
    it('a new stream starts at version 1', async () => {
      const stream = newStream();
      expect(await log().append(stream, 0, [newRecord()])).toMatchObject({ version: 1, replayed: false });
    });

    it.each([2, 3, 12, 100])('an append of %i records ends at the version of the last one', async (count) => {
      const stream = newStream();
      expect((await log().append(stream, 0, newRecords(count))).version).toBe(count);
      expect((await log().read(stream)).map((record) => record.version)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    });

    it('the next append goes on at the next version', async () => {
      const stream = newStream();
      await log().append(stream, 0, newRecords(2));
      expect((await log().append(stream, 2, newRecords(3))).version).toBe(5);
      expect((await log().append(stream, 5, [newRecord()])).version).toBe(6);
    });

    it('streams count their versions apart from each other', async () => {
      const [one, other] = [newStream(), newStream()];
      await log().append(one, 0, newRecords(3));
      expect((await log().append(other, 0, [newRecord()])).version).toBe(1);
      expect((await log().append(one, 3, [newRecord()])).version).toBe(4);
    });

    it('streams whose names differ in the case of a letter are two streams', async () => {
      const name = `case-x${newStream().slice(5)}`;
      await log().append(name, 0, [newRecord()]);
      expect((await log().append(name.replace('case-x', 'case-X'), 0, [newRecord()])).version).toBe(1);
    });

    it('a stream whose name begins like another one has nothing of it', async () => {
      const stream = newStream();
      await log().append(`${stream}-b`, 0, newRecords(2));
      expect(await log().read(stream)).toEqual([]);
    });

    it('the result of an append says where its last record lies', async () => {
      const stream = newStream();
      const appended = await log().append(stream, 0, newRecords(3));
      const { version, position, recordedAt } = (await log().read(stream)).at(-1)!;
      expect(appended).toEqual({ version, position, recordedAt, replayed: false });
    });

    it('the log stamps its own time in UTC with milliseconds', async () => {
      const { recordedAt } = await log().append(newStream(), 0, [newRecord()]);
      expect(recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(new Date(recordedAt).toISOString()).toBe(recordedAt);
    });
  });

  describe('conflicts', () => {
    it.each([
      ['0 on a stream that exists', 3, 0],
      ['below the head', 3, 2],
      ['above the head', 3, 4],
      ['far above the head', 3, 1000],
      ['1 without a stream', 0, 1],
      ['a large version without a stream', 0, 500],
    ])('expecting %s is a conflict that names both versions', async (_, actual, expected) => {
      const stream = newStream();
      if (actual > 0) await log().append(stream, 0, newRecords(actual));
      const failure = await failureOf(log().append(stream, expected, [newRecord()]));
      expect(failure).toBeInstanceOf(VersionConflict);
      expect(failure).toMatchObject({ stream, expected, actual });
    });

    it('a conflict writes nothing', async () => {
      const stream = newStream();
      const first = newRecords(2);
      await log().append(stream, 0, first);
      const head = await log().head();
      await failureOf(log().append(stream, 1, newRecords(3)));
      expect(idsOf(await log().read(stream))).toEqual(idsOf(first));
      expect(await log().readAll(head, 10)).toEqual([]);
    });

    it('ids of an append that was refused are still free', async () => {
      const stream = newStream();
      const records = newRecords(2);
      await failureOf(log().append(stream, 7, records));
      expect(await log().append(stream, 0, records)).toMatchObject({ version: 2, replayed: false });
    });

    it('after a conflict the right version is taken', async () => {
      const stream = newStream();
      await log().append(stream, 0, newRecords(2));
      const late = newRecord();
      await failureOf(log().append(stream, 0, [late]));
      await log().append(stream, 2, [late]);
      expect((await log().read(stream)).map(contentOf).at(-1)).toEqual(contentOf(late));
    });

    it('the conflict of one append never fails its neighbours', async () => {
      const taken = newStream();
      await log().append(taken, 0, [newRecord()]);
      const work = Array.from({ length: 20 }, (_, index) =>
        index % 4 === 0 ? log().append(taken, 0, [newRecord()]) : log().append(newStream(), 0, newRecords(2)),
      );
      const results = await Promise.allSettled(work);
      expect(results.map((result) => result.status)).toEqual(results.map((_, index) => (index % 4 === 0 ? 'rejected' : 'fulfilled')));
    });
  });
}
