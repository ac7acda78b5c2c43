import { randomBytes } from 'node:crypto';
import { bytesCountedPerRecord, maxBytesPerAppend, maxRecordsPerAppend } from '../check-call';
import { AppendTooLarge, InvalidAppend } from '../errors';
import type { NewRecord } from '../port';
import { bytesOf, contentOf, failureOf, newRecord, newRecords, newStream } from './records';
import type { OpenedLog } from '../contract';

const everyByte = Uint8Array.from({ length: 1024 }, (_, index) => index % 256);

export function describeContent(opened: () => OpenedLog): void {
  const log = () => opened().log;

  describe('what was appended comes back exactly', () => {
    it.each<[string, Partial<NewRecord>]>([
      ['Chinese', { envelope: bytesOf('{"姓名":"珺","地点":"太仓市"}') }],
      ['characters beyond 16 bits', { envelope: bytesOf('{"name":"𠮷𡈽","sign":"👨‍👩‍👧"}') }],
      ['combining and right-to-left marks', { envelope: bytesOf('e\u0301 \u202e abc \u200b') }],
      ['quotes, backslashes, braces, commas', { envelope: bytesOf('{"a":"\\\\\\"{},NULL\'$1;--\\\\x00"}') }],
      ['line ends and control characters', { envelope: bytesOf('\r\n\t\u0000\u0001\u001f\u007f') }],
      ['every byte', { envelope: everyByte }],
      ['bytes that are no text', { envelope: Uint8Array.of(0xff, 0xfe, 0x00, 0xc0, 0x80) }],
      ['a mark of byte order', { envelope: Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d) }],
      ['bytes that look like JSON and are not', { envelope: bytesOf('{"a":') }],
      ['JSON that is no object', { envelope: bytesOf('null') }],
      ['half of a character', { envelope: Uint8Array.of(0x7b, 0xe5, 0xa4) }],
      ['64 KiB of noise', { envelope: randomBytes(65_536) }],
      ['a single zero byte', { envelope: Uint8Array.of(0) }],
      ['a Buffer', { envelope: Buffer.from('from a buffer') }],
      ['part of a larger buffer', { envelope: everyByte.subarray(100, 200) }],
      ['equal numbers written differently', { envelope: bytesOf('{"a":1.0,"b":1e0,"a":1,"c":12345678901234567890}') }],
      ['white space around', { envelope: bytesOf('  {"a" : 1}\n') }],
      ['secrets', { secrets: { 'q+/Z==': 'AAECAw==', other: 'zz/+9' } }],
      ['an empty secret', { secrets: { digest: '' } }],
      ['secrets with quotes and backslashes', { secrets: { 'a"b': '\\"{}$1' } }],
      ['secrets named like parts of an object', { secrets: { constructor: 'a', toString: 'b', length: 'c' } }],
      ['many secrets', { secrets: Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`d${index}`, `c${index}`])) }],
      ['a long type', { type: `T${'x'.repeat(119)}` }],
      ['a type with its punctuation', { type: 'case.HandoverOffered:v2/a_b-c' }],
      ['a high schema version', { schemaVersion: 2_000_000_000 }],
    ])('%s', async (_, changes) => {
      const stream = newStream();
      const records = [newRecord(), newRecord(changes), newRecord({ secrets: { last: 'one' } })];
      const start = await log().head();
      await log().append(stream, 0, records);
      expect((await log().read(stream)).map(contentOf)).toEqual(records.map(contentOf));
      expect((await log().readAll(start, 10)).map(contentOf)).toEqual(records.map(contentOf));
    });

    it('changing what was given or what was read changes nothing in the log', async () => {
      const stream = newStream();
      const envelope = bytesOf('{"a":1}');
      const secrets: Record<string, string> = { digest: 'ciphertext' };
      const record = newRecord({ envelope, secrets });
      const before = contentOf(record);
      const work = log().append(stream, 0, [record]);
      await work;
      envelope.fill(0);
      secrets['digest'] = 'changed';
      (await log().read(stream))[0]!.envelope.fill(7);
      expect((await log().read(stream)).map(contentOf)).toEqual([{ ...before, secrets: { digest: 'ciphertext' } }]);
    });
  });

  describe('limits', () => {
    const emptySpace = maxBytesPerAppend - bytesCountedPerRecord;

    it('the largest append is kept exactly', async () => {
      const stream = newStream();
      const record = newRecord({ envelope: new Uint8Array(emptySpace).fill(65) });
      await log().append(stream, 0, [record]);
      expect((await log().read(stream)).map(contentOf)).toEqual([contentOf(record)]);
    });

    it('the largest append of secrets is kept exactly', async () => {
      const stream = newStream();
      const record = newRecord({ envelope: Uint8Array.of(1), secrets: { d: 'c'.repeat(emptySpace - 8) } });
      await log().append(stream, 0, [record]);
      expect((await log().read(stream)).map(contentOf)).toEqual([contentOf(record)]);
    });

    it('the largest append of many small records is kept exactly', async () => {
      const stream = newStream();
      const records = newRecords(400, {
        envelope: new Uint8Array(Math.floor(maxBytesPerAppend / 400) - bytesCountedPerRecord).fill(67),
        type: 'T'.repeat(120),
      });
      await log().append(stream, 0, records);
      expect((await log().read(stream)).map(contentOf)).toEqual(records.map(contentOf));
    });

    it.each<[string, readonly NewRecord[]]>([
      ['one byte too many', [newRecord({ envelope: new Uint8Array(emptySpace + 1) })]],
      ['too many bytes of secrets', [newRecord({ secrets: { d: 'c'.repeat(emptySpace) } })]],
      ['too many bytes together', newRecords(5, { envelope: new Uint8Array(maxBytesPerAppend / 5) })],
      ['too many records', newRecords(maxRecordsPerAppend + 1)],
    ])('%s is refused, and nothing is written', async (_, records) => {
      const stream = newStream();
      const failure = await failureOf(log().append(stream, 0, records));
      expect(failure).toBeInstanceOf(AppendTooLarge);
      expect(await log().read(stream)).toEqual([]);
    });

    it('the largest number of records is one append', async () => {
      const stream = newStream();
      expect((await log().append(stream, 0, newRecords(maxRecordsPerAppend))).version).toBe(maxRecordsPerAppend);
      expect(await log().read(stream)).toHaveLength(maxRecordsPerAppend);
    });
  });

  describe('an append that could never be right is refused before anything is sent', () => {
    it.each([
      '',
      'case',
      'case-',
      '-case',
      'Case-1',
      'case-ä',
      'case-a b',
      'case-1\n',
      '$all',
      '$ce-case',
      'case-a/b',
      `case-${'a'.repeat(81)}`,
      `${'a'.repeat(200)}-1`,
    ])('stream name %j', async (stream) => {
      expect(await failureOf(log().append(stream, 0, [newRecord()]))).toBeInstanceOf(InvalidAppend);
    });

    it.each([-1, 1.5, NaN, Infinity, -Infinity, 2 ** 31, 2 ** 53])('expected version %p', async (version) => {
      expect(await failureOf(log().append(newStream(), version, [newRecord()]))).toBeInstanceOf(InvalidAppend);
    });

    it.each<[string, Partial<NewRecord>]>([
      ['an id that is no uuid', { id: 'no-uuid' }],
      ['an empty id', { id: '' }],
      ['an upper-case id', { id: 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11' }],
      ['an id in braces', { id: '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}' }],
      ['an empty type', { type: '' }],
      ['a type with a comma', { type: 'A,B' }],
      ['a type that is too long', { type: 'T'.repeat(121) }],
      ['schema version 0', { schemaVersion: 0 }],
      ['half a schema version', { schemaVersion: 1.5 }],
      ['an empty envelope', { envelope: new Uint8Array(0) }],
      ['a secret with a zero byte', { secrets: { digest: 'a\u0000b' } }],
      ['a secret that is no ASCII', { secrets: { digest: '密' } }],
      ['half a character as digest', { secrets: { '\ud800': 'c' } }],
    ])('%s', async (_, changes) => {
      const stream = newStream();
      expect(await failureOf(log().append(stream, 0, [newRecord(), newRecord(changes)]))).toBeInstanceOf(InvalidAppend);
      expect(await log().read(stream)).toEqual([]);
    });

    it('no records at all', async () => {
      expect(await failureOf(log().append(newStream(), 0, []))).toBeInstanceOf(InvalidAppend);
    });

    it('the same id twice', async () => {
      const record = newRecord();
      expect(await failureOf(log().append(newStream(), 0, [record, newRecord(), record]))).toBeInstanceOf(InvalidAppend);
    });

    it('and its neighbours do not notice', async () => {
      const results = await Promise.allSettled([
        log().append(newStream(), 0, newRecords(2)),
        log().append(newStream(), 0, []),
        log().append(newStream(), 0, newRecords(2)),
      ]);
      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    });
  });
}
