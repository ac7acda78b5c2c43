import { createCipheriv, createHash, createSecretKey, randomBytes } from 'node:crypto';
import { hmacSm3, sm4Ctr } from './sm4-ctr-hmac-sm3';
import { sealingSuiteNames } from './suite';
import { findSuite, suiteNamed } from './suites';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const standardKey = hex('0123456789abcdeffedcba9876543210');

describe('the ciphers that the suites stand on', () => {
  it('are SM4 as in GB/T 32907-2016, annex A.1', () => {
    const cipher = createCipheriv('sm4-ecb', standardKey, null).setAutoPadding(false);
    expect(cipher.update(standardKey).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
  });

  it('are SM4 as in GB/T 32907-2016, annex A.2: encrypted a million times', () => {
    const once = (block: Buffer): Buffer => cipher.update(block);
    const cipher = createCipheriv('sm4-ecb', standardKey, null).setAutoPadding(false);
    let block = standardKey;
    for (let round = 0; round < 1_000_000; round += 1) block = once(block);
    expect(block.toString('hex')).toBe('595298c7c6fd271f0402f804c33d3f66');
  });

  it('count as SM4-CTR does elsewhere', () => {
    const plain = hex(
      'aa'.repeat(8) + 'bb'.repeat(8) + 'cc'.repeat(8) + 'dd'.repeat(8) + 'ee'.repeat(8) + 'ff'.repeat(8) + 'aa'.repeat(8) + 'bb'.repeat(8),
    );
    const counter = hex('000102030405060708090a0b0c0d0e0f');
    expect(sm4Ctr(createSecretKey(standardKey), counter, plain).toString('hex')).toBe(
      'ac3236cb970cc20791364c395a1342d1a3cbc1878c6f30cd074cce385cdd70c7f234bc0e24c11980fd1286310ce37b926e02fcd0faa0baf38b2933851d824514',
    );
  });

  it.each([
    ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ])('are SM3 as in GB/T 32905-2016, annex A (%#)', (text, digest) => {
    expect(createHash('sm3').update(text).digest('hex')).toBe(digest);
  });

  it('are HMAC as in RFC 2104, built from SM3 alone', () => {
    const key = randomBytes(32);
    const sm3 = (...parts: readonly Uint8Array[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sm3')).digest();
    const padded = Buffer.concat([key, Buffer.alloc(32)]);
    const inner = sm3(
      padded.map((byte) => byte ^ 0x36),
      Buffer.from('归途'),
    );
    expect(hmacSm3(createSecretKey(key), '归', '途')).toEqual(
      sm3(
        padded.map((byte) => byte ^ 0x5c),
        inner,
      ),
    );
  });
});

/** Made once and never again: whatever changes in this room, what rests in the logs of the land must open. */
const stored = {
  A256GCM: 'AAECAwQFBgcICQoLoIxd/39pJ40RlWAk1tkMXrgivtsZvManVw==',
  'SM4-CTR-HMAC-SM3': 'AAECAwQFBgcICQoLDA0ODz0wElz9zQPr9D/vCzIkPRKVgjeOwSzPluWHV+TC8vuvRNILkEV05iLx',
} as const;
const storedKey = createSecretKey(Buffer.from(Array.from({ length: 32 }, (_, index) => index)));

describe.each(sealingSuiteNames)('the suite %s', (name) => {
  const suite = suiteNamed(name);
  const key = createSecretKey(randomBytes(32));
  const plain = randomBytes(256);

  it('is found by the name that stands in its values', () => expect(findSuite(suite.name)).toBe(suite));

  it('gives back what it encrypted, with bytes that differ every time', () => {
    const [one, two] = [suite.encrypt(key, plain, 'here'), suite.encrypt(key, plain, 'here')];
    expect(suite.decrypt(key, one, 'here')).toEqual(plain);
    expect(one.equals(two)).toBe(false);
    expect(one.subarray(0, 12).equals(two.subarray(0, 12))).toBe(false);
  });

  it('opens what an earlier version wrote', () => {
    expect(suite.decrypt(storedKey, Buffer.from(stored[name], 'base64'), 'case-1 e1 /name')?.toString('utf8')).toBe('王二喜');
  });

  it('opens with no other key, in no other context, and with no byte changed or missing', () => {
    const bytes = suite.encrypt(key, plain, 'here');
    expect(suite.decrypt(createSecretKey(randomBytes(32)), bytes, 'here')).toBeUndefined();
    for (const context of ['', 'her', 'here ', 'there']) expect(suite.decrypt(key, bytes, context)).toBeUndefined();
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(suite.decrypt(key, changed, 'here')).toBeUndefined();
      expect(suite.decrypt(key, bytes.subarray(0, index), 'here')).toBeUndefined();
    }
  });

  it('does not let text move between the context and the ciphertext', () => {
    const bytes = suite.encrypt(key, plain, 'here');
    expect(suite.decrypt(key, bytes.subarray(1), `here${bytes.toString('latin1', 0, 1)}`)).toBeUndefined();
  });
});

it('an unknown name finds no suite, not even one that every object inherits', () => {
  for (const name of ['A128GCM', '', 'constructor', '__proto__']) expect(findSuite(name)).toBeUndefined();
});
