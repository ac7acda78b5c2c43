import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalText } from './canonical-text';

describe('canonical JSON', () => {
  it('is the same text as the reference package writes, for whatever JSON can say', () => {
    const anything = fc.jsonValue({ noUnicodeString: false, maxDepth: 4 });
    fc.assert(
      fc.property(anything, (value) => {
        expect(canonicalText(value as object)).toBe(canonicalize(value));
      }),
      { numRuns: 500 },
    );
  });

  it('is the same for names that look like numbers, are empty, or lie outside the basic plane', () => {
    const names = fc.constantFrom(
      '10',
      '9',
      '',
      '__proto__',
      'toJSON',
      '\u20ac',
      '\r',
      '\ufb33',
      '\u{1f600}',
      '𠮷',
      '\ud800',
      '"',
      '\\',
      'é',
      'a',
      'A',
    );
    const objects = fc.dictionary(names, fc.oneof(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true })));
    fc.assert(
      fc.property(objects, (value) => {
        expect(canonicalText(value)).toBe(canonicalize(value));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves absent members out and keeps the places of a list', () => {
    const value = { b: undefined, a: [undefined, null, { c: undefined }], z: -0 };
    expect(canonicalText(value)).toBe('{"a":[null,null,{}],"z":0}');
    expect(canonicalText(value)).toBe(canonicalize(value));
  });

  it('refuses numbers that JSON does not have', () => {
    for (const number of [Number.NaN, Number.POSITIVE_INFINITY]) expect(() => canonicalText({ number })).toThrow(RangeError);
  });
});
