import { dateInChina, divisionExisted, findDivision } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { DivisionCode, Instant, Personal } from '../../words';

/** A point on the map; which of the two Chinese references it uses is stated. */
export type Position = Readonly<{
  /**
   * @minimum 73
   * @maximum 136
   */
  longitude: number;
  /**
   * @minimum 3
   * @maximum 54
   */
  latitude: number;
  datum: 'GCJ_02' | 'CGCS2000';
}>;

/** Where the person was found. Everything finer than the county is the person's whereabouts and rests sealed. */
export type Place = Readonly<{
  division: DivisionCode;
  /**
   * The township (GB/T 10114).
   * @pattern ^\d{9}$
   */
  townshipDivision?: Personal<'narrative'>;
  /** @maxLength 200 */
  text?: Personal<'narrative'>;
  position?: Personal<'narrative', Position>;
}>;

export const sealedPlace = { townshipDivision: 'narrative', text: 'narrative', position: 'narrative' } as const;

/** Refuses a code that stands for no division on the day of `at`: `unknown-division` when it never did, else `division-not-in-force`. */
export function checkDivisionInForce(code: DivisionCode, at: Instant, pointer: string): void {
  const day = dateInChina(at);
  if (findDivision(code, day) !== undefined) return;
  if (divisionExisted(code, day)) throw new Refusal('division-not-in-force', `Division ${code} was not in force on ${day}.`, { pointer });
  throw new Refusal('unknown-division', `There is no division ${code}.`, { pointer });
}

/** Refuses a code that never stood for a division up to the day of `at`; a retired one passes, as old papers carry it. */
export function checkDivisionKnown(code: DivisionCode, at: Instant, pointer: string): void {
  if (!divisionExisted(code, dateInChina(at))) throw new Refusal('unknown-division', `There is no division ${code}.`, { pointer });
}
