import { detachAll } from './detach';
import type { KeyVersion } from './key-store';
import type { Keyring } from './keyring';
import { isErased, isObject, isSealedValue, type Envelope, type OpenedValue, type SealedRecord, type SealedValue } from './sealed';
import { openValue } from './value-seal';

const erased = { erased: true } as const;
const withheld = { withheld: true } as const;

/**
 * Opens values that travelled by themselves, in the same order: all keys that are not remembered in one query. A value whose key or ciphertext
 * is gone is erased.
 *
 * @throws SealBroken when a value was changed or belongs elsewhere, WrongKeyEncryptionKey
 */
export async function openValues(keyring: Keyring, values: readonly SealedValue[]): Promise<readonly OpenedValue[]> {
  const present = values.filter(({ $sealed }) => $sealed.ciphertext !== null);
  const keyOf = await keyring.openingKeys(present.map(({ $sealed }) => keyVersion($sealed)));
  return values.map(({ $sealed }) => {
    const key = $sealed.ciphertext === null ? undefined : keyOf(keyVersion($sealed));
    if ($sealed.ciphertext === null || !key) return erased;
    return { value: openValue($sealed, $sealed.ciphertext, $sealed.place, key) };
  });
}

/** The data of one event with all personal values in the open; an erased one is `{ erased: true }`. Throws as `openValues` does. */
export async function openData(keyring: Keyring, record: SealedRecord): Promise<object> {
  const [data] = await openAllData(keyring, [record]);
  return data as object;
}

/** As `openData` for many events, such as the history of a stream, with one query for all keys. */
export async function openAllData(keyring: Keyring, records: readonly SealedRecord[]): Promise<readonly object[]> {
  return (await openTree(keyring, records.map(detachAll))) as readonly object[];
}

/**
 * Opens every sealed value in any JSON tree, such as a page of rows; nothing else changes, and what was opened is not searched again.
 * An erased value becomes `{ erased: true }`, one that the reader may not see `{ withheld: true }`.
 *
 * @param mayOpen decides by class and place. A row's own text cannot prove which case it belongs to, so whoever opens for the reader of one
 *   case must compare `place.stream` here.
 */
export async function openTree(keyring: Keyring, tree: unknown, mayOpen: (value: SealedValue) => boolean = () => true): Promise<unknown> {
  const values = sealedValuesIn(tree).filter(mayOpen);
  const opened = await openValues(keyring, values);
  const results = new Map(values.map((value, index) => [value, opened[index] as OpenedValue]));
  return replaceSealed(tree, (value) => {
    const result = results.get(value);
    if (!result) return withheld;
    return isErased(result) ? result : result.value;
  });
}

/** The sealed values of a tree, in order: what a record of disclosure lists before anything is opened. */
export function sealedValuesIn(tree: unknown): readonly SealedValue[] {
  const found: SealedValue[] = [];
  replaceSealed(tree, (value) => found.push(value));
  return found;
}

/** The same tree with each sealed value replaced by what `replace` gives for it. Opens nothing; what was put in is not searched again. */
export function replaceSealed(tree: unknown, replace: (value: SealedValue) => unknown): unknown {
  if (isSealedValue(tree)) return replace(tree);
  if (Array.isArray(tree)) return tree.map((element) => replaceSealed(element, replace));
  if (!isObject(tree) || printsItself(tree)) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, inner]) => [key, replaceSealed(inner, replace)]));
}

/** Bytes, and objects that print themselves, such as a `Date`, are values and not trees. */
const printsItself = (value: object): boolean => ArrayBuffer.isView(value) || typeof (value as { toJSON?: unknown }).toJSON === 'function';

const keyVersion = ({ s, c, k }: Envelope): KeyVersion => ({ subject: s, class: c, version: k });
