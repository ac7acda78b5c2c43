import { pointerTo } from './marked-values';
import { isObject, isSealed, type Sealed, type SealedRecord, type SealedValue } from './sealed';

/**
 * The data of an event with its sealed values made able to travel: each carries its place and ciphertext, so that the row of a read model
 * can hold it and the edge can open it. Needs no key.
 */
export function detachAll(record: SealedRecord): object {
  const walk = (value: unknown, pointer: string): unknown => {
    if (isSealed(value)) return detached(record, value, pointer);
    if (Array.isArray(value)) return value.map((element, index) => walk(element, pointerTo(pointer, index)));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, pointerTo(pointer, key))]));
  };
  return walk(record.data, '') as object;
}

/** One sealed value of an event by its JSON pointer; undefined when nothing sealed lies there. */
export function detach(record: SealedRecord, pointer: string): SealedValue | undefined {
  let value: unknown = record.data;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const holder = Object(value) as Readonly<Record<string, unknown>>;
    value = Object.hasOwn(holder, key) ? holder[key] : undefined;
  }
  return isSealed(value) ? detached(record, value, pointer) : undefined;
}

function detached({ stream, event, secrets }: SealedRecord, { $enc }: Sealed, pointer: string): SealedValue {
  const ciphertext = Object.hasOwn(secrets, $enc.d) ? secrets[$enc.d] : undefined;
  return { $sealed: { ...$enc, place: { stream, event, pointer }, ciphertext: ciphertext ?? null } };
}
