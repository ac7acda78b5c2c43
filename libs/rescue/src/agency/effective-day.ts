import { divisionExisted, findDivision, type CalendarDate } from '@guitu/standards';
import { Refusal } from '../refusal';
import type { DivisionCode } from '../words';
import type { Agency } from './agency';

/** The division of agencies that work for the whole country. */
export const WHOLE_COUNTRY: DivisionCode = '000000';
const THE_END_OF_TIME: CalendarDate = '9999-12-31';

/** Refuses a change on a day on which the agency did not work. Past and future days are equally good. */
export function checkWorksOn(agency: Agency, day: CalendarDate): void {
  if (agency.closedFrom !== undefined && day >= agency.closedFrom)
    throw new Refusal('AGN-CLOSED', `The agency ${agency.id} is closed from ${agency.closedFrom} on.`, { pointer: '/effectiveFrom' });
  if (day < agency.openFrom)
    throw new Refusal('validation-failed', `The agency ${agency.id} works from ${agency.openFrom} on; nothing can change before.`, {
      pointer: '/effectiveFrom',
    });
}

/** Refuses a division code (GB/T 2260) that was not in force on that day. */
export function checkDivision(code: DivisionCode, day: CalendarDate): void {
  if (code === WHOLE_COUNTRY || findDivision(code, day) !== undefined) return;
  if (divisionExisted(code, THE_END_OF_TIME))
    throw new Refusal('division-not-in-force', `The division ${code} was not in force on ${day}.`, { pointer: '/division' });
  throw new Refusal('unknown-division', `There is no division ${code}.`, { pointer: '/division' });
}
