import { remembered } from './remembered';

describe('a remembered function', () => {
  it('works out an answer once and gives it again', () => {
    const asked: string[] = [];
    const length = remembered(10, (text) => (asked.push(text), text.length));
    expect([length('a'), length('bb'), length('a')]).toEqual([1, 2, 1]);
    expect(asked).toEqual(['a', 'bb']);
  });

  it('never remembers more than its limit', () => {
    let asked = 0;
    const echo = remembered(2, (text) => ((asked += 1), text));
    for (const text of ['a', 'b', 'c', 'a']) expect(echo(text)).toBe(text);
    expect(asked).toBe(4);
  });

  it('does not remember a refusal', () => {
    let asked = 0;
    const never = remembered(2, (): string => {
      asked += 1;
      throw new RangeError('no');
    });
    expect(() => never('a')).toThrow(RangeError);
    expect(() => never('a')).toThrow(RangeError);
    expect(asked).toBe(2);
  });
});
