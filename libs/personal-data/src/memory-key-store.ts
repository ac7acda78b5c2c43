import type { After, DestroyedKey, KeyLifeStore, NotYet, RetiredKey } from './key-life-store';
import type { KeyName, KeyStore, KeyVersion, ProposedKey, ServiceKey, StoredKey, Subject, SubjectName } from './key-store';
import { dataClasses } from './sealed';

type Entry = { key: StoredKey; retiredAt?: number; destroyedAt?: number };

const nameOf = ({ stream, role, event, pointer }: SubjectName): string => JSON.stringify([stream, role, event, pointer]);
const inOrder = (a: KeyVersion, b: KeyVersion): number =>
  compare(a.subject, b.subject) || compare(a.class, b.class) || a.version - b.version;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const iso = (ms: number): string => new Date(ms).toISOString();
const only = ({ subject, class: dataClass, version }: KeyVersion): KeyVersion => ({ subject, class: dataClass, version });

/** Keeps keys in the memory of this process: for tests and throwaway instances. @param now the store's clock, in milliseconds since 1970 */
export function memoryKeyStore(now: () => number = Date.now): KeyStore & KeyLifeStore {
  const subjects = new Map<string, Subject>();
  const entries = new Map<string, Entry[]>();
  const serviceKeys = new Map<string, ServiceKey>();
  const keyName = (key: KeyName): string => `${key.subject} ${key.class}`;
  const of = (name: KeyName): readonly Entry[] => entries.get(keyName(name)) ?? [];
  const add = (proposal: ProposedKey): boolean => {
    const taken = of(proposal).some(({ key }) => key.version === proposal.version);
    if (!taken) entries.set(keyName(proposal), [...of(proposal), { key: { ...proposal, state: 'active' } }]);
    return !taken;
  };
  const retireActive = (name: KeyName, before = Infinity): void => {
    for (const entry of of(name)) {
      if (entry.key.state !== 'active' || entry.key.version >= before) continue;
      entry.key = { ...entry.key, state: 'retired' };
      entry.retiredAt = now();
    }
  };
  const findKeys = (names: readonly KeyName[]): readonly StoredKey[] =>
    names.flatMap((name) => of(name).map(({ key }) => key)).sort(inOrder);

  return {
    ...lifeOf({ of, now, add, retireActive }),
    admit: async (newcomers) => {
      const known = newcomers.map(({ subject, keys }) => {
        const existing = subjects.get(nameOf(subject));
        if (existing !== undefined) return existing;
        subjects.set(nameOf(subject), subject);
        keys.forEach(add);
        return subject;
      });
      return { subjects: known, keys: findKeys(known.flatMap(({ subject }) => dataClasses.map((one) => ({ subject, class: one })))) };
    },
    keys: async (proposals) => {
      for (const proposal of proposals) if (!of(proposal).some(({ key }) => key.state === 'active')) add(proposal);
      return findKeys(proposals);
    },
    serviceKey: async (proposal) => {
      const existing = serviceKeys.get(proposal.purpose);
      if (existing === undefined) serviceKeys.set(proposal.purpose, proposal);
      return existing ?? proposal;
    },
    findKeys: async (names) => findKeys(names),
    subjectsOf: async (stream) =>
      [...subjects.values()]
        .filter((one) => one.stream === stream)
        .sort((a, b) => compare(a.role, b.role) || compare(a.event, b.event) || compare(a.pointer, b.pointer)),
    wrappedKeysAfter: async (after, limit) => pageAfter([...entries.values()].flat(), after, limit),
    serviceKeys: async () => [...serviceKeys.values()],
    rewrapServiceKeys: async (keys) => {
      const standing = keys.filter(({ purpose, formerKekId }) => serviceKeys.get(purpose)?.kekId === formerKekId);
      for (const { purpose, wrapped, kekId } of standing) serviceKeys.set(purpose, { purpose, wrapped, kekId });
      return standing.length;
    },
  };
}

const pageAfter = (entries: readonly Entry[], after: After, limit: number): readonly ProposedKey[] =>
  entries
    .flatMap(({ key }) => (key.state === 'destroyed' ? [] : [key]))
    .filter((key) => after === undefined || inOrder(key, after) > 0)
    .sort(inOrder)
    .slice(0, limit);

type Entries = Readonly<{
  of: (name: KeyName) => readonly Entry[];
  now: () => number;
  add: (proposal: ProposedKey) => boolean;
  retireActive: (name: KeyName, before?: number) => void;
}>;

function lifeOf({ of, now, add, retireActive }: Entries): Pick<KeyLifeStore, 'addVersions' | 'retire' | 'destroy' | 'rewrap'> {
  return {
    addVersions: async (keys) => {
      const added = keys.filter(add);
      for (const key of added) retireActive(key, key.version);
      return added.map(only);
    },
    retire: async (names) => {
      for (const name of names) retireActive(name);
      const retired = names.flatMap(of).filter(({ key }) => key.state === 'retired');
      return retired.map(({ key, retiredAt }): RetiredKey => ({ ...only(key), retiredAt: iso(retiredAt ?? 0) })).sort(inOrder);
    },
    destroy: async (ranges, waitMs) => {
      const chosen = ranges.flatMap((range) => of(range).filter(({ key }) => key.version <= range.upTo));
      const notYet = chosen.flatMap(({ key, retiredAt }): readonly NotYet[] => {
        if (key.state === 'active') return [{ ...only(key), state: 'active' }];
        const until = (retiredAt ?? 0) + waitMs;
        return key.state === 'retired' && until > now() ? [{ ...only(key), state: 'retired', until: iso(until) }] : [];
      });
      if (notYet.length > 0) return { notYet: notYet.toSorted(inOrder) };
      for (const entry of chosen) {
        if (entry.key.state === 'destroyed') continue;
        entry.key = { ...entry.key, state: 'destroyed', wrapped: null };
        entry.destroyedAt = now();
      }
      const destroyed = chosen.map(({ key, destroyedAt }): DestroyedKey => ({ ...only(key), destroyedAt: iso(destroyedAt ?? 0) }));
      return { destroyed: destroyed.sort(inOrder) };
    },
    rewrap: async (keys) => {
      let count = 0;
      for (const { formerKekId, wrapped, kekId, ...name } of keys) {
        const entry = of(name).find(({ key }) => key.version === name.version);
        if (entry === undefined || entry.key.state === 'destroyed' || entry.key.kekId !== formerKekId) continue;
        entry.key = { ...entry.key, wrapped, kekId };
        count += 1;
      }
      return count;
    },
  };
}
