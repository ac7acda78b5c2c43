import { recordsOf } from './binary-rows';

const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const end = Buffer.from([0xff, 0xff]);

const column = (value: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(value.length);
  return Buffer.concat([length, value]);
};
const int4 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const int8 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
};
const count = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};
const row = (envelope: Buffer, secrets: string, microseconds: bigint): Buffer =>
  Buffer.concat([
    count(9),
    ...[
      int8(9_007_199_254_740_993n),
      Buffer.from('case-1'),
      int4(7),
      Buffer.from('0123456789abcdef0123456789abcdef', 'hex'),
      Buffer.from('PersonFound'),
      int4(2),
      int8(microseconds),
      envelope,
      Buffer.from(`\x01${secrets}`),
    ].map(column),
  ]);

describe('a page in binary copy format', () => {
  it('gives its records back to the byte, the millisecond and the last digit of the position', () => {
    const bytes = Buffer.from([0, 255, 10, 13, 92]);
    const [record] = recordsOf(Buffer.concat([header, row(bytes, '{"a": "b"}', 1_000n), end]));
    expect(record).toEqual({
      position: 9_007_199_254_740_993n,
      stream: 'case-1',
      version: 7,
      id: '01234567-89ab-cdef-0123-456789abcdef',
      type: 'PersonFound',
      schemaVersion: 2,
      recordedAt: '2000-01-01T00:00:00.001Z',
      envelope: bytes,
      secrets: { a: 'b' },
    });
  });

  it('of a time before 2000 is a time before 2000', () => {
    const [record] = recordsOf(Buffer.concat([header, row(Buffer.from('{}'), '{}', -1_000n), end]));
    expect(record).toMatchObject({ recordedAt: '1999-12-31T23:59:59.999Z', secrets: {} });
  });

  it('without rows has no records', () => {
    expect(recordsOf(Buffer.concat([header, end]))).toEqual([]);
  });

  it('keeps no record alive with the page of another', () => {
    const page = Buffer.concat([header, row(Buffer.from('{}'), '{}', 0n), end]);
    const [record] = recordsOf(page);
    page.fill(0);
    expect(record!.envelope).toEqual(Buffer.from('{}'));
  });

  it('that was cut short or is something else is refused', () => {
    expect(() => recordsOf(Buffer.concat([header, row(Buffer.from('{}'), '{}', 0n)]))).toThrow(/out of range/);
    expect(() => recordsOf(Buffer.from('1\tcase-1\t1\n'.repeat(3)))).toThrow(/no binary copy/);
    expect(() => recordsOf(Buffer.concat([header, count(3)]))).toThrow(/3 columns/);
  });
});
