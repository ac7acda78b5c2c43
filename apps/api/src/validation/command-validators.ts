import Ajv, { type ValidateFunction } from 'ajv';
import { dateInChina, type CalendarDate, type Instant } from '@guitu/standards';
import type { ReadBody } from '../body/read-body';
import { problemOfFaults } from './faults';
import { formatsAt, type Format } from './formats';
import type { Schema } from './schemas';
import { openTextKeyword, withOpenTextsMarked } from './texts-in-the-open';

/** What the body of every command says: when it happened, why it comes late, and the command's own data. */
export type CommandBody = Readonly<{ occurredAt?: Instant; backfillReason?: string; data: Readonly<Record<string, unknown>> }>;

/** Checks bodies against the schemas of commands, compiled once. */
export type CommandValidators = Readonly<{
  /** The body of a command of this type, with letter cases and brackets in their standard form. @throws Problem naming every fault */
  check: (type: string, body: ReadBody) => CommandBody;
}>;

const MAX_REASON = 500;

/** The schema of a whole request body around a command's data. */
export const bodySchema = (data: Schema): Schema => ({
  type: 'object',
  additionalProperties: false,
  required: ['data'],
  properties: {
    occurredAt: {
      type: 'string',
      format: 'instant',
      description: 'When it happened (发生时间); the recording moment when absent.',
    },
    backfillReason: {
      type: 'string',
      minLength: 1,
      maxLength: MAX_REASON,
      description: 'Why it is recorded more than 24 hours late (补录原因).',
      'x-personal': 'narrative',
    },
    data,
  },
});

/** @param today the day by which birth dates are judged */
export function commandValidators(
  schemas: ReadonlyMap<string, Schema>,
  today: () => CalendarDate = () => dateInChina(new Date().toISOString()),
): CommandValidators {
  const formats = formatsAt(today);
  const ajv = newAjv(formats);
  const compiled = new Map<string, ValidateFunction>();
  for (const [type, schema] of schemas) {
    ajv.addSchema(withOpenTextsMarked(withStandardForms(schema) as object), `command:${type}`);
    compiled.set(type, ajv.compile(bodySchema({ $ref: `command:${type}` })));
  }
  return {
    check: (type, { value, numberFaults }) => {
      const validate = compiled.get(type);
      if (validate === undefined) throw new Error(`There is no schema of the command ${type}; run \`npm run schemas\`.`);
      const valid = validate(value);
      const problem = valid && numberFaults.length === 0 ? undefined : problemOfFaults(validate.errors ?? [], numberFaults, formats);
      if (problem !== undefined) throw problem;
      return value as CommandBody;
    },
  };
}

function newAjv(formats: Readonly<Record<string, Format>>): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    messages: false,
    ownProperties: true,
  });
  for (const [name, { check }] of Object.entries(formats)) ajv.addFormat(name, { type: 'string', validate: check });
  for (const keyword of ['x-personal', 'clause', 'zh']) ajv.addKeyword({ keyword });
  ajv.addKeyword(openTextKeyword);
  ajv.addKeyword({
    keyword: standardForm,
    type: 'string',
    schemaType: 'string',
    modifying: true,
    errors: false,
    validate: writeInStandardForm,
  });
  return ajv;
}

const standardForm = 'x-standard-form';
const forms: Readonly<Record<string, (text: string) => string>> = {
  gb11643: (text) => text.replace(/x$/, 'X'),
  gb32100: (text) => text.toUpperCase(),
};

type Place = Readonly<{ parentData?: Record<string | number, unknown>; parentDataProperty?: string | number }>;

function writeInStandardForm(form: string, text: string, _parent?: unknown, place?: Place): boolean {
  const write = forms[form];
  if (write !== undefined && place?.parentData !== undefined && place.parentDataProperty !== undefined)
    place.parentData[place.parentDataProperty] = write(text);
  return true;
}

/** Marks the places whose format has a standard way of writing. */
function withStandardForms(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withStandardForms);
  if (typeof node !== 'object' || node === null) return node;
  const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withStandardForms(value)]));
  const { format, type } = inner;
  return type === 'string' && typeof format === 'string' && Object.hasOwn(forms, format) ? { ...inner, [standardForm]: format } : inner;
}
