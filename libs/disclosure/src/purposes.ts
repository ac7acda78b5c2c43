import type { Role } from '@guitu/rescue';

/** What a purpose of reading is called, and who may state it. */
export type PurposeMeaning = Readonly<{ zh: string; en: string; basis: string; by: readonly Role[] }>;

/** The closed list of what personal values are read for (CT-PURPOSE). */
export const purposes = {
  CASE_HANDLING: { zh: '个案办理', en: 'handling of the case', basis: '[L] PIPL arts 13(1)(3), 34', by: ['staff', 'registrar'] },
  PERSON_REQUEST: { zh: '本人查阅', en: 'the person asks what is kept', basis: '[L] PIPL art 45', by: ['staff', 'registrar'] },
  COMPLAINT: { zh: '投诉处理', en: 'a complaint is looked into', basis: '[L] PIPL art 50', by: ['staff', 'registrar', 'auditor'] },
  LEGAL_HOLD: { zh: '留存保全', en: 'legal hold', basis: '[L] PIPL art 47', by: ['staff', 'registrar', 'auditor'] },
  AUDIT: { zh: '审计监督', en: 'audit and supervision', basis: '[L] PIPL art 54', by: ['auditor'] },
} as const satisfies Readonly<Record<string, PurposeMeaning>>;

export type Purpose = keyof typeof purposes;
export const purposeCodes = Object.keys(purposes) as readonly Purpose[];
const meanings: Readonly<Record<Purpose, PurposeMeaning>> = purposes;

/** Why a purpose does not count: none was stated and the role has none by itself, or it is not on the list, or not for this role. */
export type PurposeFault = 'required' | 'unknown' | 'not-for-role';

/** The purpose that counts. Whoever takes part in cases handles them unless they say otherwise; an auditor says what for, each time. */
export function purposeOf(stated: string | undefined, role: Role): Readonly<{ purpose: Purpose }> | Readonly<{ fault: PurposeFault }> {
  if (stated === undefined) return role === 'staff' || role === 'registrar' ? { purpose: 'CASE_HANDLING' } : { fault: 'required' };
  const purpose = purposeCodes.find((code) => code === stated);
  if (purpose === undefined) return { fault: 'unknown' };
  return meanings[purpose].by.includes(role) ? { purpose } : { fault: 'not-for-role' };
}
