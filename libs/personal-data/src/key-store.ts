import type { DataClass } from './sealed';

export type SubjectRole = 'person' | (string & {});

/**
 * Who a subject is. The `person` of a stream is one subject in all its events: `event` and `pointer` are empty. Everybody else (a relative, a
 * reporter, a staff member) is a subject of their own each time they are named: `event` is that event's id, `pointer` the JSON pointer of the
 * object in its data that tells about them.
 */
export type SubjectName = Readonly<{ stream: string; role: SubjectRole; event: string; pointer: string }>;

/** Ties a subject reference, a random UUID, to who it is. */
export type Subject = SubjectName & Readonly<{ subject: string }>;

export type KeyName = Readonly<{ subject: string; class: DataClass }>;
export type KeyVersion = KeyName & Readonly<{ version: number }>;

/**
 * A key wrapped by the key-encryption key `kekId`. Its life: `active` (the newest active version seals new values), `retired` (opens, seals
 * nothing more), `destroyed` (the wrapped bytes are gone, and with them the values).
 */
export type StoredKey = KeyVersion &
  Readonly<{ kekId: string }> &
  (Readonly<{ state: 'active' | 'retired'; wrapped: Uint8Array }> | Readonly<{ state: 'destroyed'; wrapped: null }>);

/** A new key, not stored yet. */
export type ProposedKey = KeyVersion & Readonly<{ kekId: string; wrapped: Uint8Array }>;

/** A key of the service itself, such as that of the request digests. */
export type ServiceKey = Readonly<{ purpose: string; wrapped: Uint8Array; kekId: string }>;

/** A subject that may be new, with the first keys that it then needs. */
export type Newcomer = Readonly<{ subject: Subject; keys: readonly ProposedKey[] }>;
export type Admitted = Readonly<{ subjects: readonly Subject[]; keys: readonly StoredKey[] }>;

/**
 * Where wrapped keys rest, apart from the log. Several processes share one: each of the first three methods stores what is missing and gives
 * what is in force, the same for everybody, no matter who came first. Proposals are unique by their name.
 */
export interface KeyStore {
  /**
   * The subject of each name, with all its keys: the stored one as it is, or else the proposed one, which is stored now together with its proposed
   * keys. One round trip as a rule.
   */
  admit(newcomers: readonly Newcomer[]): Promise<Admitted>;

  /**
   * All versions of each subject's key of a class, destroyed ones too. Where none of them is active, the proposed version is stored now as active,
   * unless a version of that number exists: then the answer tells which number is free, the one after the last.
   */
  keys(proposals: readonly ProposedKey[]): Promise<readonly StoredKey[]>;

  serviceKey(proposal: ServiceKey): Promise<ServiceKey>;

  /** All versions of these keys, destroyed ones too; nothing for names that are unknown. Stores nothing. */
  findKeys(names: readonly KeyName[]): Promise<readonly StoredKey[]>;

  /** Everybody who was ever named in a stream, the person of the stream too, by role, event and pointer. Stores nothing. */
  subjectsOf(stream: string): Promise<readonly Subject[]>;
}
