import type { Schema } from '../validation/schemas';

export const component = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

export const text: Schema = { type: 'string' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const flag: Schema = { type: 'boolean' };
export const moment: Schema = { type: 'string', format: 'instant', description: 'Like 2020-10-12T08:40:00+08:00.' };
export const position: Schema = {
  type: 'string',
  pattern: '^[0-9]{1,19}$',
  description: 'A position of the log: 64 bits, so it travels as text.',
};
/** An object whose fields are not told: the shape belongs to the domain and grows with it. */
export const open = (description: string): Schema => ({ type: 'object', description, additionalProperties: true });
export const told = (schema: Schema, description: string): Schema => ({ ...schema, description });
export const listOf = (items: Schema): Schema => ({ type: 'array', items });

/** The same, or null. */
export const orNull = (schema: Schema): Schema =>
  typeof schema['type'] === 'string' ? { ...schema, type: [schema['type'], 'null'] } : { anyOf: [schema, { type: 'null' }] };

export const personal: Schema = component('PersonalValue');

/** An object of an answer: every property comes, save the named ones. More may come in later versions. */
export const answered = (
  description: string,
  properties: Readonly<Record<string, Schema>>,
  sometimes: Readonly<Record<string, Schema>> = {},
): Schema => ({ type: 'object', description, required: Object.keys(properties), properties: { ...properties, ...sometimes } });

/** The columns of a row: one that is forgotten, or that the row does not have, does not compile. */
export const row = <Row>(description: string, properties: Readonly<Record<keyof Row & string, Schema>>): Schema =>
  answered(description, properties);

/** One page of a list. */
export const pageOf = (name: string): Schema =>
  answered('One page.', {
    rows: { type: 'array', maxItems: 200, items: component(name) },
    next: { type: ['string', 'null'], description: 'The `cursor` of the next page; null at the end.' },
  });
