export type OrganisationCodeCheck =
  | Readonly<{ ok: true; value: string }>
  | Readonly<{ ok: false; fault: 'length' | 'characters' | 'organisation-check' | 'check-character' }>;

/** GB 32100: digits and capitals without I, O, Z, S, V. */
const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
/** GB 11714, the organisation code at positions 9 to 17: digits and all capitals. */
const BODY_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;

/**
 * Checks a unified social credit code (统一社会信用代码, GB 32100—2015) with the GB 11714 check inside it. Lower case is normalised.
 * Says that the code is well formed, never that the organisation exists.
 */
export function checkOrganisationCode(text: string): OrganisationCodeCheck {
  if (text.length !== 18) return { ok: false, fault: 'length' };
  // ASCII only before the upper-casing, which would turn `ı` into I.
  if (!/^[0-9A-Za-z]{18}$/.test(text)) return { ok: false, fault: 'characters' };
  const value = text.toUpperCase();
  if (!/^[0-9ABCDEFGHJKLMNPQRTUWXY]{2}\d{6}[0-9ABCDEFGHJKLMNPQRTUWXY]{10}$/.test(value)) return { ok: false, fault: 'characters' };
  if (checkOfBody(value.slice(8, 16)) !== value[16]) return { ok: false, fault: 'organisation-check' };
  if (checkOfWhole(value.slice(0, 17)) !== value[17]) return { ok: false, fault: 'check-character' };
  return { ok: true, value };
}

function checkOfWhole(text: string): string | undefined {
  const rest = weightedSum(text, CHARACTERS, WEIGHTS) % 31;
  return CHARACTERS[(31 - rest) % 31];
}

function checkOfBody(text: string): string {
  const rest = weightedSum(text, BODY_CHARACTERS, BODY_WEIGHTS) % 11;
  if (rest === 0) return '0';
  return rest === 1 ? 'X' : String(11 - rest);
}

function weightedSum(text: string, characters: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * characters.indexOf(text.charAt(index)), 0);
}
