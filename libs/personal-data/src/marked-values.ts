import { CannotSeal } from './errors';
import type { SubjectRole } from './key-store';
import { dataClasses, isObject, reservedKeys, type DataClass, type Mark, type Marks } from './sealed';

export type Marked = Readonly<{ class: DataClass; role: SubjectRole; pointer: string }>;

const markPattern = new RegExp(`^(${dataClasses.join('|')})(?: of ([a-z][a-z0-9-]*))?$`);

/**
 * The same data with every personal value replaced by what `replace` gives for it. Absent fields stay absent, values under no mark stay as they are.
 *
 * @throws CannotSeal where a mark expects an object and the data holds plain text (it would stay in the open), or a key is a reserved one
 */
export function replaceMarked(data: object, marks: Marks, replace: (value: unknown, marked: Marked) => unknown): object {
  const walk = (value: unknown, mark: Mark | Marks | undefined, pointer: string): unknown => {
    if (value === undefined) return value;
    if (typeof mark === 'string') return replace(value, { ...readMark(mark), pointer });
    if (Array.isArray(value)) return value.map((element, index) => walk(element, mark, `${pointer}/${index}`));
    if (isObject(value)) {
      return mapObject(value, (inner, key) =>
        walk(inner, mark && Object.hasOwn(mark, key) ? mark[key] : undefined, pointerTo(pointer, key)),
      );
    }
    if (mark !== undefined && value !== null) throw new CannotSeal('the data holds a plain value where its marks expect an object');
    return value;
  };
  return walk(data, marks, '') as object;
}

export function pointerTo(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

export function mapObject(value: object, change: (inner: unknown, key: string) => unknown): object {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (reservedKeys.includes(key)) throw new CannotSeal(`data must not hold the key ${key}: it is reserved for sealed values`);
      return [key, change(inner, key)];
    }),
  );
}

function readMark(mark: Mark): Pick<Marked, 'class' | 'role'> {
  const [, dataClass, role = 'person'] = markPattern.exec(mark) ?? [];
  if (dataClass === undefined) throw new CannotSeal(`unknown mark of a personal value: ${mark}`);
  return { class: dataClass as DataClass, role };
}
