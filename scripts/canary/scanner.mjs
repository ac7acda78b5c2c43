// Looks for very many byte patterns at once: a rolling hash over six bytes, a bitmap that says no most of the time, and a comparison where it says yes.
import { patternsOf } from './spellings.mjs';
import { valuesOf } from './persons.mjs';

const WINDOW = 6;
const BASE = 0x01000193;
const MAP_BITS = 25;

const power = (() => {
  let value = 1;
  for (let index = 0; index < WINDOW; index += 1) value = Math.imul(value, BASE);
  return value;
})();
const slotOf = (hash) => Math.imul(hash, 0x9e3779b1) >>> (32 - MAP_BITS);

function hashOfEnd(bytes) {
  let hash = 0;
  for (let index = bytes.length - WINDOW; index < bytes.length; index += 1) hash = (Math.imul(hash, BASE) + bytes[index]) | 0;
  return hash;
}

/** `scanner.add(person)`; `scanner.scan(buffer, onHit)` tells `{ person, kind, encoding, at }` of everything that lies in the buffer. */
export function openScanner() {
  const bitmap = new Uint8Array(2 ** (MAP_BITS - 3));
  const buckets = new Map();
  let patterns = 0;
  let longest = 0;
  const known = new Set();

  function addPattern(bytes, meaning) {
    const name = bytes.toString('latin1');
    if (bytes.length < WINDOW) throw new Error(`a canary of ${bytes.length} bytes could be anything`);
    if (known.has(name)) return;
    known.add(name);
    const hash = hashOfEnd(bytes);
    const slot = slotOf(hash);
    bitmap[slot >>> 3] |= 1 << (slot & 7);
    const bucket = buckets.get(hash);
    if (bucket === undefined) buckets.set(hash, [{ bytes, meaning }]);
    else bucket.push({ bytes, meaning });
    patterns += 1;
    longest = Math.max(longest, bytes.length);
  }

  function scan(buffer, onHit) {
    let hash = 0;
    for (let at = 0; at < buffer.length; at += 1) {
      hash = (Math.imul(hash, BASE) + buffer[at] - (at >= WINDOW ? Math.imul(buffer[at - WINDOW], power) : 0)) | 0;
      const slot = slotOf(hash);
      if ((bitmap[slot >>> 3] & (1 << (slot & 7))) === 0) continue;
      const bucket = buckets.get(hash);
      if (bucket === undefined) continue;
      for (const { bytes, meaning } of bucket) {
        const start = at + 1 - bytes.length;
        if (start >= 0 && buffer.compare(bytes, 0, bytes.length, start, at + 1) === 0) onHit({ ...meaning, at: start });
      }
    }
  }

  return {
    add: (person) => {
      for (const { kind, value } of valuesOf(person))
        for (const { bytes, encoding } of patternsOf({ kind, value })) addPattern(bytes, { person: person.number, kind, encoding, value });
    },
    scan,
    patterns: () => patterns,
    longest: () => longest,
  };
}

/** What was searched, by place, and what was found there. Places that are empty are told, too: nothing may be searched by mistake in nothing. */
export function openSearch(scanner) {
  const places = new Map();
  const hits = [];
  return {
    places,
    hits,
    look(place, what, bytes) {
      const buffer = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
      const entry = places.get(place) ?? { bytes: 0, pieces: 0 };
      places.set(place, { bytes: entry.bytes + buffer.length, pieces: entry.pieces + 1 });
      scanner.scan(buffer, (hit) => hits.push({ place, what: typeof what === 'function' ? what(hit) : what, ...hit }));
    },
  };
}
