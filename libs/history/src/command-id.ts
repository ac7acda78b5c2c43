import { hash } from 'node:crypto';

/** Namespace of Guitu's derived ids (RFC 9562, version 5). */
const namespace = Buffer.from('6f0f8f0e5c3b5b0e9c4b1d2a7e4c9a31', 'hex');
const variants = '89ab';

/** UUIDv5 of the parts, each with its length before it, so that no two lists of parts collide. */
export function derivedId(...parts: readonly string[]): string {
  const text = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
  const hex = hash('sha1', Buffer.concat([namespace, Buffer.from(text)]), 'hex');
  const variant = variants[Number.parseInt(hex.charAt(16), 16) & 0x3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The id of a command: the same agency, client and idempotency key always give the same one, so a repeat is found in the log itself. */
export const commandId = (agency: string, client: string, idempotencyKey: string): string =>
  derivedId('command', agency, client, idempotencyKey);

/** The id of the i-th event of a command. */
export const eventId = (command: string, index: number): string => derivedId('event', command, String(index));

/** The id of the case that a command opens. */
export const openedCaseId = (command: string): string => derivedId('case', command);
