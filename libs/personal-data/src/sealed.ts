export const dataClasses = ['identity', 'contact', 'health', 'minor', 'narrative'] as const;

/** Which of a person's keys protects a value (dossier 9.1). */
export type DataClass = (typeof dataClasses)[number];

/** The class of a personal value, and whose it is: `contact` is the person's of the stream, `contact of relative` somebody else's. */
export type Mark = DataClass | `${DataClass} of ${string}`;

/**
 * Which values of an event's data are personal: mirrors the shape of the data. For a list of objects it holds the marks of one element;
 * a class on a list or an object seals that list or object as one value. A marked field may be absent from the data.
 */
export interface Marks {
  readonly [field: string]: Mark | Marks;
}

/** What stands in the hashed bytes instead of a personal value. */
export type Sealed = Readonly<{ $enc: Envelope }>;

export type Envelope = Readonly<{
  /** Subject reference: a random UUID; only the key store knows whose it is. */
  s: string;
  /** Version of the subject's key of this class, from 1. */
  k: number;
  c: DataClass;
  /** Algorithm, see `suites`. */
  a: string;
  /** SHA-256 of the ciphertext's bytes, base64url: its name in `secrets`. */
  d: string;
}>;

/** Where a value belongs; its ciphertext opens at no other place. */
export type Place = Readonly<{
  stream: string;
  /** Id of the event. */
  event: string;
  /** JSON pointer (RFC 6901) inside the event's data, such as `/relative/name`. */
  pointer: string;
}>;

/** A sealed value that travels by itself, in the row of a read model: it carries its place and its ciphertext (null: removed by erasure). */
export type SealedValue = Readonly<{ $sealed: Envelope & Readonly<{ place: Place; ciphertext: string | null }> }>;

/** What becomes of a value whose key or ciphertext was destroyed. */
export type Erased = Readonly<{ erased: true }>;
export type OpenedValue = Readonly<{ value: unknown }> | Erased;

/** One event's data with its personal values in the open. */
export type PlainRecord = Readonly<{ stream: string; event: string; data: object; marks: Marks }>;

/** The data of one event at rest: a `Sealed` at the place of every personal value; the ciphertexts (base64) by digest beside it. */
export type SealedData = Readonly<{ data: object; secrets: Readonly<Record<string, string>> }>;
export type SealedRecord = Readonly<{ stream: string; event: string }> & SealedData;

/** Keys that no data may bring along: whoever finds them trusts that this room wrote them. */
export const reservedKeys: readonly string[] = ['$enc', '$sealed'];

export const isSealed = (value: unknown): value is Sealed => isObject(value) && Object.hasOwn(value, '$enc');
export const isSealedValue = (value: unknown): value is SealedValue => isObject(value) && Object.hasOwn(value, '$sealed');
export const isErased = (opened: OpenedValue): opened is Erased => 'erased' in opened;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
