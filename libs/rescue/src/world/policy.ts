import { parentsOf, remembered, type CalendarDate, type Limit } from '@guitu/standards';
import type { DivisionCode } from '../words';
import { policyTable } from './policy-table';

/** Every rule parameter (dossier Appendix C) and the type of its value. Limits of duties first, by the duty's key. */
export type Policy = LimitPolicy & ValuePolicy;
export type LimitKey = keyof LimitPolicy;
export type PolicyKey = keyof Policy;

type LimitPolicy = Readonly<
  Record<
    | 'duty.D-P1'
    | 'duty.D-P2'
    | 'duty.D-P3'
    | 'duty.D-P4'
    | 'duty.D-P5'
    | 'duty.D-P6'
    | 'duty.D-P7'
    | 'duty.D-P8'
    | 'duty.D-C1'
    | 'duty.D-C2'
    | 'duty.D-C3'
    | 'duty.D-C4'
    | 'duty.D-C5'
    | 'duty.D-C6'
    | 'duty.D-I2'
    | 'duty.D-I3'
    | 'duty.D-I4'
    | 'tracing.update'
    | 'tracing.update.again'
    | 'duty.D-R1'
    | 'duty.D-R2'
    | 'duty.D-R3'
    | 'duty.D-R4'
    | 'duty.D-R5'
    | 'duty.D-R6'
    | 'duty.D-R6.ministry'
    | 'duty.D-R7'
    | 'feedback.due'
    | 'duty.D-F2'
    | 'duty.D-F3'
    | 'duty.D-F4'
    | 'duty.D-F5'
    | 'duty.D-F6'
    | 'duty.D-F7'
    | 'duty.D-F8'
    | 'duty.D-F12'
    | 'duty.D-G12',
    Limit
  >
>;

type ValuePolicy = Readonly<{
  /** Who carries a cross-province escort: the own station, or the station with this unified social credit code (GB 32100). */
  'dispatch.crossProvinceCarrier': 'OWN_STATION' | Readonly<{ organisationCode: string }>;
  /** How far "local household" (本市户籍) reaches (A11). */
  localScope: 'county' | 'prefecture';
  'minor.age': number;
  'selfLeave.age': number;
  'sensitive.age': number;
  /** How long a fitness certificate is good for, in days, when it does not say. */
  'fitness.validDays': number;
  /** Whether a person–document comparison must accompany a database hit on a carried document (SC-5). */
  'identity.personDocumentComparison': boolean;
  /** Working days before the end of a limit at which its debtor is reminded. */
  'reminder.workingDaysBefore': number;
  'stay.softLimitDays': number;
}>;

/** One version of one parameter: valid for `division` and below from `effectiveFrom` on, until a newer one of the same division. */
export type PolicyVersion<K extends PolicyKey = PolicyKey> = K extends PolicyKey
  ? Readonly<{ key: K; division: DivisionCode | 'national'; effectiveFrom: CalendarDate; value: Policy[K]; source: string }>
  : never;

/** Rules ask for the same few values over and over; the table never changes while a process runs. */
const found = remembered(5_000, (asked: string): PolicyVersion => {
  const [key, division, day] = JSON.parse(asked) as [PolicyKey, DivisionCode, CalendarDate];
  const versions = policyTable.filter((entry) => entry.key === key && entry.effectiveFrom <= day);
  for (const place of [division, ...parentsOf(division, day), 'national']) {
    const newest = versions
      .filter((entry) => entry.division === place)
      .reduce<PolicyVersion | undefined>(
        (best, entry) => (best === undefined || entry.effectiveFrom > best.effectiveFrom ? entry : best),
        undefined,
      );
    if (newest !== undefined) return newest;
  }
  throw new Error(`The policy table has no national value for ${key}.`);
});

/**
 * The version of `key` valid in `division` on `day`: the newest of the division itself, else of the nearest division above it, else the national one.
 * Every key has a national version that is always valid (a spec sees to it), so this always answers.
 */
export const policyAt = <K extends PolicyKey>(key: K, division: DivisionCode, day: CalendarDate): PolicyVersion<K> =>
  // The entry with this key has this key's type: the table pairs them where it is written.
  found(JSON.stringify([key, division, day])) as PolicyVersion<K>;
