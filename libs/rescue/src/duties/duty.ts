import type { CountStep, Limit } from '@guitu/standards';
import type { LimitKey } from '../world/policy';
import type { AgencyId, Event, EventMeta, Instant, Plain } from '../words';
import type { World } from '../world/world';

/**
 * How much a limit weighs (dossier 3): `hard` protects life, is never extended or waived; `ordinary` is breached when missed;
 * `soft` is shown and never counted as a breach.
 */
export type DutyForce = 'hard' | 'ordinary' | 'soft';

/** To whom something is owed when it is no agency: the person of the case, or the record itself. */
export type Creditor = AgencyId | 'PERSON' | 'RECORD' | 'PUBLIC';

/** A promise with a time limit (责任时限): who owes whom what, until when, by which clause. */
export type Duty = Readonly<{
  dutyId: string;
  key: string;
  /** What it is about inside the case: a handover, a letter, a loop; the case itself when empty. */
  about: string;
  owedBy: AgencyId;
  owedTo: Creditor;
  force: DutyForce;
  startsAt: Instant;
  dueAt: Instant;
  breached: boolean;
  reminded: boolean;
  extended: number;
}>;

/** The open duties of a stream, how many of each kind were ever opened, and which breaches it has seen. */
export type DutyBook = Readonly<{
  open: Readonly<Record<string, Duty>>;
  opened: Readonly<Record<string, number>>;
  breaches: readonly Readonly<{ key: string; about: string }>[];
}>;
export const noDuties: DutyBook = { open: {}, opened: {}, breaches: [] };

/** Which policy version fixed a limit; stored with the duty so that a later change never touches it. */
export type PolicyUsed = Readonly<{ key: string; division: string; effectiveFrom: string; limit: Limit; source: string }>;
export type Counted = readonly CountStep[];

/** What a rule says when a duty comes into being. */
export type Opening = Readonly<{
  about?: string;
  owedBy: AgencyId | undefined;
  owedTo: Creditor | undefined;
  /** From when the limit counts; the event's own time unless said. */
  from?: Instant;
  /** Another limit than the rule's usual one (the ministry's rung, the monthly repeat). */
  limit?: LimitKey;
}>;

export type Happened<E extends Event> = Readonly<{ type: E['type']; data: Plain<E['data']>; meta: EventMeta }>;
type On<S, E extends Event, R> = { readonly [K in E as K['type']]?: R | ((happened: Happened<K>, duty: Duty, state: S) => boolean) };

/** The rule of one duty: which events open it, which evidence alone discharges it, what makes it lapse. State and duties are those after the event. */
export type DutyRule<S, E extends Event> = Readonly<{
  key: string;
  zh: string;
  en: string;
  basis: string;
  force: DutyForce;
  /** The policy value that holds the limit. */
  limit: LimitKey;
  opens: {
    readonly [K in E as K['type']]?: (
      happened: Happened<K>,
      state: S,
      world: World,
      duties: DutyBook,
    ) => Opening | readonly Opening[] | undefined;
  };
  /** `true`: always; a function: when it answers true for this duty. */
  dischargedBy: On<S, E, true>;
  /** Its ground fell away: nobody owes it any more, and it was not met either. */
  lapsesOn?: On<S, E, true>;
}>;

/** Discharges the duty about the same thing: the event's `field` names what the duty is about. */
export const about =
  <F extends string>(field: F) =>
  (happened: { readonly data: { readonly [K in F]?: string } }, duty: Duty): boolean =>
    happened.data[field] === duty.about;

/** Whether a duty of that kind is open already; about that thing, where one is named. */
export const isOwed = ({ open }: DutyBook, key: string, thing?: string): boolean =>
  Object.values(open).some((duty) => duty.key === key && (thing === undefined || duty.about === thing));
