import { checkCitizenId, checkOrganisationCode, isCalendarDate, isInstant, type CalendarDate } from '@guitu/standards';

const LONGEST_LETTER_NUMBER = 60;

/** How one `format` of the schemas is checked, and what a fault in it is called. */
export type Format = Readonly<{
  rule: string;
  en: string;
  zh: string;
  /** The form is right and the content is not: 422 instead of 400. */
  content?: true;
  check: (text: string) => boolean;
}>;

/** @param today the day by which birth dates are judged */
export const formatsAt = (today: () => CalendarDate): Readonly<Record<string, Format>> => ({
  instant: {
    rule: 'date-time',
    en: 'A moment like 2020-10-12T08:40:00+08:00; no leap second, no 24:00, an offset is required.',
    zh: '时间须形如 2020-10-12T08:40:00+08:00，须带时区，不接受闰秒和 24:00。',
    check: isInstant,
  },
  'calendar-date': {
    rule: 'date-time',
    en: 'A day like 2020-10-12 that exists.',
    zh: '日期须形如 2020-10-12 且真实存在。',
    check: isCalendarDate,
  },
  gb11643: {
    rule: 'id-number',
    en: 'No citizen identity number by GB 11643.',
    zh: '不是合规的公民身份号码（GB 11643）。',
    content: true,
    check: (text) => checkCitizenId(text, today()).ok,
  },
  gb32100: {
    rule: 'organisation-code',
    en: 'No unified social credit code by GB 32100.',
    zh: '不是合规的统一社会信用代码（GB 32100）。',
    content: true,
    check: (text) => checkOrganisationCode(text).ok,
  },
  // Whether it follows GB/T 9704 is the rule's matter, which reads it tolerantly and refuses with a code of its own.
  'letter-number': {
    rule: 'letter-number',
    en: 'A letter number has 1 to 60 characters.',
    zh: '发文字号须为 1 至 60 个字符。',
    check: (text) => text.length > 0 && text.length <= LONGEST_LETTER_NUMBER,
  },
});
