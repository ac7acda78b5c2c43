import * as fc from 'fast-check';
import { CannotSeal } from './errors';
import { maxPersonalValueBytes, pad, paddedSize, unpad } from './padding';

describe('padding', () => {
  it.each([
    [0, 64],
    [60, 64],
    [61, 256],
    [252, 256],
    [253, 1_024],
    [1_020, 1_024],
    [1_021, 4_096],
    [4_093, 16_384],
    [maxPersonalValueBytes, 4_194_304],
  ])('makes %d bytes of text %d bytes long', (text, padded) => {
    expect(paddedSize(text)).toBe(padded);
  });

  it('refuses a value beyond the limit', () => {
    expect(() => paddedSize(maxPersonalValueBytes + 1)).toThrow(CannotSeal);
  });

  it('gives back every text, whatever its characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const padded = pad(text);
        expect(padded).toHaveLength(paddedSize(Buffer.byteLength(text)));
        expect(unpad(padded)).toBe(Buffer.from(text).toString());
      }),
    );
  });

  it('hides which of two diagnoses is longer', () => {
    expect(pad('"骨折"')).toHaveLength(pad('"精神分裂症，待查"').length);
  });
});
