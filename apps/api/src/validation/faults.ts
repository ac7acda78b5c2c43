import type { ErrorObject } from 'ajv';
import { Problem, type Fault } from '../problems/problem';
import { isRepeatable } from '../problems/repeatable-name';
import type { Format } from './formats';

type Formats = Readonly<Record<string, Format>>;

/** What a keyword of the schemas is called in an answer, and how it is put; formats have their own words. */
const rules: Readonly<Record<string, readonly [rule: string, en: string]>> = {
  additionalProperties: ['unknown-field', 'Nobody defined this field.'],
  unevaluatedProperties: ['unknown-field', 'Nobody defined this field.'],
  required: ['required', 'This field is required.'],
  type: ['type', 'This has another type.'],
  enum: ['enum', 'This is none of the allowed values.'],
  const: ['enum', 'This is not the allowed value.'],
  pattern: ['pattern', 'This does not have the required form.'],
  maxLength: ['max-length', 'This text is too long.'],
  minLength: ['min-length', 'This text is too short.'],
  maxItems: ['max-items', 'This list is too long.'],
  minItems: ['min-items', 'This list is too short.'],
  uniqueItems: ['unique-items', 'Something stands in this list twice.'],
  maximum: ['number-range', 'This number is too large.'],
  minimum: ['number-range', 'This number is too small.'],
  exclusiveMaximum: ['number-range', 'This number is too large.'],
  exclusiveMinimum: ['number-range', 'This number is too small.'],
  'x-in-the-open': ['id-number', 'This text is not sealed: an ID number has no place in it.'],
  anyOf: ['one-of', 'None of the allowed shapes fits.'],
  oneOf: ['one-of', 'Not exactly one of the allowed shapes fits.'],
};

/** The faults of a body, from what the schema found and the numbers that cannot be kept; undefined when there are none. */
export function problemOfFaults(errors: readonly ErrorObject[], numberFaults: readonly Fault[], formats: Formats): Problem | undefined {
  const found = withoutBranches(errors).map((error) => faultOf(error, formats));
  const faults = unique(withNumbers(typeFirst(found), numberFaults));
  if (faults.length === 0) return undefined;
  const contentRules = new Set(Object.values(formats).flatMap(({ rule, content }) => (content === true ? [rule] : [])));
  if (faults.every(({ rule }) => rule === 'unknown-field')) return new Problem('unknown-field', { faults });
  return new Problem('validation-failed', { faults, status: faults.every(({ rule }) => contentRules.has(rule)) ? 422 : 400 });
}

function faultOf({ keyword, instancePath, params }: ErrorObject, formats: Formats): Fault {
  if (keyword === 'format') {
    const format = formats[String(params['format'])];
    return { pointer: instancePath, rule: format?.rule ?? 'format', message: format?.en ?? 'This does not have the required form.' };
  }
  const [rule, en] = rules[keyword] ?? [
    keyword.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    'This does not follow the schema.',
  ];
  const name: unknown = params['additionalProperty'] ?? params['unevaluatedProperty'] ?? params['missingProperty'];
  // The name of an unknown field may hold anything; it is repeated only when it looks like a name.
  const pointer = typeof name === 'string' && isRepeatable(name) ? `${instancePath}/${name}` : instancePath;
  return { pointer, rule, message: en };
}

/** When no branch of a union fits, that is the fault; why each single branch does not fit only confuses. */
function withoutBranches(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  if (unions.length === 0) return errors;
  const under = (error: ErrorObject): boolean =>
    unions.some(
      (union) => union !== error && (error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`)),
    );
  const kept = errors.filter((error) => !under(error));
  return kept.length === 0 ? unions.slice(0, 1) : kept;
}

/** What has another type has no further faults that would help. */
function typeFirst(found: readonly Fault[]): readonly Fault[] {
  const wrong = new Set(found.filter(({ rule }) => rule === 'type').map(({ pointer }) => pointer));
  return wrong.size === 0 ? found : found.filter(({ pointer, rule }) => rule === 'type' || !wrong.has(pointer));
}

/** Where a number is due, its range is the fault; where none is due, its type is. */
function withNumbers(found: readonly Fault[], numberFaults: readonly Fault[]): readonly Fault[] {
  if (numberFaults.length === 0) return found;
  const places = new Set(numberFaults.map(({ pointer }) => pointer));
  const typeFaults = new Set(found.filter(({ rule }) => rule === 'type').map(({ pointer }) => pointer));
  return [
    ...found.filter(({ pointer, rule }) => !places.has(pointer) || rule === 'type'),
    ...numberFaults.filter(({ pointer }) => !typeFaults.has(pointer)),
  ];
}

function unique(faults: readonly Fault[]): readonly Fault[] {
  const seen = new Set<string>();
  return faults.filter(({ pointer, rule }) => {
    const name = `${rule} ${pointer}`;
    return seen.has(name) ? false : seen.add(name) !== undefined;
  });
}
