import { types, type CustomTypesConfig } from 'pg';

type Parse = (text: string) => unknown;

const int8 = 20;
const date = 1082;
const timestamp = 1114;
const timestamptz = 1184;

const asText: Parse = (text) => text;

/**
 * `int8` (also the result of `count(*)`) is a bigint, so that no position is ever rounded. `date` and `timestamp` stay texts: as JavaScript
 * dates they would move with the time zone of the machine. `timestamptz` is a Date; `numeric` stays a text, as pg has it.
 */
export const databaseTypes = typesWith({ [int8]: BigInt, [date]: asText, [timestamp]: asText });

/** The log's connections speak UTC and ISO; its times go from the server's text to ISO 8601 without passing through a Date. */
export const logTypes = typesWith({ [int8]: BigInt, [timestamptz]: isoOf });

function typesWith(own: Readonly<Record<number, Parse>>): CustomTypesConfig {
  return {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      (format !== 'binary' && own[oid]) || types.getTypeParser(oid, format)) as CustomTypesConfig['getTypeParser'],
  };
}

/** `2020-10-20 08:00:00.12+00` becomes `2020-10-20T08:00:00.120Z`. */
export function isoOf(text: string): string {
  const fraction = text[19] === '.' ? text.slice(20, text.indexOf('+', 20)) : '';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction.padEnd(3, '0')}Z`;
}
