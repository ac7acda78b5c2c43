import type { ConfirmIdentity, IdentityConfirmed } from './confirm-identity';

const compared = ['name', 'idNumber', 'birthDate', 'sex', 'homeDivision'] as const satisfies readonly (keyof ConfirmIdentity['data'])[];

/** Whether a confirmation says again what the standing one says. An erased one compares as unknown, and so as another. */
export function isSameIdentity(standing: object | 'erased' | undefined, stated: ConfirmIdentity['data']): boolean {
  if (standing === undefined || standing === 'erased') return false;
  const confirmed = standing as IdentityConfirmed['data'];
  return compared.every((field) => confirmed[field] === stated[field]);
}
