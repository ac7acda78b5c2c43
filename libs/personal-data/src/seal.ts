import { ownerName, type KeyOwner, type Keyring, type SealingKey } from './keyring';
import { replaceMarked } from './marked-values';
import type { PlainRecord, SealedData } from './sealed';
import { a256gcm } from './suite';
import { sealValue } from './value-seal';

/** Seals the data of one event; see `sealAll`. */
export async function sealData(keyring: Keyring, record: PlainRecord): Promise<SealedData> {
  const [sealed] = await sealAll(keyring, [record]);
  return sealed as SealedData;
}

/**
 * Seals the data of events that are about to be appended: all missing keys at most two round trips, none when the keyring remembers them.
 *
 * @returns in the same order, the data with a `Sealed` at the place of every personal value, and the ciphertexts by digest
 * @throws CannotSeal, SubjectErased, WrongKeyEncryptionKey
 */
export async function sealAll(keyring: Keyring, records: readonly PlainRecord[]): Promise<readonly SealedData[]> {
  const keys = await keyring.sealingKeys(ownersIn(records));
  return records.map((record) => sealRecord(record, keys));
}

function ownersIn(records: readonly PlainRecord[]): readonly KeyOwner[] {
  const owners = new Map<string, KeyOwner>();
  for (const { stream, data, marks } of records) {
    replaceMarked(data, marks, (value, { class: dataClass, role }) => {
      const owner = { stream, role, class: dataClass };
      owners.set(ownerName(owner), owner);
      return value;
    });
  }
  return [...owners.values()];
}

function sealRecord({ stream, event, data, marks }: PlainRecord, keys: ReadonlyMap<string, SealingKey>): SealedData {
  const secrets: Record<string, string> = {};
  const sealed = replaceMarked(data, marks, (value, { class: dataClass, role, pointer }) => {
    const key = keys.get(ownerName({ stream, role, class: dataClass })) as SealingKey;
    const { envelope, ciphertext } = sealValue(value, { stream, event, pointer }, { ...key, class: dataClass }, a256gcm);
    secrets[envelope.d] = ciphertext;
    return { $enc: envelope };
  });
  return { data: sealed, secrets };
}
