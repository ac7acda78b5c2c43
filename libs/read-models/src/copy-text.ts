/** One value as it stands in a line of COPY's text format: null is `\N`, and what separates values and lines is escaped. */
export type CopyValue = (value: unknown) => string;

const special = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const nothing = '\\N';

/** Looking first is cheaper than replacing: hardly any text has such a character. */
const escaped = (text: string): string => (special.test(text) ? text.replace(/[\\\t\n\r]/g, (found) => escapes[found] ?? found) : text);

const orNothing =
  (write: (value: never) => string): CopyValue =>
  (value) =>
    value === null || value === undefined ? nothing : write(value as never);

/** Texts, counts, flags, int8 as number or bigint. */
export const plainValue: CopyValue = orNothing((value: string | number | bigint | boolean) => escaped(String(value)));
/** Anything that JSON holds, in the order of its fields. */
export const jsonValue: CopyValue = orNothing((value: object) => escaped(JSON.stringify(value)));
/** A list of texts as an array of PostgreSQL: every element in quotes. */
export const textListValue: CopyValue = orNothing((value: readonly string[]) =>
  escaped(`{${value.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`),
);
