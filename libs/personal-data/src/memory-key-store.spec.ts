import { keyLifeContract } from './contract/key-life-contract';
import { keyStoreContract } from './contract/key-store-contract';
import { memoryKeyStore } from './memory-key-store';

describe('the key store in memory', () => {
  keyStoreContract(async () => {
    const store = memoryKeyStore();
    return [store, store];
  });
});

describe('changing the life of keys in memory', () => {
  keyLifeContract(async () => {
    const store = memoryKeyStore();
    return { store, life: store };
  });

  it('lets a key be destroyed from the moment on that the refusal told', async () => {
    let now = Date.parse('2026-11-22T00:00:00Z');
    const store = memoryKeyStore(() => now);
    const name = { subject: 's', class: 'identity' } as const;
    await store.keys([{ ...name, version: 1, wrapped: new Uint8Array(60), kekId: 'kek' }]);
    await store.retire([name]);
    now += 64_999;
    expect(await store.destroy([{ ...name, upTo: 1 }], 65_000)).toEqual({
      notYet: [{ ...name, version: 1, state: 'retired', until: '2026-11-22T00:01:05.000Z' }],
    });
    now += 1;
    expect(await store.destroy([{ ...name, upTo: 1 }], 65_000)).toEqual({
      destroyed: [{ ...name, version: 1, destroyedAt: '2026-11-22T00:01:05.000Z' }],
    });
  });
});
