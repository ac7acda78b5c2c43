import { createHash } from 'node:crypto';

/** Namespace of Guitu's derived ids (RFC 9562, version 5). */
const namespace = Buffer.from('6f0f8f0e5c3b5b0e9c4b1d2a7e4c9a31', 'hex');

/** UUIDv5 of the parts, each with its length before it, so that no two lists of parts collide. */
export function derivedId(...parts: readonly string[]): string {
  const hash = createHash('sha1').update(namespace);
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  const bytes = hash.digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The id of a command: the same agency, client and idempotency key always give the same one, so a repeat is found in the log itself. */
export const commandId = (agency: string, client: string, idempotencyKey: string): string =>
  derivedId('command', agency, client, idempotencyKey);

/** The id of the i-th event of a command. */
export const eventId = (command: string, index: number): string => derivedId('event', command, String(index));

/** The id of the case that a command opens. */
export const openedCaseId = (command: string): string => derivedId('case', command);
