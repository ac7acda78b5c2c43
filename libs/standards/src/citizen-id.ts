import { divisionExisted } from './divisions';
import { ageAt, isCalendarDate, yearOf, type CalendarDate } from './time';

export type CitizenIdFault = 'length' | 'characters' | 'check-digit' | 'birth-date' | 'future-birth' | 'unknown-division';
/** `birthDate` can lie before 1900, then with the warning. `divisionCode` is the place of first registration: never the household place. */
export type CitizenId = Readonly<{
  value: string;
  birthDate: CalendarDate;
  sex: 'MALE' | 'FEMALE';
  divisionCode: string;
  warnings: readonly 'age-over-120'[];
}>;
export type CitizenIdCheck = Readonly<{ ok: true } & CitizenId> | Readonly<{ ok: false; fault: CitizenIdFault }>;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';
const OLDEST_PLAUSIBLE_AGE = 120;
const ADULT_AGE = 18;
/** Residence permits of Hong Kong, Macao and Taiwan residents. */
const RESIDENCE_PERMIT_CODES: readonly string[] = ['810000', '820000', '830000'];

/** Checks an 18-character citizen number (GB 11643—1999) as it could be known on that day; a lower-case x is normalised. First fault only. */
export function checkCitizenId(text: string, on: CalendarDate): CitizenIdCheck {
  if (text.length !== 18) return { ok: false, fault: 'length' };
  const value = text.replace(/x$/, 'X');
  if (!/^\d{17}[\dX]$/.test(value)) return { ok: false, fault: 'characters' };
  if (checkCharacter(value) !== value[17]) return { ok: false, fault: 'check-digit' };
  const birthDate = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`;
  if (!isRealDay(birthDate)) return { ok: false, fault: 'birth-date' };
  if (birthDate > on) return { ok: false, fault: 'future-birth' };
  const divisionCode = value.slice(0, 6);
  if (!RESIDENCE_PERMIT_CODES.includes(divisionCode) && !divisionExisted(divisionCode, on)) return { ok: false, fault: 'unknown-division' };
  const sex = Number(value[16]) % 2 === 1 ? 'MALE' : 'FEMALE';
  return { ok: true, value, birthDate, sex, divisionCode, warnings: isImplausiblyOld(birthDate, on) ? ['age-over-120'] : [] };
}

/** The 18-character form of an old 15-digit number; undefined when it is none. Still to be checked with `checkCitizenId`. */
export function upgradeCitizenId15(text: string): string | undefined {
  if (!/^\d{15}$/.test(text)) return undefined;
  const body = `${text.slice(0, 6)}19${text.slice(6)}`;
  return body + checkCharacter(body);
}

/** Under 18 completed years (Minors Protection Law art. 2). */
export function isMinor(birthDate: CalendarDate, date: CalendarDate): boolean {
  return ageAt(birthDate, date) < ADULT_AGE;
}

function checkCharacter(text: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
}

/** Also before 1900, where our own calendar dates begin: the standard's samples include a birth in 1880. */
function isRealDay(date: string): boolean {
  if (isCalendarDate(date)) return true;
  const ms = Date.parse(`${date}T00:00:00Z`);
  return yearOf(date) >= 1800 && yearOf(date) < 1900 && !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === date;
}

function isImplausiblyOld(birthDate: CalendarDate, on: CalendarDate): boolean {
  return `${yearOf(birthDate) + OLDEST_PLAUSIBLE_AGE + 1}${birthDate.slice(4)}` <= on;
}
