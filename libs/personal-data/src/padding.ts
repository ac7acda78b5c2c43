import { CannotSeal } from './errors';

const smallestSize = 64;
const growth = 4;
const headerBytes = 4;

/** Bytes of JSON text, UTF-8, that one personal value may have. */
export const maxPersonalValueBytes = smallestSize * growth ** 8 - headerBytes;

/** The sizes that a padded value can have: 64, 256, 1,024, 4,096 … bytes. So a length tells next to nothing about a diagnosis. */
export function paddedSize(textBytes: number): number {
  if (textBytes > maxPersonalValueBytes)
    throw new CannotSeal(`a personal value has ${textBytes} bytes; ${maxPersonalValueBytes} are allowed`);
  let size = smallestSize;
  while (size < textBytes + headerBytes) size *= growth;
  return size;
}

/** Length of the text (4 bytes, big-endian), the text, zeros up to the size class. */
export function pad(text: string): Buffer {
  const length = Buffer.byteLength(text, 'utf8');
  const padded = Buffer.alloc(paddedSize(length));
  padded.writeUInt32BE(length, 0);
  padded.write(text, headerBytes, 'utf8');
  return padded;
}

export function unpad(padded: Buffer): string {
  const length = padded.readUInt32BE(0);
  return padded.toString('utf8', headerBytes, headerBytes + length);
}
