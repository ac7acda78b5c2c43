import { holdsIdNumber } from './id-number';

describe('a text that becomes a key', () => {
  it.each(['341126198503120317', 'k-11010119900307001X-1', 'x41162819920708019x'])('%s holds an ID number', (text) =>
    expect(holdsIdNumber(text)).toBe(true),
  );

  it.each(['1795328306123456789', '6f0f8f0e5c3b5b0e9c4b1d2a7e4c9a31', '999999999999999999', '341126198513120317', '34112619850312031'])(
    '%s holds none: there is no date of birth in it',
    (text) => expect(holdsIdNumber(text)).toBe(false),
  );
});
