import type { AgencyKind, Instant } from '@guitu/standards';

export type { AgencyKind, CalendarDate, Instant } from '@guitu/standards';

declare const agency: unique symbol;
declare const personal: unique symbol;

/**
 * The name by which Guitu knows an agency (机构), chosen by the registrar: letters, digits and hyphens.
 * @pattern ^[A-Za-z0-9][A-Za-z0-9-]{1,63}$
 */
export type AgencyId = string & { readonly [agency]?: true };

/**
 * A name for one thing inside a case (a handover, a letter, a dispatch), chosen by whoever records it and never used twice for the same kind of thing.
 * @pattern ^[A-Za-z0-9][A-Za-z0-9-]{0,63}$
 */
export type LocalId = string;

/**
 * A GB/T 2260 division code of six digits (行政区划代码), valid on some day; `000000` stands for the whole country.
 * @pattern ^(000000|[1-9][0-9]{5})$
 */
export type DivisionCode = string;

/**
 * The number of an official letter (发文字号, GB/T 9704), e.g. `太救助函〔2020〕33号`; read tolerantly, kept in the strict form.
 * @format letter-number
 */
export type LetterNumber = string;

/**
 * A clause as a code (法条代码): the document, then article, paragraph, item, e.g. `PIPL-47-1-2`. Its form leaves no room for a name or a number of a person.
 * @pattern ^[A-Z][A-Z0-9]{0,11}(-[A-Z0-9]{1,4}){1,5}$
 */
export type Clause = string;

/** Which key protects a value: each person has one key per class (dossier 9.1). */
export type DataClass = 'identity' | 'contact' | 'health' | 'minor' | 'narrative';

/** Whose value it is: the person of the case, or another human being whom an event names. */
export type Whose = 'person' | 'relative' | 'staff' | 'reporter';

/** What a `sealed` list says about a value: its class, and whose it is unless the person's of the case. */
export type Mark = DataClass | `${DataClass} of ${Exclude<Whose, 'person'>}`;

/** A value about a human being. It rests encrypted under that person's key of class `C`; the event's `sealed` list names it. */
export type Personal<C extends DataClass, T = string, W extends Whose = 'person'> = T & {
  readonly [personal]?: W extends 'person' ? C : `${C} of ${Exclude<W, 'person'>}`;
};

export type Event<Type extends string = string, Data extends object = object> = Readonly<{ type: Type; data: Readonly<Data> }>;

/** What an event's effect may look at besides its data. */
export type EventMeta = Readonly<{
  id: string;
  /** The agency that recorded it. */
  by: AgencyId;
  /** When it happened, as its recorder states. */
  at: Instant;
}>;

/** Who gives a command; agency and user come from the verified token alone. */
export type Actor = Readonly<{ agency: AgencyId; user: string; client: string; role: Role }>;

/** `staff` acts for an agency, `registrar` keeps the directory, `auditor` reads, `system` is Guitu itself. */
export type Role = 'staff' | 'registrar' | 'auditor' | 'system';

export type Command<Type extends string = string, Data extends object = object> = Readonly<{
  type: Type;
  data: Readonly<Data>;
  by: Actor;
  /** When it happened; the recording moment when nobody says otherwise. */
  at: Instant;
  /** Why it is recorded more than a day late (dossier 4.1). */
  backfillReason?: string;
}>;

type Primitive = string | number | boolean | bigint | null | undefined;
type MarkOf<T> = T extends unknown ? (typeof personal extends keyof T ? NonNullable<T[typeof personal]> : never) : never;
type IsAgency<T> = T extends unknown ? (typeof agency extends keyof T ? true : never) : never;

type SealedEntry<T> = [MarkOf<T>] extends [never]
  ? T extends Primitive
    ? never
    : T extends readonly (infer I)[]
      ? SealedEntry<I>
      : keyof SealedMarks<T> extends never
        ? never
        : SealedMarks<T>
  : MarkOf<T>;
/** The personal values in `D`, each with its mark; lists are marked by their elements. */
export type SealedMarks<D> = {
  readonly [K in keyof D as [SealedEntry<NonNullable<D[K]>>] extends [never] ? never : K]-?: SealedEntry<NonNullable<D[K]>>;
};

type PartyEntry<T> = [IsAgency<T>] extends [never]
  ? T extends Primitive
    ? never
    : [MarkOf<T>] extends [never]
      ? T extends readonly (infer I)[]
        ? PartyEntry<I>
        : keyof PartyMarks<T> extends never
          ? never
          : PartyMarks<T>
      : never
  : true;
/** The agencies that `D` names: whoever is named takes part in the case from then on. */
export type PartyMarks<D> = {
  readonly [K in keyof D as [PartyEntry<NonNullable<D[K]>>] extends [never] ? never : K]-?: PartyEntry<NonNullable<D[K]>>;
};

/** `D` without its personal values: all that the state of a case may remember, so that erasing a person changes no decision. */
export type Plain<D> = D extends Primitive
  ? D
  : D extends readonly (infer I)[]
    ? readonly Plain<I>[]
    : D extends object
      ? { readonly [K in keyof D as [MarkOf<NonNullable<D[K]>>] extends [never] ? K : never]: Plain<D[K]> }
      : D;

/** The kinds of agency that may give a command. */
export type Givers = readonly AgencyKind[];
