import { CannotSeal } from './errors';
import type { SubjectRole } from './key-store';
import { dataClasses, isObject, reservedKeys, type DataClass, type Mark, type Marks } from './sealed';

/** `holder`: the pointer of the object that holds the value. */
export type Marked = Readonly<{ class: DataClass; role: SubjectRole; pointer: string; holder: string }>;

const markPattern = new RegExp(`^(${dataClasses.join('|')})(?: of ([a-z][a-z0-9-]*))?$`);

/**
 * The same data with every personal value replaced by what `replace` gives for it. Absent fields stay absent, values under no mark stay as they are.
 *
 * @throws CannotSeal where a mark expects an object and the data holds plain text (it would stay in the open), or a key is a reserved one
 */
export function replaceMarked(data: object, marks: Marks, replace: (value: unknown, marked: Marked) => unknown): object {
  const walk = (value: unknown, mark: Marks, pointer: string): unknown => {
    if (Array.isArray(value))
      return value.map((element, index) => (element === undefined ? element : walk(element, mark, `${pointer}/${index}`)));
    if (isObject(value))
      return mapObject(value, (inner, key) => field(inner, Object.hasOwn(mark, key) ? mark[key] : undefined, { holder: pointer, key }));
    if (value !== null) throw new CannotSeal('the data holds a plain value where its marks expect an object');
    return value;
  };
  const field = (value: unknown, mark: Mark | Marks | undefined, at: Readonly<{ holder: string; key: string }>): unknown => {
    if (value === undefined) return value;
    if (mark === undefined) return refuseReservedKeys(value);
    const pointer = pointerTo(at.holder, at.key);
    if (typeof mark !== 'string') return walk(value, mark, pointer);
    const { class: dataClass, role } = readMark(mark);
    return replace(value, { class: dataClass, role, pointer, holder: at.holder });
  };
  return walk(data, marks, '') as object;
}

export function pointerTo(parent: string, key: string | number): string {
  const text = String(key);
  return `${parent}/${text.includes('~') || text.includes('/') ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text}`;
}

export function mapObject(value: object, change: (inner: unknown, key: string) => unknown): object {
  const changed: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    refuseReserved(key);
    define(changed, key, change(inner, key));
  }
  return changed;
}

/** As an assignment, but `__proto__` becomes a key like any other. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

/** A value under no mark stays as it is; it may still bring no key that only this room writes. */
function refuseReservedKeys(value: unknown): unknown {
  if (Array.isArray(value)) for (const element of value) refuseReservedKeys(element);
  else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      refuseReserved(key);
      refuseReservedKeys(inner);
    }
  }
  return value;
}

function refuseReserved(key: string): void {
  if (reservedKeys.includes(key)) throw new CannotSeal(`data must not hold the key ${key}: it is reserved for sealed values`);
}

const readMarks = new Map<Mark, Pick<Marked, 'class' | 'role'>>();

/** Marks are written in catalogues: there are few of them, and each is read once. */
function readMark(mark: Mark): Pick<Marked, 'class' | 'role'> {
  const known = readMarks.get(mark);
  if (known !== undefined) return known;
  const [, dataClass, role = 'person'] = markPattern.exec(mark) ?? [];
  if (dataClass === undefined) throw new CannotSeal(`unknown mark of a personal value: ${mark}`);
  const read = { class: dataClass as DataClass, role };
  readMarks.set(mark, read);
  return read;
}
