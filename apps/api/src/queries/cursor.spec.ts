import { createHmac } from 'node:crypto';
import { Problem } from '../problems/problem';
import { CURSOR_LIFE_SECONDS, Cursors } from './cursor';

const keyring = (key: string): { digest: (text: string) => string } => ({
  digest: (text) => createHmac('sha256', key).update(text).digest('base64url'),
});
const use = { agency: 'taicang-station', list: 'duties owed-by open' };
const codeOf = (read: () => string): string => {
  try {
    return read();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
};

describe('a cursor', () => {
  let now = 1_000_000_000_000;
  const cursors = new Cursors(keyring('one'), () => now);
  const cursor = String(cursors.give('inner', use));

  it('gives back what it was given, to the same agency and list', () => {
    expect(cursors.read(cursor, use)).toBe('inner');
  });

  it('does not exist at the end of a list', () => {
    expect(cursors.give(null, use)).toBeNull();
  });

  it('is of no use to another agency, on another list, or under another key', () => {
    expect(codeOf(() => cursors.read(cursor, { ...use, agency: 'wuxi-station' }))).toBe('cursor-invalid');
    expect(codeOf(() => cursors.read(cursor, { ...use, list: 'loops' }))).toBe('cursor-invalid');
    expect(codeOf(() => new Cursors(keyring('two'), () => now).read(cursor, use))).toBe('cursor-invalid');
  });

  it('is not valid with any character changed, added or left out', () => {
    for (let index = 0; index < cursor.length; index += 1) {
      const changed = cursor.slice(0, index) + (cursor[index] === 'A' ? 'B' : 'A') + cursor.slice(index + 1);
      expect([index, codeOf(() => cursors.read(changed, use))]).toEqual([index, 'cursor-invalid']);
    }
    for (const other of [`${cursor}A`, cursor.slice(1), cursor.slice(0, -1), '', '.', 'a.b', 'a.b.c'])
      expect(codeOf(() => cursors.read(other, use))).toBe('cursor-invalid');
  });

  it('is good for a day, then it has expired', () => {
    now += CURSOR_LIFE_SECONDS * 1_000;
    expect(cursors.read(cursor, use)).toBe('inner');
    now += 1_000;
    expect(codeOf(() => cursors.read(cursor, use))).toBe('cursor-expired');
  });
});
