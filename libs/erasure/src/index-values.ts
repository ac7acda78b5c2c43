import type { Recorded } from '@guitu/history';
import { isErased, openValues, sealedValuesIn, type IndexedValue, type Keyring, type SealedValue } from '@guitu/personal-data';
import { fieldsOf, type IndexedField } from './indexed-fields';

type Wanted = Readonly<{ value: SealedValue; fields: readonly IndexedField[] }>;

/**
 * The values of these events by which people are found, in the open: for the keyed digests of the blind index, and for nothing else. What does not
 * open any more was erased and is passed over. @throws SealBroken, WrongKeyEncryptionKey
 */
export async function indexedValuesOf(keyring: Keyring, events: readonly Recorded[]): Promise<readonly IndexedValue[]> {
  const wanted = events.flatMap(wantedIn);
  if (wanted.length === 0) return [];
  const opened = await openValues(
    keyring,
    wanted.map(({ value }) => value),
  );
  return wanted.flatMap(({ value: { $sealed }, fields }, index) => {
    const result = opened[index];
    if (result === undefined || isErased(result)) return [];
    const sealedAt = partsOf($sealed.place.pointer);
    return fields.flatMap(({ kind, pointer }) =>
      textsAt(result.value, partsOf(pointer).slice(sealedAt.length)).map((value) => ({
        ...{ kind, value, subject: $sealed.s, stream: $sealed.place.stream },
      })),
    );
  });
}

function wantedIn({ type, data }: Recorded): readonly Wanted[] {
  const declared = fieldsOf(type);
  if (declared.length === 0) return [];
  return sealedValuesIn(data).flatMap((value) => {
    const sealedAt = partsOf(value.$sealed.place.pointer);
    const fields = declared.filter(({ pointer }) => leadsTo(partsOf(pointer), sealedAt));
    return fields.length === 0 ? [] : [{ value, fields }];
  });
}

const partsOf = (pointer: string): readonly string[] => pointer.split('/').slice(1);

/** Whether the field is this sealed value, or lies inside it. */
const leadsTo = (field: readonly string[], sealedAt: readonly string[]): boolean =>
  sealedAt.every((part, index) => field[index] === part || field[index] === '*');

/** The texts at a path inside an opened value; a field that is absent, or is no text, gives none. */
function textsAt(value: unknown, [part, ...rest]: readonly string[]): readonly string[] {
  if (part === undefined) return typeof value === 'string' ? [value] : [];
  if (part === '*') return Array.isArray(value) ? value.flatMap((element) => textsAt(element, rest)) : [];
  const holder = Object(value) as Readonly<Record<string, unknown>>;
  return Object.hasOwn(holder, part) ? textsAt(holder[part], rest) : [];
}
