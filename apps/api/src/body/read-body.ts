import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Problem, type Fault } from '../problems/problem';
import { parseJson } from './parse-json';

/** A body that was read from bytes: well-formed, in Unicode's composed form (NFC). */
export type ReadBody = Readonly<{
  value: unknown;
  numberFaults: readonly Fault[];
  /** The text was not in composed form and was changed to it. */
  normalised: boolean;
}>;

/** The headers that say how the body is written. */
export type BodyHeaders = Readonly<{ 'content-type'?: string | undefined; 'content-encoding'?: string | string[] | undefined }>;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const inflate = promisify(gunzip);
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const ascii = /^[\u0000-\u007f]*$/;

/**
 * Reads a body: charset, compression (gzip, up to the same limit), UTF-8, JSON, Unicode.
 * @throws Problem with the code of the first fault
 */
export async function readBody(bytes: Buffer, headers: BodyHeaders, limit: number): Promise<ReadBody> {
  checkCharset(headers['content-type']);
  const plain = headers['content-encoding'] === undefined ? bytes : await inflated(bytes, headers['content-encoding'], limit);
  return readPlainBody(plain);
}

/** The same for bytes that are known to be plain UTF-8. */
export function readPlainBody(bytes: Buffer): ReadBody {
  if (bytes.length === 0) throw new Problem('body-required');
  const text = decode(bytes);
  if (text.trim() === '') throw new Problem('body-required');
  const { value, numberFaults } = parseJson(text);
  // What is in composed form as a whole is so in every part; escapes can hide what is not.
  const composed = !text.includes('\\u') && (ascii.test(text) || text.normalize('NFC') === text);
  if (composed) return { value, numberFaults, normalised: false };
  const changed = { any: false };
  return { value: compose(value, changed), numberFaults, normalised: changed.any };
}

function checkCharset(contentType: string | undefined): void {
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)"?/i.exec(contentType ?? '')?.[1];
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8')
    throw new Problem('unsupported-charset', { en: 'Bodies are UTF-8.', zh: '正文须为 UTF-8。' });
}

async function inflated(bytes: Buffer, encoding: string | string[], limit: number): Promise<Buffer> {
  if (encoding === 'identity') return bytes;
  if (encoding !== 'gzip')
    throw new Problem('unsupported-media-type', { en: 'Bodies are plain or gzip.', zh: '正文须不压缩或用 gzip 压缩。' });
  try {
    return await inflate(bytes, { maxOutputLength: limit });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw new Problem('payload-too-large');
    throw new Problem('malformed-json', { en: 'The body is not gzip.', zh: '正文不是 gzip。' });
  }
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    throw new Problem('invalid-utf8', { faults: [{ pointer: '', rule: 'bom', message: 'The body begins with a byte order mark.' }] });
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Problem('invalid-utf8', { faults: [{ pointer: '', rule: 'utf-8', message: 'The bytes are not UTF-8.' }] });
  }
}

function compose(value: unknown, changed: { any: boolean }): unknown {
  if (typeof value === 'string') {
    const composed = value.normalize('NFC');
    if (composed !== value) changed.any = true;
    return composed;
  }
  if (Array.isArray(value)) return value.map((item) => compose(item, changed));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, compose(inner, changed)]));
}
