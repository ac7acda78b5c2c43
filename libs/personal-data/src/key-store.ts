import type { DataClass } from './sealed';

export type SubjectRole = 'person' | (string & {});

/** Ties a subject reference to its stream and role. Nothing outside the key store does. */
export type Subject = Readonly<{ stream: string; role: SubjectRole; subject: string }>;

export type KeyName = Readonly<{ subject: string; class: DataClass }>;

/** A key wrapped by the key-encryption key `kekId`; `wrapped` is null once the key is destroyed. */
export type StoredKey = KeyName & Readonly<{ version: number; wrapped: Uint8Array | null; kekId: string }>;

/** A key of the service itself, such as that of the request digests. */
export type ServiceKey = Readonly<{ purpose: string; wrapped: Uint8Array; kekId: string }>;

/**
 * Where wrapped keys rest, apart from the log. Several processes share one: each of the first three methods stores what is missing and gives
 * what is in force, the same for everybody, no matter who came first. Proposals are unique by their name.
 */
export interface KeyStore {
  /** The subject of each (stream, role): the stored one, or else the proposed one, which is stored now. */
  subjects(proposals: readonly Subject[]): Promise<readonly Subject[]>;

  /** All versions of each subject's key of a class, destroyed ones too; where there is no version at all, the proposed key is stored now. */
  keys(proposals: readonly StoredKey[]): Promise<readonly StoredKey[]>;

  serviceKey(proposal: ServiceKey): Promise<ServiceKey>;

  /** All versions of these keys, destroyed ones too; nothing for names that are unknown. Stores nothing. */
  findKeys(names: readonly KeyName[]): Promise<readonly StoredKey[]>;
}
