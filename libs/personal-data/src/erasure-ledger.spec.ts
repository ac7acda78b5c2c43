import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LedgerDamaged, LedgerMissing, openErasureLedger, UnsafeLedger, type ErasureEntry } from './index';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guitu-ledger-'));
  path = join(folder, 'erasure-ledger', 'ledger.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const entry = (number: number): ErasureEntry => ({
  stream: `privacy-00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  erasureId: 'e1',
  erasedAt: '2026-03-01T08:00:00.000Z',
  keys: [{ subject: `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`, class: 'identity', upTo: 2 }],
});
const all = async (ledger: Readonly<{ entries: () => AsyncIterable<ErasureEntry> }>): Promise<readonly ErasureEntry[]> => {
  const found: ErasureEntry[] = [];
  for await (const one of ledger.entries()) found.push(one);
  return found;
};
const filled = async (count: number) => {
  const ledger = await openErasureLedger(path);
  for (let number = 1; number <= count; number += 1) await ledger.append(entry(number));
  return ledger;
};

describe('the erasure ledger', () => {
  it('keeps entries in their order, for its owner alone', async () => {
    const ledger = await openErasureLedger(path);
    expect([await ledger.append(entry(1)), await ledger.append(entry(2))]).toEqual([1, 2]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = await openErasureLedger(path);
    expect(await all(again)).toEqual([entry(1), entry(2)]);
    expect(await again.head()).toEqual(await ledger.head());
    expect((await again.head()).count).toBe(2);
  });

  it('writes an erasure once, however often and however many at once it is told', async () => {
    const ledger = await openErasureLedger(path);
    const numbers = await Promise.all([1, 2, 1, 2, 1].map((number) => ledger.append(entry(number))));
    expect(numbers).toEqual([1, 2, 1, 2, 1]);
    expect((await ledger.head()).count).toBe(2);
  });

  it('an erasure of the same name that reaches newer keys is another one', async () => {
    const ledger = await filled(1);
    const [key] = entry(1).keys;
    expect(await ledger.append({ ...entry(1), keys: [{ ...key!, upTo: 3 }] })).toBe(2);
    expect((await ledger.head()).count).toBe(2);
  });

  it('forgets an append that broke off anywhere, and goes on after it', async () => {
    await filled(2);
    const whole = readFileSync(path);
    const third = Buffer.from(`{"number":3,"before":"${'0'.repeat(64)}","stream":"x"}`);
    for (const bytes of [1, 20, third.length]) {
      writeFileSync(path, Buffer.concat([whole, third.subarray(0, bytes)]));
      const ledger = await openErasureLedger(path);
      expect((await ledger.head()).count).toBe(2);
      expect(await ledger.append(entry(3))).toBe(3);
      expect(await all(await openErasureLedger(path))).toEqual([entry(1), entry(2), entry(3)]);
    }
  });

  it('tells the head that it had at every count, so that a shortened or another ledger is noticed', async () => {
    const ledger = await openErasureLedger(path);
    const heads = [await ledger.head()];
    for (const number of [1, 2, 3]) {
      await ledger.append(entry(number));
      heads.push(await ledger.head());
    }
    for (const head of heads) expect(await ledger.headAt(head.count)).toEqual(head);
    truncateSync(path, readFileSync(path, 'utf8').trimEnd().lastIndexOf('\n') + 1);
    expect(await ledger.headAt(3)).toBeUndefined();
    expect(await ledger.head()).toEqual(heads[2]);
    const other = await openErasureLedger(join(folder, 'other.jsonl'));
    expect((await other.head()).digest).not.toBe(heads[0]?.digest);
  });

  it.each([
    ['a changed version', (text: string) => text.replace('"upTo":2', '"upTo":1')],
    ['a line taken from the middle', (text: string) => text.split('\n').toSpliced(1, 1).join('\n')],
    [
      'two lines that changed places',
      (text: string) =>
        text
          .split('\n')
          .toSpliced(1, 2, ...text.split('\n').slice(1, 3).reverse())
          .join('\n'),
    ],
    ['a line that is no JSON', (text: string) => text.replace('"before"', 'before')],
    ['no first line', (text: string) => text.slice(text.indexOf('\n') + 1)],
    ['nothing at all', () => ''],
  ])('refuses %s', async (_, change) => {
    const ledger = await filled(3);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    await expect(openErasureLedger(path)).rejects.toThrow(LedgerDamaged);
    await expect(ledger.append(entry(4))).rejects.toThrow(/line \d+: .*; put a whole copy/);
  });

  it('a ledger that is taken away is missing and not made again behind anybody’s back', async () => {
    const ledger = await filled(1);
    rmSync(path);
    await expect(ledger.append(entry(2))).rejects.toThrow(LedgerMissing);
    await expect(openErasureLedger(path, { make: false })).rejects.toThrow(LedgerMissing);
  });

  it('is refused while others may read or write it', async () => {
    await filled(1);
    chmodSync(path, 0o640);
    await expect(openErasureLedger(path)).rejects.toThrow(UnsafeLedger);
  });

  it('takes no entry without its keys, and no other field along', async () => {
    const ledger = await openErasureLedger(path);
    await expect(ledger.append({ ...entry(1), keys: [{ subject: 'me', class: 'identity', upTo: 1 }] })).rejects.toThrow(TypeError);
    await ledger.append({ ...entry(1), name: '张三' } as ErasureEntry);
    expect(readFileSync(path, 'utf8')).not.toContain('张三');
    expect(await all(ledger)).toEqual([entry(1)]);
  });
});
