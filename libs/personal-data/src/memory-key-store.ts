import type { KeyName, KeyStore, ServiceKey, StoredKey, Subject } from './key-store';

/** Keeps keys in the memory of this process: for tests and throwaway instances. */
export function memoryKeyStore(): KeyStore {
  const subjects = new Map<string, Subject>();
  const keys = new Map<string, readonly StoredKey[]>();
  const serviceKeys = new Map<string, ServiceKey>();
  const keyName = (key: KeyName): string => `${key.subject} ${key.class}`;

  return {
    subjects: async (proposals) => proposals.map((one) => stored(subjects, JSON.stringify([one.stream, one.role]), one)),
    keys: async (proposals) => proposals.flatMap((key) => stored(keys, keyName(key), [key])),
    serviceKey: async (proposal) => stored(serviceKeys, proposal.purpose, proposal),
    findKeys: async (names) => names.flatMap((name) => keys.get(keyName(name)) ?? []),
  };
}

function stored<V>(entries: Map<string, V>, name: string, proposal: V): V {
  const existing = entries.get(name);
  if (existing !== undefined) return existing;
  entries.set(name, proposal);
  return proposal;
}
