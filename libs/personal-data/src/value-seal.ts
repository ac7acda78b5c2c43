import { hash, type KeyObject } from 'node:crypto';
import { CannotSeal, SealBroken } from './errors';
import type { SealingKey } from './keyring';
import { pad, unpad } from './padding';
import type { DataClass, Envelope, Place } from './sealed';
import type { Suite } from './suite';
import { findSuite } from './suites';

/** Seals any JSON value for its place. @returns the envelope for the hashed bytes, and the ciphertext (base64) that lies beside it */
export function sealValue(
  value: unknown,
  place: Place,
  key: SealingKey & { class: DataClass },
  suite: Suite,
): { envelope: Envelope; ciphertext: string } {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new CannotSeal(`the value at ${place.pointer} is not a JSON value`);
  const bound = { s: key.subject, k: key.version, c: key.class, a: suite.name };
  const plain = pad(text);
  const bytes = suite.encrypt(key.key, plain, context(bound, place));
  plain.fill(0);
  return { envelope: { ...bound, d: digestOf(bytes) }, ciphertext: bytes.toString('base64') };
}

/** The value again. @throws SealBroken when it was changed, or sealed for another place, subject, class or version */
export function openValue(envelope: Envelope, ciphertext: string, place: Place, key: KeyObject): unknown {
  const suite = findSuite(envelope.a);
  if (!suite) throw new SealBroken(`the value at ${describe(place)} names an unknown algorithm`);
  const bytes = Buffer.from(ciphertext, 'base64');
  const plain = digestOf(bytes) === envelope.d ? suite.decrypt(key, bytes, context(envelope, place)) : undefined;
  if (!plain) throw new SealBroken(`the value at ${describe(place)} does not open: it was changed, or it belongs elsewhere`);
  return JSON.parse(unpad(plain));
}

/** Everything that ties a ciphertext to its place: as a JSON list, so that no two places read the same. */
function context({ s, k, c, a }: Omit<Envelope, 'd'>, { stream, event, pointer }: Place): string {
  return JSON.stringify([a, stream, event, pointer, s, c, k]);
}

const digestOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'base64url');
const describe = ({ stream, event, pointer }: Place): string => `${pointer} of event ${event} in ${stream}`;
