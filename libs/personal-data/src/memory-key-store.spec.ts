import { keyStoreContract } from './key-store-contract';
import { memoryKeyStore } from './memory-key-store';

describe('the key store in memory', () => {
  keyStoreContract(async () => {
    const store = memoryKeyStore();
    return [store, store];
  });
});
