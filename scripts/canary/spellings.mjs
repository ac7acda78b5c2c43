// The ways in which a value may lie somewhere: as it is, with and without separators, and encoded.
import { URLSearchParams } from 'node:url';
import { TextDecoder } from 'node:util';

const ASTRAL_START = 0x10000;
const ASTRAL_GB18030 = 189_000;
const LAST_BMP_LINEAR = 39_420;

/** GB 18030 (GBK and what it adds) by decoding every pair of bytes, and every four bytes of the basic plane. */
function gb18030Table() {
  const decoder = new TextDecoder('gb18030');
  const table = new Map();
  const learn = (bytes) => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, Buffer.from(bytes));
  };
  for (let high = 0x81; high <= 0xfe; high += 1) for (let low = 0x40; low <= 0xfe; low += 1) if (low !== 0x7f) learn([high, low]);
  for (let linear = 0; linear < LAST_BMP_LINEAR; linear += 1) learn(fourBytes(linear));
  return table;
}

const fourBytes = (linear) => [
  0x81 + Math.floor(linear / 12_600),
  0x30 + (Math.floor(linear / 1_260) % 10),
  0x81 + (Math.floor(linear / 10) % 126),
  0x30 + (linear % 10),
];

let table;
/** The bytes of a text in GBK, with the four bytes of GB 18030 for what GBK does not have. */
export function gbkBytes(text) {
  table ??= gb18030Table();
  return Buffer.concat(
    [...text].map((character) => {
      const code = character.codePointAt(0);
      if (code < 0x80) return Buffer.from([code]);
      if (code >= ASTRAL_START) return Buffer.from(fourBytes(ASTRAL_GB18030 + code - ASTRAL_START));
      const bytes = table.get(character);
      if (bytes === undefined) throw new Error('a character that GB 18030 does not have');
      return bytes;
    }),
  );
}

/** With and without separators, as people write numbers and names. */
export function formsOf({ kind, value }) {
  if (kind === 'phone') return [value, cut(value, [3, 7], ' '), cut(value, [3, 7], '-')];
  if (kind === 'idNumber')
    return distinct([value, value.toLowerCase(), cut(value, [6, 14], ' '), cut(value, [6, 14], '-'), cut(value, [6, 10, 14], ' ')]);
  if (kind === 'name') return distinct([value, value.replace(/[\s·་'-]/g, '')]);
  return [value];
}

const distinct = (list) => [...new Set(list)];
const cut = (text, places, separator) =>
  [0, ...places].map((from, index) => text.slice(from, [...places, text.length][index])).join(separator);

const percent = (bytes, digit) =>
  [...bytes].map((byte) => (/[A-Za-z0-9_.~-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${digit(byte)}`)).join('');
const lower = (byte) => byte.toString(16).padStart(2, '0');
const upper = (byte) => lower(byte).toUpperCase();

/** The characters of the base64 text that depend on these bytes alone, when so many bytes stand before them. */
export function base64At(bytes, before) {
  const text = Buffer.concat([Buffer.alloc(before), bytes, Buffer.alloc(3)]).toString('base64');
  return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
}

const escaped = (text, digit) =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${digit(unit.charCodeAt(0) >> 8)}${digit(unit.charCodeAt(0) & 0xff)}`);

/** Every encoding by name: text to the bytes that would lie there. */
const encodings = {
  'UTF-8': (text) => [Buffer.from(text, 'utf8')],
  JSON: (text) => [Buffer.from(JSON.stringify(text).slice(1, -1)), Buffer.from(JSON.stringify(JSON.stringify(text)).slice(3, -3))],
  '\\uXXXX': (text) => [escaped(text, lower), escaped(text, upper)].map((one) => Buffer.from(one)),
  'UTF-16': (text) => [Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()],
  URL: (text) => bothCharsets(text).flatMap((bytes) => urls(bytes)),
  'URL, lenient': (text) =>
    [encodeURI(text), encodeURIComponent(text), new URLSearchParams({ x: text }).toString().slice(2)].map((one) => Buffer.from(one)),
  base64: (text) => bothCharsets(text).flatMap((bytes) => [0, 1, 2].map((before) => Buffer.from(base64At(bytes, before)))),
  base64url: (text) =>
    bothCharsets(text).flatMap((bytes) =>
      [0, 1, 2].map((before) => Buffer.from(base64At(bytes, before).replaceAll('+', '-').replaceAll('/', '_'))),
    ),
  hex: (text) =>
    bothCharsets(text)
      .flatMap((bytes) => [bytes.toString('hex'), bytes.toString('hex').toUpperCase()])
      .map((one) => Buffer.from(one)),
  GBK: (text) => [gbkBytes(text)],
};

const bothCharsets = (text) => [Buffer.from(text, 'utf8'), gbkBytes(text)];
const urls = (bytes) => [percent(bytes, lower), percent(bytes, upper)].map((one) => Buffer.from(one));

export const encodingNames = Object.keys(encodings);

/** All patterns of one value, each once: `{ bytes, encoding }`. */
export function patternsOf(entry) {
  const found = new Map();
  for (const form of formsOf(entry))
    for (const [encoding, encode] of Object.entries(encodings))
      for (const bytes of encode(form)) {
        const name = bytes.toString('latin1');
        if (!found.has(name)) found.set(name, { bytes, encoding });
      }
  return [...found.values()];
}
