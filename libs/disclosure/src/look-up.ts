import { checkCitizenId, type CalendarDate } from '@guitu/standards';
import { indexEntries, indexKinds, type IndexKind } from '@guitu/personal-data';

/** Whom to look for. The value lives in memory alone: it is in no address, no log line and no record. */
export type LookUp = Readonly<{ kind: IndexKind; value: string }>;

/** What is wrong with a look-up: the field and the rule, never the value. */
export type LookUpFault = Readonly<{ field: 'kind' | 'value'; rule: string; en: string }>;

export const longestLookUp = 100;
const phone = /^00\d{6,15}$|^0\d{9,11}$|^1[3-9]\d{9}$|^[48]00\d{7}$|^\d{7,8}$/;

type Check = (text: string, today: CalendarDate) => Omit<LookUpFault, 'field'> | undefined;
const checks: { readonly [K in IndexKind]: Check } = {
  'id-number': (text, today) =>
    checkCitizenId(text, today).ok ? undefined : { rule: 'id-number', en: 'No citizen identity number by GB 11643.' },
  phone: (text) =>
    phone.test(text) ? undefined : { rule: 'phone', en: 'No telephone number: a mobile one, or one with its area or country code.' },
  alias: (text) => (text.length > 0 ? undefined : { rule: 'required', en: 'A name has at least one character.' }),
};

/** The faults of a look-up as it came; none means that it is a {@link LookUp}. The value is judged in the form in which it is looked for. */
export function lookUpFaults({ kind, value }: Readonly<{ kind: unknown; value: unknown }>, today: CalendarDate): readonly LookUpFault[] {
  const known = indexKinds.find((one) => one === kind);
  if (known === undefined)
    return [{ field: 'kind', rule: kind === undefined ? 'required' : 'enum', en: `One of ${indexKinds.join(', ')}.` }];
  if (typeof value !== 'string') return [{ field: 'value', rule: value === undefined ? 'required' : 'type', en: 'A text.' }];
  if (value.length > longestLookUp) return [{ field: 'value', rule: 'too-long', en: `At most ${longestLookUp} characters.` }];
  const [text = ''] = indexEntries(known, value);
  const fault = checks[known](text, today);
  return fault === undefined ? [] : [{ field: 'value', ...fault }];
}
