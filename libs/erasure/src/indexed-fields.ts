import type { IndexKind } from '@guitu/personal-data';
import type { CaseEvent } from '@guitu/rescue';

/** A field by which somebody can be looked up. `pointer`: JSON pointer inside the event's data, `*` for every element of a list. */
export type IndexedField = Readonly<{ kind: IndexKind; pointer: string }>;

const idNumber = (pointer: string): IndexedField => ({ kind: 'id-number', pointer });
const phone = (pointer: string): IndexedField => ({ kind: 'phone', pointer });
const alias = (pointer: string): IndexedField => ({ kind: 'alias', pointer });

const claims = [alias('/claims/name'), idNumber('/claims/idNumber')] as const;
const candidate = [alias('/candidate/name'), idNumber('/candidate/idNumber')] as const;
const letter = [alias('/content/person/name'), idNumber('/content/person/idNumber'), phone('/content/relative/phone')] as const;

/**
 * What the blind index holds: ID numbers of everybody, names of class identity, phones of relatives. Not staff: nobody looks for them. A kind goes
 * with a class (`indexKindsOf`), so that erasing the class takes exactly its rows away.
 */
export const indexedFields: { readonly [E in CaseEvent['type']]?: readonly IndexedField[] } = {
  EncounterRecorded: claims,
  HelpRequestRegistered: [...claims, phone('/relatives/*/phone')],
  OnSceneIdentityQueried: [alias('/matched/name'), idNumber('/matched/idNumber')],
  HandedToFamilyOrUnit: [alias('/receiver/name'), idNumber('/receiver/idNumber')],
  IdentityClaimed: [alias('/name'), idNumber('/idNumber')],
  IdentityConfirmed: [alias('/name'), idNumber('/idNumber'), idNumber('/otherCertificate/number')],
  PoliceVerificationReplied: candidate,
  DnaResultReplied: candidate,
  RelativesContacted: [phone('/phone')],
  ReleasedToRelatives: [alias('/name'), idNumber('/idNumber'), phone('/phone')],
  FeedbackLetterIssued: letter,
  FeedbackCorrected: letter,
  HomeVisitEntrusted: [alias('/name')],
};

/** The fields of an event type; none for most. */
export const fieldsOf = (type: string): readonly IndexedField[] =>
  Object.hasOwn(indexedFields, type) ? (indexedFields[type as CaseEvent['type']] ?? []) : [];
