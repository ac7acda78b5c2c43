import { dateInChina, type CalendarDate } from '@guitu/standards';
import type { AgencyId, AgencyKind, DivisionCode, Instant } from '../words';

/** Something that holds from a day on, until the next entry. Newest last. */
export type Dated<T> = readonly Readonly<{ from: CalendarDate; value: T }>[];

/** What the directory knows of one agency: kind, division, names and superior, all dated. State of an `agency` stream. */
export type Agency = Readonly<{
  id: AgencyId;
  registered: boolean;
  kind: AgencyKind;
  organisationCode?: string;
  names: Dated<string>;
  divisions: Dated<DivisionCode>;
  reportsTo: Dated<AgencyId | null>;
  openFrom: CalendarDate;
  closedFrom?: CalendarDate;
  successor?: AgencyId;
}>;

export const noAgency: Agency = {
  id: '',
  registered: false,
  kind: 'STATION',
  names: [],
  divisions: [],
  reportsTo: [],
  openFrom: '9999-12-31',
};

/** The value that holds on `day`, or undefined before the first one. */
export function valueOn<T>(dated: Dated<T>, day: CalendarDate): T | undefined {
  let found: T | undefined;
  for (const entry of dated) if (entry.from <= day) found = entry.value;
  return found;
}

/** `dated` with one more entry; an entry of the same day is replaced, order is by day. */
export const withEntry = <T>(dated: Dated<T>, from: CalendarDate, value: T): Dated<T> =>
  [...dated.filter((entry) => entry.from !== from), { from, value }].sort((a, b) => (a.from < b.from ? -1 : 1));

/** Whether the agency works on the day of `at`. */
export const isOpen = (agency: Agency, at: Instant): boolean => {
  const day = dateInChina(at);
  return agency.registered && agency.openFrom <= day && (agency.closedFrom === undefined || day < agency.closedFrom);
};
