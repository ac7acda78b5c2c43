/** The file with the key-encryption key cannot be trusted or used. The message names the file and the remedy. */
export class UnsafeKeyFile extends Error {
  override readonly name = 'UnsafeKeyFile';
}

/** The stored keys were wrapped by another key-encryption key than the one given: nothing was erased, the wrong key file is in place. */
export class WrongKeyEncryptionKey extends Error {
  override readonly name = 'WrongKeyEncryptionKey';
}

/** A sealed value does not open with its own key: it was changed, or it comes from another place. Never to be taken for an erased one. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** The subject's keys of this class were destroyed: nothing new can be sealed for it. */
export class SubjectErased extends Error {
  override readonly name = 'SubjectErased';
}

/** The data cannot be sealed: it does not have the shape of its marks, uses a reserved key, or holds a value that is too large. */
export class CannotSeal extends Error {
  override readonly name = 'CannotSeal';
}
