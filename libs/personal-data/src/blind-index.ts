import { createHmac } from 'node:crypto';
import { indexEntries, type IndexKind } from './index-entries';
import type { Keyring } from './keyring';

/** `mac`: HMAC-SHA256, 32 bytes. The value itself never rests here. */
export type IndexRow = Readonly<{ kind: IndexKind; mac: Uint8Array; subject: string; stream: string }>;

/** Who may be found: the subject, and the stream in which they are named. */
export type Found = Readonly<{ subject: string; stream: string }>;

/** Where the rows rest. A row that is there already is left alone. */
export interface BlindIndexStore {
  put(rows: readonly IndexRow[]): Promise<void>;
  find(kind: IndexKind, macs: readonly Uint8Array[]): Promise<readonly Found[]>;
}

/** Takes rows away, for privileged work alone: all of a subject, or those of some kinds. Gives how many. */
export interface BlindIndexErasure {
  removeSubject(subject: string, kinds?: readonly IndexKind[]): Promise<number>;
}

/** A value by which a person is to be found. `subject` is the reference in the sealed value's envelope. */
export type IndexedValue = Readonly<{ kind: IndexKind; value: string }> & Found;

export type BlindIndex = Readonly<{
  put(values: readonly IndexedValue[]): Promise<void>;
  /** Everybody with this value, whatever way it was written, in the order of stream and subject. */
  find(kind: IndexKind, value: string): Promise<readonly Found[]>;
}>;

/**
 * Look-up by a keyed digest: whoever reads the rows without the service key `blind-index` can neither read nor try out a value; equal values of one
 * kind do show as equal. @throws WrongKeyEncryptionKey
 */
export async function openBlindIndex(keyring: Pick<Keyring, 'serviceKey'>, store: BlindIndexStore): Promise<BlindIndex> {
  const key = await keyring.serviceKey('blind-index');
  const macsOf = (kind: IndexKind, value: string): readonly Uint8Array[] =>
    indexEntries(kind, value).map((text) =>
      createHmac('sha256', key)
        .update(JSON.stringify([kind, text]), 'utf8')
        .digest(),
    );
  return {
    async put(values) {
      const rows = values.flatMap(({ kind, value, subject, stream }) => macsOf(kind, value).map((mac) => ({ kind, mac, subject, stream })));
      if (rows.length > 0) await store.put(rows);
    },
    async find(kind, value) {
      const macs = macsOf(kind, value);
      return macs.length === 0 ? [] : store.find(kind, macs);
    },
  };
}
