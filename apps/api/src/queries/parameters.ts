import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, IsIn, IsOptional, Matches, MaxLength, validateSync } from 'class-validator';
import { whoseWords } from '@guitu/erasure';
import { dataClasses } from '@guitu/personal-data';
import type { Whose } from '@guitu/rescue';
import { Problem, type Fault } from '../problems/problem';
import { isRepeatable } from '../problems/repeatable-name';

/** Everybody whose values an erasure can name. */
export const everybody = Object.keys(whoseWords) as readonly Whose[];

/** Which part of a list is wanted. Parameters are text; their form is checked here, once. */
export class PageParameters {
  /** Rows of a page, 1 to 200. */
  @IsOptional()
  @Matches(/^(?:[1-9]\d?|1\d\d|200)$/)
  readonly limit?: string;

  /** The `next` of the page before. */
  @IsOptional()
  @MaxLength(4_000)
  readonly cursor?: string;
}

export class DutiesParameters extends PageParameters {
  /** Duties that the caller's agency owes, or that are owed to it. */
  @IsOptional()
  @IsIn(['owed-by-me', 'owed-to-me'])
  readonly side?: 'owed-by-me' | 'owed-to-me';

  @IsOptional()
  @IsIn(['open', 'breached', 'closed'])
  readonly state?: 'open' | 'breached' | 'closed';

  /** Open duties that fall due within so many days, 1 to 366. */
  @IsOptional()
  @Matches(/^(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6])$/)
  readonly withinDays?: string;
}

export class LoopsParameters extends PageParameters {
  /** `inflow`: the agency sent the letter; `outflow`: it answers. */
  @IsOptional()
  @IsIn(['inflow', 'outflow'])
  readonly side?: 'inflow' | 'outflow';

  @IsOptional()
  @IsIn(['running', 'over'])
  readonly state?: 'running' | 'over';
}

export class DeskParameters {
  @IsOptional()
  @Matches(/^(?:[1-9]\d?|1\d\d|200)$/)
  readonly limit?: string;
}

export class AgenciesParameters extends PageParameters {
  @IsOptional()
  @Matches(/^[A-Z_]{2,40}$/)
  readonly kind?: string;

  @IsOptional()
  @Matches(/^\d{6}$/)
  readonly division?: string;
}

const oneClass = `(?:${dataClasses.join('|')})`;
const onePerson = `(?:${everybody.join('|')})`;
const listOf = (one: string): RegExp => new RegExp(`^${one}(?:,${one}){0,4}$`);

/** Of whom and which classes an erasure is thought of, as lists with commas; everybody and all classes unless said. */
export class ErasurePlanParameters {
  @IsOptional()
  @Matches(listOf(onePerson))
  readonly persons?: string;

  @IsOptional()
  @Matches(listOf(oneClass))
  readonly classes?: string;
}

export class CertificateParameters {
  /** The newest erasure of the case unless said. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/)
  readonly erasureId?: string;
}

/** A route without parameters. */
export class NoParameters {}

/**
 * The query parameters of a request as an object of the class.
 * @throws Problem duplicate-parameter, unknown-parameter, invalid-parameter; names are told, values never
 */
export function readParameters<T extends object>(parameters: new () => T, query: unknown): T {
  const given = Object.entries(query as Readonly<Record<string, readonly string[]>>);
  const twice = given.filter(([, values]) => values.length > 1).map(([name]) => fault(name, 'duplicate-parameter'));
  if (twice.length > 0) throw new Problem('duplicate-parameter', { faults: twice });
  const unknown = given.filter(([name]) => !namesOf(parameters).has(name)).map(([name]) => fault(name, 'unknown-parameter'));
  if (unknown.length > 0) throw new Problem('unknown-parameter', { faults: unknown });
  const read = plainToInstance(parameters, Object.fromEntries(given.map(([name, [value]]) => [name, value])));
  const errors = validateSync(read, { forbidUnknownValues: false });
  if (errors.length > 0) throw invalidParameter(...errors.map(({ property }) => property));
  return read;
}

/** The parameters that a class declares. */
const namesOf = (parameters: new () => object): ReadonlySet<string> =>
  new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(parameters, '', false, false)
      .map(({ propertyName }) => propertyName),
  );

export const invalidParameter = (...names: readonly string[]): Problem =>
  new Problem('invalid-parameter', { faults: names.map((name) => fault(name, 'invalid-parameter')) });

const messages = {
  'duplicate-parameter': 'This parameter comes more than once.',
  'unknown-parameter': 'There is no such parameter.',
  'invalid-parameter': 'This parameter does not have the required form.',
} as const;
/** A name that is no name is not repeated. */
const fault = (name: string, rule: keyof typeof messages): Fault => ({
  pointer: isRepeatable(name) ? name : '',
  rule,
  message: messages[rule],
});
