import { Problem, type Fault } from '../problems/problem';
import { isRepeatable } from '../problems/repeatable-name';
import { checkText, isSuspicious } from './check-text';

/** A body that was read: its value, and the numbers that cannot be kept exactly (they stand as 0 in the value). */
export type ParsedJson = Readonly<{ value: unknown; numberFaults: readonly Fault[] }>;

export const MAX_DEPTH = 32;
/** Names that reach into objects themselves, and those that mark sealed values at rest. */
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype', '$enc', '$sealed']);

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Words that other languages write for numbers that JSON does not have. */
const noNumberPattern = /-?(?:NaN|Infinity)/y;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const plainText = /[^"\\\u0000-\u001f]*/y;
const blank = /[ \t\n\r]*/y;
const words: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };
const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * Reads JSON (RFC 8259) in one pass and refuses what a plain parser lets through: keys twice, forbidden names, texts with control characters, depth.
 * Numbers that would lose digits are told as faults and replaced by 0; every other fault ends the reading.
 * @throws Problem malformed-json, duplicate-json-key, json-too-deep, forbidden-field, invalid-unicode; never with an excerpt
 */
export function parseJson(text: string): ParsedJson {
  return new JsonReader(text).read();
}

class JsonReader {
  private at = 0;
  private depth = 0;
  private readonly path: (string | number)[] = [];
  private readonly numberFaults: Fault[] = [];
  /** Texts need a look each only when the whole body holds something unusual, or an escape that could hide it. */
  private readonly checksTexts: boolean;

  constructor(private readonly text: string) {
    this.checksTexts = isSuspicious(text);
  }

  read(): ParsedJson {
    this.skip(blank);
    const value = this.value();
    this.skip(blank);
    if (this.at < this.text.length) this.malformed();
    return { value, numberFaults: this.numberFaults };
  }

  private value(): unknown {
    const first = this.text[this.at];
    if (first === '{') return this.object();
    if (first === '[') return this.array();
    if (first === '"') return this.string();
    if (first === 't') return this.word('true');
    if (first === 'f') return this.word('false');
    if (first === 'n') return this.word('null');
    return this.number();
  }

  private object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.enter();
    if (!this.taken('}')) {
      do {
        this.skip(blank);
        const key = this.key(object);
        this.skip(blank);
        if (!this.taken(':')) this.malformed();
        this.path.push(key);
        object[key] = this.inner();
        this.path.pop();
      } while (this.taken(','));
      if (!this.taken('}')) this.malformed();
    }
    this.depth -= 1;
    return object;
  }

  private array(): unknown[] {
    const array: unknown[] = [];
    this.enter();
    if (!this.taken(']')) {
      do {
        this.path.push(array.length);
        array.push(this.inner());
        this.path.pop();
      } while (this.taken(','));
      if (!this.taken(']')) this.malformed();
    }
    this.depth -= 1;
    return array;
  }

  private inner(): unknown {
    this.skip(blank);
    const value = this.value();
    this.skip(blank);
    return value;
  }

  private enter(): void {
    this.at += 1;
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new Problem('json-too-deep', { en: `At most ${MAX_DEPTH} levels.`, zh: `至多 ${MAX_DEPTH} 层。` });
    this.skip(blank);
  }

  private key(object: Record<string, unknown>): string {
    if (this.text[this.at] !== '"') this.malformed();
    const key = this.string();
    if (forbiddenKeys.has(key)) this.refuse('forbidden-field', key, 'This name must not be used.');
    if (Object.hasOwn(object, key)) this.refuse('duplicate-json-key', key, 'This key appears twice.');
    return key;
  }

  private string(): string {
    this.at += 1;
    let value = this.take(plainText);
    while (!this.taken('"')) {
      if (this.text[this.at] !== '\\') this.malformed();
      value += this.escape() + this.take(plainText);
    }
    if (this.checksTexts) checkText(value, pointerOf(this.path));
    return value;
  }

  private escape(): string {
    const letter = this.text[this.at + 1] ?? '';
    if (letter !== 'u') {
      const plain = escapes[letter];
      if (plain === undefined || !Object.hasOwn(escapes, letter)) this.malformed();
      this.at += 2;
      return plain;
    }
    const hex = this.text.slice(this.at + 2, this.at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.malformed();
    this.at += 6;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  private number(): number {
    if (this.take(noNumberPattern) !== '') return this.numberFault();
    const digits = this.take(numberPattern);
    if (digits === '') this.malformed();
    const value = Number(digits);
    const exact = Number.isInteger(value) ? Number.isSafeInteger(value) && !Object.is(value, -0) : Number.isFinite(value);
    return exact ? value : this.numberFault();
  }

  private numberFault(): number {
    this.numberFaults.push({ pointer: pointerOf(this.path), rule: 'number-range', message: 'This number cannot be kept exactly.' });
    return 0;
  }

  private word(word: string): unknown {
    if (!this.text.startsWith(word, this.at)) this.malformed();
    this.at += word.length;
    return words[word];
  }

  private taken(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.at += found.length;
    return found;
  }

  private skip(pattern: RegExp): void {
    const code = this.text.charCodeAt(this.at);
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) this.take(pattern);
  }

  private refuse(code: 'forbidden-field' | 'duplicate-json-key', key: string, message: string): never {
    throw new Problem(code, { faults: [{ pointer: pointerOf([...this.path, key]), rule: code, message }] });
  }

  private malformed(): never {
    const offset = Buffer.byteLength(this.text.slice(0, this.at));
    throw new Problem('malformed-json', {
      zh: `第 ${offset} 字节处不是合法的 JSON。`,
      en: `It stops being JSON at byte ${offset}.`,
      members: { offset },
    });
  }
}

/** The JSON pointer of a place; a name that no schema would know is cut short there, since it may hold anything. */
export function pointerOf(path: readonly (string | number)[]): string {
  const odd = path.findIndex((part) => typeof part === 'string' && !isRepeatable(part));
  return (odd === -1 ? path : path.slice(0, odd)).map((part) => `/${part}`).join('');
}
