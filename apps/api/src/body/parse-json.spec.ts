import * as fc from 'fast-check';
import { Problem } from '../problems/problem';
import { MAX_DEPTH, parseJson, pointerOf } from './parse-json';
import { readPlainBody } from './read-body';

const problemFrom = (text: string): Problem => {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('It was accepted.');
};

describe('the reader of bodies', () => {
  it('reads every JSON text to the value that JSON.parse gives', () => {
    const forbidden = /__proto__|constructor|prototype|\$enc|\$sealed/;
    const plain = fc.json().filter((text) => !forbidden.test(text) && !/[^\x20-\x7e]|\\|-0|[eE][-+]?\d|\d{16}/.test(text));
    fc.assert(
      fc.property(plain, (text) => expect(parseJson(text).value).toEqual(JSON.parse(text))),
      { numRuns: 500 },
    );
  });

  it('accepts no text that JSON.parse refuses', () => {
    const near = fc.string({
      unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '1', 'e', '.', '-', 't', 'true', 'null', '\\', ' ', 'a'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(near, (text) => {
        let accepted: boolean;
        try {
          accepted = parseJson(text).numberFaults.length === 0;
        } catch {
          accepted = false;
        }
        if (accepted) JSON.parse(text);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    '{',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '[1,]',
    '[1 2]',
    '"',
    '"\\x"',
    '"\\u12"',
    '01',
    '1.',
    '.5',
    '+1',
    '1e',
    'tru',
    'nul',
    'undefined',
    "{'a':1}",
    '1 1',
    '/* */1',
    '"a\nb"',
  ])('calls %s malformed', (text) => {
    expect(problemFrom(text).code).toBe('malformed-json');
  });

  it('tells the byte, not the character, where it stops being JSON', () => {
    expect(problemFrom('{"中":x}').more.members).toEqual({ offset: Buffer.byteLength('{"中":') });
  });

  it(`reads ${MAX_DEPTH} levels and not one more`, () => {
    expect(parseJson('['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH)).numberFaults).toEqual([]);
    expect(problemFrom('['.repeat(MAX_DEPTH + 1)).code).toBe('json-too-deep');
  });

  it.each(['1e400', '-1e400', 'NaN', '-NaN', 'Infinity', '-0', '-0.0', '9007199254740993', '1e300'])(
    'tells that %s cannot be kept, and where',
    (number) => {
      const { value, numberFaults } = parseJson(`{"a":[1,${number}]}`);
      expect(value).toEqual({ a: [1, 0] });
      expect(numberFaults).toMatchObject([{ pointer: '/a/1', rule: 'number-range' }]);
    },
  );

  it.each(['0', '-1', '0.1', '1e3', '9007199254740991', '121.4737'])('keeps %s', (number) => {
    expect(parseJson(number)).toEqual({ value: Number(number), numberFaults: [] });
  });

  it('puts no name into a pointer that could hold anything', () => {
    expect(pointerOf(['data', 'list', 3, 'name'])).toBe('/data/list/3/name');
    expect(pointerOf(['data', '赵根生 341126198503120317', 'name'])).toBe('/data');
  });

  it.each([
    ['"\\ud83d\\ude00"', '😀'],
    ['"\\u738b"', '王'],
    ['"a\\n\\tb"', 'a\n\tb'],
    ['"葛\\udb40\\udd00"', '葛\u{e0100}'],
  ])('reads the escapes of %s', (text, value) => {
    expect(parseJson(text).value).toBe(value);
  });

  it('finds a name in decomposed form behind an escape too', () => {
    const read = readPlainBody(Buffer.from('{"name":"e\\u0301"}'));
    expect([read.value, read.normalised]).toEqual([{ name: '\u00e9' }, true]);
  });
});
