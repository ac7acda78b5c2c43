import type { BlindIndexErasure, BlindIndexStore, IndexRow } from './blind-index';

const nameOf = ({ kind, mac, subject }: IndexRow): string => `${kind} ${Buffer.from(mac).toString('hex')} ${subject}`;

/** Keeps the index in the memory of this process: for tests and throwaway instances. */
export function memoryBlindIndex(): BlindIndexStore & BlindIndexErasure {
  const rows = new Map<string, IndexRow>();
  return {
    put: async (added) => {
      for (const row of added) if (!rows.has(nameOf(row))) rows.set(nameOf(row), row);
    },
    find: async (kind, macs) =>
      [...rows.values()]
        .filter((row) => row.kind === kind && macs.some((mac) => Buffer.compare(mac, row.mac) === 0))
        .map(({ subject, stream }) => ({ subject, stream }))
        .sort((a, b) => (`${a.stream} ${a.subject}` < `${b.stream} ${b.subject}` ? -1 : 1)),
    removeSubject: async (subject, kinds) => {
      const gone = [...rows].filter(([, row]) => row.subject === subject && (kinds === undefined || kinds.includes(row.kind)));
      for (const [name] of gone) rows.delete(name);
      return gone.length;
    },
  };
}
