/** CT-RETURNMODE: how the person is to get home (P5.3). */
export const returnMode = {
  SELF_RETURN: '自行返乡',
  SELF_WITH_VOUCHER: '提供乘车凭证返乡',
  RELATIVES_COLLECT: '亲属或单位接领',
  OUTFLOW_FETCHES: '流出地接回',
  ESCORT: '护送返乡',
} as const;
export type ReturnMode = keyof typeof returnMode;

/** CT-REFUSE: why the outflow side does not receive a person. */
export const receptionRefusal = {
  NOT_FOUND: '查无此人',
  HOUSEHOLD_MOVED: '户籍迁出',
  NOT_OUR_DIVISION: '不属本辖区',
  IDENTITY_DOUBT: '身份存疑',
  NO_CAPACITY: '无接收能力',
  FAMILY_REFUSES: '家属拒绝接收',
  OTHER: '其他',
} as const;
export type ReceptionRefusal = keyof typeof receptionRefusal;

/** Refusals that go up the ladder (P6.2); NOT_FOUND only after one re-check. The others go back to identity or to the right county. */
export const escalableRefusals = ['NOT_FOUND', 'NO_CAPACITY', 'FAMILY_REFUSES', 'OTHER'] as const satisfies readonly ReceptionRefusal[];

/** CT-HARDSHIP: the first three are of the seeds (S001 §2(5)). */
export const hardship = {
  PRODUCTION: '生产',
  LIVELIHOOD: '生活',
  MEDICAL: '基本医疗',
  HOUSING: '住房',
  GUARDIANSHIP: '监护',
  HOMELESS: '无家可归',
} as const;
export type Hardship = keyof typeof hardship;

/** CT-ASSIST: measures of assistance. */
export const assistance = {
  SPECIAL_HARDSHIP_SUPPORT: '特困供养',
  SUBSISTENCE_ALLOWANCE: '低保',
  SINGLE_PERSON_ALLOWANCE: '单人保',
  TEMPORARY_RELIEF: '临时救助',
  MEDICAL_RELIEF: '医疗救助',
  DISABILITY_ALLOWANCE: '残疾人两项补贴',
  ORPHAN_OR_UNSUPPORTED_CHILD: '孤儿或事实无人抚养儿童保障',
  EMPLOYMENT: '就业帮扶',
  POVERTY_PREVENTION: '防返贫帮扶',
  GOVERNMENT_PLACEMENT: '政府安置',
} as const;
export type Assistance = keyof typeof assistance;

/** CT-VISITMODE: how a visit was made; township revisits of the register know FIELD and PHONE. */
export const visitMode = { FIELD: '实地走访', PHONE: '电话', VIDEO: '视频', ENTRUSTED: '委托村居' } as const;
export type VisitMode = keyof typeof visitMode;
