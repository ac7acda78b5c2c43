import { createSecretKey, randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import {
  dataClasses,
  detach,
  newKeyVersions,
  openValues,
  SealBroken,
  sealAll,
  sealData,
  sealingSuiteNames,
  type Marks,
  type SealedValue,
} from './index';
import type { Keyring } from './keyring';
import { memoryKeyStore } from './memory-key-store';
import { a256gcm } from './a256gcm';
import { openValue, sealValue } from './value-seal';
import { allKeysOf, keyringForTests, newKeyEncryptionKey } from './keyring-for-tests';

const swaps = 1_000;
const streams = ['case-1', 'case-2', 'case-11'];
const events = ['e1', 'e2'];
const roles = ['person', 'relative'];

const fieldOf = (dataClass: string, role: string): string => `${dataClass}-${role}`;

const marks: Record<string, Marks[string]> = {};
for (const dataClass of dataClasses) for (const role of roles) marks[fieldOf(dataClass, role)] = `${dataClass} of ${role}`;

/** The same text under every class, for every role, in every event of every stream: only the place tells the values apart. */
async function sealEverywhere(keyring: Keyring): Promise<readonly SealedValue[]> {
  const data = Object.fromEntries(Object.keys(marks).map((field) => [field, '同一个字']));
  const records = streams.flatMap((stream) => events.map((event) => ({ stream, event, data, marks })));
  const sealed = await sealAll(keyring, records);
  return sealed.flatMap((one, index) =>
    Object.keys(marks).map((field) => detach({ ...(records[index] as (typeof records)[0]), ...one }, `/${field}`) as SealedValue),
  );
}

/** All of that with every suite and under two versions of every key. */
async function sealInEveryWay(): Promise<Readonly<{ keyring: Keyring; values: readonly SealedValue[] }>> {
  const shared = { store: memoryKeyStore(), keyEncryptionKey: newKeyEncryptionKey() };
  const values: SealedValue[] = [];
  for (const version of [1, 2]) {
    for (const suite of sealingSuiteNames) values.push(...(await sealEverywhere(await keyringForTests({ ...shared, suite }))));
    const named = (await Promise.all(streams.map((stream) => shared.store.subjectsOf(stream)))).flat();
    if (version === 1)
      await newKeyVersions(
        shared.store,
        shared.keyEncryptionKey,
        named.flatMap(({ subject }) => allKeysOf(subject)),
      );
  }
  return { keyring: await keyringForTests(shared), values };
}

type Part = 'ciphertext' | 'envelope' | 'stream' | 'event' | 'pointer' | 's' | 'c' | 'k' | 'a';
const parts: readonly Part[] = ['ciphertext', 'envelope', 'stream', 'event', 'pointer', 's', 'c', 'k', 'a'];

/** `victim` with some of its parts taken from `donor`; the digest follows the ciphertext, as a clever forger would do it. */
function forge({ $sealed: victim }: SealedValue, { $sealed: donor }: SealedValue, taken: readonly Part[]): SealedValue {
  const from = (part: Part): SealedValue['$sealed'] =>
    taken.includes(part) || (taken.includes('envelope') && 'scka'.includes(part)) ? donor : victim;
  const place = { stream: from('stream').place.stream, event: from('event').place.event, pointer: from('pointer').place.pointer };
  const { ciphertext, d } = from('ciphertext');
  return { $sealed: { s: from('s').s, c: from('c').c, a: from('a').a, k: from('k').k, d, place, ciphertext } };
}

const opens = async (keyring: Keyring, value: SealedValue): Promise<boolean> => {
  try {
    const [opened] = await openValues(keyring, [value]);
    return opened !== undefined && 'value' in opened;
  } catch (error) {
    if (error instanceof SealBroken) return false;
    throw error;
  }
};

/** The parts of a value in one order, so that two of them can be compared as text. */
const inOrder = ({ $sealed: { s, k, c, a, d, place, ciphertext } }: SealedValue): readonly unknown[] => [
  ...[s, k, c, a, d, ciphertext],
  ...[place.stream, place.event, place.pointer],
];

/** Made once and never again: the algorithm, what is bound to a value, and how it is padded are the same for ever. */
const sealedOnce = [
  {
    a: 'A256GCM',
    d: 'GZIh3nIfoAOzcqcJMWzGDba4qGhOgvx1q3-osswoeDo',
    ciphertext:
      'RP8aomoywG9oWeIfhFkA3ZY7/BGOSZpqdEpVkEJsZwn8f5VhAaHPOfF1Pk9l23nbxCbhwUrCt196HUvw60DT2endbQq2mJFeBlOKRCHcKSnThGMhqqoW/t+ywk4=',
  },
  {
    a: 'SM4-CTR-HMAC-SM3',
    d: 'lDci41lUDS_u5I0CRLNfpdPyCy8tGH8eq6NUZmJufb0',
    ciphertext:
      'RA4CAAujDIs4nwj8kmIZ5ZikcSQ8gBy39+6C24mVNaRAapG6HMHb35RQd1TusK5wuo6FI9V+zIp3ZC6Z31DtUHQF3yXcIa0+VbKm0E1whld/uaxPDHVh6wfXo/bHDcVOmKR79TwZ6vdB5b+xb1YsRQ==',
  },
];

describe('a sealed value', () => {
  it.each(sealedOnce)('opens as an earlier version sealed it ($a)', ({ a, d, ciphertext }) => {
    const key = createSecretKey(Buffer.from(Array.from({ length: 32 }, (_, index) => index)));
    const place = { stream: 'case-1', event: 'e1', pointer: '/name' };
    expect(openValue({ s: 's', k: 1, c: 'identity', a, d }, ciphertext, place, key)).toBe('王二喜');
  });

  it('opens at its own place', async () => {
    const keyring = await keyringForTests();
    const values = await sealEverywhere(keyring);
    expect(await openValues(keyring, values)).toEqual(values.map(() => ({ value: '同一个字' })));
    expect(values).toHaveLength(60);
  });

  it('opens at its own place in every suite and under every version of its key', async () => {
    const { keyring, values } = await sealInEveryWay();
    expect(await openValues(keyring, values)).toEqual(values.map(() => ({ value: '同一个字' })));
    expect(new Set(values.map(({ $sealed }) => `${$sealed.a} ${$sealed.k}`)).size).toBe(4);
    expect(values).toHaveLength(240);
  });

  it(`never opens with parts of another: field, event, stream, person, class, version or suite (${swaps} random swaps)`, async () => {
    const { keyring, values } = await sealInEveryWay();
    const genuine = new Set(values.map((value) => JSON.stringify(inOrder(value))));
    const some = fc.constantFrom(...values);
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(some, some, fc.subarray([...parts], { minLength: 1 }), async (victim, donor, taken) => {
        const forged = forge(victim, donor, taken);
        // Taking all parts of another value, or parts that are equal, forges nothing.
        fc.pre(!genuine.has(JSON.stringify(inOrder(forged))));
        tried += 1;
        expect(await opens(keyring, forged)).toBe(false);
      }),
      { numRuns: swaps },
    );
    expect(tried).toBeGreaterThanOrEqual(swaps);
  });

  it.each(parts.filter((part) => part !== 'envelope'))('never opens with the %s of another alone, whichever other it is', async (part) => {
    const { keyring, values } = await sealInEveryWay();
    const [victim] = values;
    const forged = values.map((donor) => forge(victim as SealedValue, donor, [part])).filter((one) => !isDeepStrictEqual(one, victim));
    expect(forged.length).toBeGreaterThan(0);
    for (const one of forged) expect(await opens(keyring, one)).toBe(false);
  });

  it('never opens with any byte of its ciphertext changed', async () => {
    const keyring = await keyringForTests();
    const { data, secrets } = await sealData(keyring, {
      stream: 'case-1',
      event: 'e1',
      data: { name: '王二喜' },
      marks: { name: 'identity' },
    });
    const value = detach({ stream: 'case-1', event: 'e1', data, secrets }, '/name') as SealedValue;
    const bytes = Buffer.from(value.$sealed.ciphertext ?? '', 'base64');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(await opens(keyring, { $sealed: { ...value.$sealed, ciphertext: changed.toString('base64') } })).toBe(false);
    }
  });

  it('never opens under a digest that is not its own', async () => {
    const keyring = await keyringForTests();
    const [one, other] = await sealEverywhere(keyring);
    const forged = { $sealed: { ...(one as SealedValue).$sealed, d: (other as SealedValue).$sealed.d } };
    await expect(openValues(keyring, [forged])).rejects.toThrow(SealBroken);
  });

  it('is broken, not erased, when only its ciphertext was exchanged', async () => {
    const keyring = await keyringForTests();
    const [one, other] = await sealEverywhere(keyring);
    const forged = forge(one as SealedValue, other as SealedValue, ['ciphertext']);
    await expect(openValues(keyring, [forged])).rejects.toThrow(SealBroken);
  });

  it('is broken when a key of the same name comes from another store', async () => {
    const keyEncryptionKey = newKeyEncryptionKey();
    const here = await keyringForTests({ keyEncryptionKey });
    const [value] = await sealEverywhere(here);
    const store = memoryKeyStore();
    const { s, c } = (value as SealedValue).$sealed;
    const person = { stream: 'case-1', role: 'person', event: '', pointer: '' };
    await store.admit([{ subject: { ...person, subject: s }, keys: [] }]);
    const there = await keyringForTests({ keyEncryptionKey, store });
    await there.sealingKeys([{ ...person, class: c }]);
    await expect(openValues(there, [value as SealedValue])).rejects.toThrow(SealBroken);
  });

  it('opens under its own version alone, even if two versions were the same key', () => {
    const key = createSecretKey(randomBytes(32));
    const place = { stream: 'case-1', event: 'e1', pointer: '/name' };
    const { envelope, ciphertext } = sealValue('王二喜', place, { subject: 's', class: 'identity', version: 1, key }, a256gcm);
    expect(openValue(envelope, ciphertext, place, key)).toBe('王二喜');
    for (const changed of [{ k: 2 }, { c: 'contact' as const }, { s: 't' }, { a: 'A128GCM' }, { a: 'SM4-CTR-HMAC-SM3' }]) {
      expect(() => openValue({ ...envelope, ...changed }, ciphertext, place, key)).toThrow(SealBroken);
    }
  });

  it('does not open at a place whose parts read the same when they are put together', () => {
    const key = createSecretKey(randomBytes(32));
    const sealing = { subject: 's', class: 'identity', version: 1, key } as const;
    const { envelope, ciphertext } = sealValue('王二喜', { stream: 'case-1', event: '1', pointer: '/name' }, sealing, a256gcm);
    for (const place of [
      { stream: 'case-11', event: '', pointer: '/name' },
      { stream: 'case-', event: '11', pointer: '/name' },
      { stream: 'case-1","1', event: '', pointer: '/name' },
    ]) {
      expect(() => openValue(envelope, ciphertext, place, key)).toThrow(SealBroken);
    }
  });
});
