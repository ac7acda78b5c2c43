import type { CalendarDate, Cause, IdentityBasis, Relation, Sex, SpecialCategory } from '@guitu/standards';
import type { DivisionCode, Personal } from '../../words';
import type { CitizenIdNumber } from '../identity/citizen-id-number';

/** Who has come home (dossier 6.3). The printed copy masks the number; the record keeps it whole. */
export type LetterPerson = Readonly<{
  /**
   * @minLength 1
   * @maxLength 60
   */
  name: string;
  sex: Sex;
  birthDate?: CalendarDate;
  idNumber?: CitizenIdNumber;
  /** @maxLength 30 */
  ethnicity?: string;
  householdDivision: DivisionCode;
  /** @maxLength 200 */
  household?: string;
  /** @maxLength 200 */
  residence?: string;
}>;

/** A guardian or relative who can be reached. */
export type LetterRelative = Readonly<{
  /**
   * @minLength 1
   * @maxLength 60
   */
  name: string;
  relation: Relation;
  /** @maxLength 30 */
  phone?: string;
  /** @maxLength 200 */
  address?: string;
}>;

/** How the person was found and cared for. */
export type LetterCaseFacts = Readonly<{
  foundOn: CalendarDate;
  /** @maxLength 200 */
  foundAt: string;
  admittedOn?: CalendarDate;
  /**
   * @asType integer
   * @minimum 0
   * @maximum 36500
   */
  daysOfStay: number;
  cause: Cause;
  /**
   * @asType integer
   * @minimum 1
   * @maximum 1000
   */
  timesInTwelveMonths: number;
  /**
   * @maxItems 10
   * @uniqueItems true
   */
  specialCategories?: readonly SpecialCategory[];
}>;

/** How the person went home; mode, departure and expected arrival stand in the loop itself. */
export type LetterReturnFacts = Readonly<{
  arrivedOn?: CalendarDate;
  /** @maxLength 200 */
  escort?: string;
  /** @maxLength 200 */
  receiver?: string;
  /** @maxLength 200 */
  route?: string;
}>;

/** What care needs to know, and no more: a diagnosis only where care needs it. */
export type LetterHealth = Readonly<{
  /** @maxLength 500 */
  medicine?: string;
  /** @maxLength 500 */
  mobility?: string;
  /** @maxLength 500 */
  supervision?: string;
  /** @maxLength 500 */
  diagnosis?: string;
}>;

export type FollowUp = 'GUARDIANSHIP' | 'MEDICAL' | 'SUBSISTENCE' | 'SCHOOLING' | 'POVERTY_HOUSEHOLD_CHECK' | 'REGISTER';
export type LetterAttachment = 'HANDOVER_COPY' | 'IDENTITY_PROOF' | 'DISCHARGE_CERTIFICATE' | 'OTHER';

/** Whom to call at the sender. */
export type LetterContact = Readonly<{
  /**
   * @minLength 1
   * @maxLength 60
   */
  name: string;
  /**
   * @minLength 5
   * @maxLength 30
   */
  phone: string;
}>;

/** The content of a feedback letter (返乡受助人员信息反馈函, dossier 6.3). */
export type FeedbackContent = Readonly<{
  person: Personal<'identity', LetterPerson>;
  relative?: Personal<'contact', LetterRelative, 'relative'>;
  /**
   * @minItems 1
   * @maxItems 5
   * @uniqueItems true
   */
  identityBasis: readonly IdentityBasis[];
  identityConfirmedOn: CalendarDate;
  caseFacts: Personal<'narrative', LetterCaseFacts>;
  returnFacts: Personal<'narrative', LetterReturnFacts>;
  health?: Personal<'health', LetterHealth>;
  /**
   * @maxItems 6
   * @uniqueItems true
   */
  followUp?: Personal<'narrative', readonly FollowUp[]>;
  /**
   * @maxItems 20
   * @uniqueItems true
   */
  attachments: readonly LetterAttachment[];
  contact: Personal<'contact', LetterContact, 'staff'>;
  receiptWantedBy?: CalendarDate;
}>;

export const sealedContent = {
  person: 'identity',
  relative: 'contact of relative',
  caseFacts: 'narrative',
  returnFacts: 'narrative',
  health: 'health',
  followUp: 'narrative',
  contact: 'contact of staff',
} as const;

/** A part of the letter that can be missing or wrong. */
export type LetterPart =
  'PERSON' | 'RELATIVE' | 'IDENTITY_BASIS' | 'CASE_FACTS' | 'RETURN_FACTS' | 'HEALTH' | 'FOLLOW_UP' | 'ATTACHMENTS' | 'CONTACT';
