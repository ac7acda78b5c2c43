import { checkCitizenId, dateInChina, type IdentityBasis } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { Instant } from '../../words';
import type { ConfirmIdentity } from './confirm-identity';

/** Each of these alone carries a confirmation (dossier 4.5). Fingerprint, document and above all face only support one. */
const strongBases: readonly string[] = ['POLICE_DB', 'DNA', 'RELATIVE_WITH_DOCUMENT'] satisfies readonly IdentityBasis[];

/**
 * Refuses a confirmation without a strong basis. A hit in the database on a document that the person carried shows that the document is
 * genuine, not whose it is: where the policy says so, person and document must have been compared (人证比对; SC-5).
 */
export function checkBasis(data: ConfirmIdentity['data'], comparisonRequired: boolean): void {
  if (!data.basis.some((one) => strongBases.includes(one)))
    throw new Refusal('IDN-NO-STRONG-BASIS', 'An identity rests on the police database, DNA or a relative with documents.', {
      pointer: '/basis',
    });
  const onCarriedDocument = data.documentCarried && data.basis.includes('POLICE_DB');
  if (comparisonRequired && onCarriedDocument && data.personDocumentCompared !== true)
    throw new Refusal('IDN-NO-PERSON-DOCUMENT-COMPARISON', 'The person must have been compared with the document.', {
      pointer: '/personDocumentCompared',
    });
}

/** The number as it is written in the record (upper-case X); refuses one that is wrong or disagrees with sex or birth date (GB 11643). */
export function checkedIdNumber({ idNumber, sex, birthDate }: ConfirmIdentity['data'], at: Instant): string | undefined {
  if (idNumber === undefined) return undefined;
  const check = checkCitizenId(idNumber, dateInChina(at));
  if (!check.ok) throw new Refusal('validation-failed', `The citizen number is wrong: ${check.fault}.`, { pointer: '/idNumber' });
  if (check.sex !== sex) throw new Refusal('validation-failed', 'The citizen number belongs to the other sex.', { pointer: '/sex' });
  if (check.birthDate !== birthDate)
    throw new Refusal('validation-failed', 'The citizen number says another date of birth.', { pointer: '/birthDate' });
  return check.value;
}

export function checkBirthDate(birthDate: string, at: Instant): void {
  if (birthDate > dateInChina(at)) throw new Refusal('validation-failed', 'Nobody is born in the future.', { pointer: '/birthDate' });
}
