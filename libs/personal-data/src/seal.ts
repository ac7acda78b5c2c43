import { ownerName, type Keyring, type SealingKey } from './keyring';
import { replaceMarked, type Marked } from './marked-values';
import type { Envelope, Place, PlainRecord, SealedData } from './sealed';
import type { KeyOwner } from './stored-keys';
import type { Suite } from './suite';
import { sealValue } from './value-seal';

/** Seals the data of one event; see `sealAll`. */
export async function sealData(keyring: Keyring, record: PlainRecord): Promise<SealedData> {
  const [sealed] = await sealAll(keyring, [record]);
  return sealed as SealedData;
}

/**
 * Seals the data of events that are about to be appended: everybody who is new in one round trip, none when the keyring remembers all.
 *
 * @returns in the same order, the data with a `Sealed` at the place of every personal value, and the ciphertexts by digest
 * @throws CannotSeal, WrongKeyEncryptionKey
 */
export async function sealAll(keyring: Keyring, records: readonly PlainRecord[]): Promise<readonly SealedData[]> {
  const prepared = records.map(takeOut);
  const owners = new Map<string, KeyOwner>();
  for (const { values } of prepared) for (const { name, owner } of values) owners.set(name, owner);
  const keys = await keyring.sealingKeys([...owners.values()]);
  return prepared.map(({ data, values }) => ({ data, secrets: fillIn(values, keys, keyring.suite) }));
}

/** A personal value that was taken out of its data; `gap` stands there and waits for its envelope. */
type TakenOut = Readonly<{ value: unknown; place: Place; owner: KeyOwner; name: string; gap: { $enc?: Envelope } }>;

function takeOut({ stream, event, data, marks }: PlainRecord): Readonly<{ data: object; values: readonly TakenOut[] }> {
  const values: TakenOut[] = [];
  const withGaps = replaceMarked(data, marks, (value, marked) => {
    const owner = ownerOf(stream, event, marked);
    const gap = {};
    values.push({ value, place: { stream, event, pointer: marked.pointer }, owner, name: ownerName(owner), gap });
    return gap;
  });
  return { data: withGaps, values };
}

/** The person of the stream is one in all its events; who else is named is somebody of their own, here and now. */
function ownerOf(stream: string, event: string, { class: dataClass, role, holder }: Marked): KeyOwner {
  if (role === 'person') return { stream, role, event: '', pointer: '', class: dataClass };
  return { stream, role, event, pointer: holder, class: dataClass };
}

function fillIn(values: readonly TakenOut[], keys: ReadonlyMap<string, SealingKey>, suite: Suite): Readonly<Record<string, string>> {
  // Every digest is a new name: an object without a prototype is a plain table from the start.
  const secrets = Object.create(null) as Record<string, string>;
  for (const { value, place, owner, name, gap } of values) {
    const { subject, version, key } = keys.get(name) as SealingKey;
    const { envelope, ciphertext } = sealValue(value, place, { subject, version, key, class: owner.class }, suite);
    gap.$enc = envelope;
    secrets[envelope.d] = ciphertext;
  }
  return secrets;
}
