import { commandKindsOf, type AnyStreamKind } from '@guitu/rescue';
import type { Schema } from '../validation/schemas';

/** One way to give a command: to a stream that the address names, or opening one. */
export type CommandRoute = Readonly<{
  kind: AnyStreamKind;
  /** The command's type, such as `RecordEncounter`. */
  type: string;
  /** The address below `/v1`, such as `cases/:id/offer-handover`. */
  path: string;
  /** Absent when the command opens a stream whose id is derived from the idempotency key. */
  id?: IdRule;
}>;

/** What an id in an address looks like. */
export type IdRule = Readonly<{
  pattern: RegExp;
  /** The field of the command's data that must say the same id, where the command carries it. */
  field: string;
}>;

const derivedId = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const kebab = (type: string): string =>
  type.replace(/(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])/g, (letter) => `-${letter}`).toLowerCase();

/** All commands that people give, as addresses. Guitu's own commands have none. */
export function commandRoutes(kinds: readonly AnyStreamKind[], schemas: ReadonlyMap<string, Schema>): readonly CommandRoute[] {
  return kinds.flatMap((kind) => {
    const id = idRuleOf(kind, schemas);
    // A stream that is about another one has that one's id: it is named in the address, also for the first command.
    const chosen = id.pattern !== derivedId || kind.about !== undefined;
    const given = Object.entries(commandKindsOf(kind)).filter(([, { role }]) => role !== 'system');
    return given.flatMap(([type, { opens }]): CommandRoute[] => [
      ...(opens !== undefined && !chosen ? [{ kind, type, path: `${kind.collection}/${kebab(type)}` }] : []),
      ...(opens !== 'first' || chosen ? [{ kind, type, path: `${kind.collection}/:id/${kebab(type)}`, id }] : []),
    ]);
  });
}

/** Ids are derived from the idempotency key, unless the command that opens the stream names one (`agencyId` for an agency). */
export function idRuleOf(kind: AnyStreamKind, schemas: ReadonlyMap<string, Schema>): IdRule {
  const field = `${kind.category}Id`;
  for (const [type, { opens }] of Object.entries(kind.commands)) {
    const schema = opens === undefined ? undefined : schemas.get(type);
    const place = (schema?.['properties'] as Readonly<Record<string, Schema>> | undefined)?.[field];
    if (schema !== undefined && place !== undefined) return { pattern: patternOf(schema, place), field };
  }
  return { pattern: derivedId, field };
}

function patternOf(schema: Schema, place: Schema): RegExp {
  const name = typeof place['$ref'] === 'string' ? place['$ref'].replace('#/definitions/', '') : undefined;
  const found = name === undefined ? place : (schema['definitions'] as Readonly<Record<string, Schema>>)[decodeURIComponent(name)];
  const pattern = found?.['pattern'];
  if (typeof pattern !== 'string') throw new Error('A chosen id of a stream has a pattern in its schema.');
  return new RegExp(pattern);
}
