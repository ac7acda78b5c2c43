/** CT-ARRIVAL: how the person came to the station. */
export const arrivalMode = {
  SELF: '自行求助',
  POLICE: '公安护送',
  URBAN_MGMT: '城管护送',
  OTHER_AGENCY: '其他部门护送',
  CITIZEN: '群众护送',
  STATION_OUTREACH: '救助站街面救助',
  HOSPITAL: '医院移交',
  OTHER_STATION: '其他救助站移交',
  TOWNSHIP: '镇街护送',
} as const;
export type ArrivalMode = keyof typeof arrivalMode;

/** CT-CAUSE: why the person is without means. */
export const cause = {
  JOB_NOT_FOUND: '务工不着',
  RELATIVES_NOT_FOUND: '寻亲不遇',
  THEFT_OR_FRAUD: '被盗被骗',
  LOST: '走失',
  ABANDONED: '遗弃',
  DOMESTIC_VIOLENCE: '家庭暴力',
  TRAFFICKED: '被拐卖',
  WANDERING: '流浪',
  BEGGING: '乞讨',
  LEFT_HOME: '离家出走',
  DISASTER: '受灾',
  OTHER: '其他',
} as const;
export type Cause = keyof typeof cause;

/** CT-ELIGIBILITY: the ground of the decision (Order 381 arts 2, 6; station rules). */
export const eligibilityGround = {
  WITHOUT_MEANS: '自身无力解决食宿，无亲友投靠，不享受低保或特困供养，正在流浪乞讨',
  HELP_FIRST: '因年老、年幼、残疾等不能提供情况，先行救助',
  MINOR_UNACCOMPANIED: '无人监护的未成年人',
  HOSPITAL_DELIVERY: '公安送医后到院甄别',
  HAS_MEANS: '有能力自行解决食宿',
  HAS_RELATIVES: '有亲友可投靠',
  ON_SUBSISTENCE_SUPPORT: '已享受低保或特困供养',
  REFUSES_FACTS: '拒不如实提供情况',
  LIES: '提供虚假情况',
  REFUSES_SAFETY_CHECK: '拒绝安全检查',
  NOT_ELIGIBLE: '不属于救助对象',
} as const;
export type EligibilityGround = keyof typeof eligibilityGround;

/** On which grounds a decision may be positive; all others are grounds of refusal. */
export const grantingGrounds = [
  'WITHOUT_MEANS',
  'HELP_FIRST',
  'MINOR_UNACCOMPANIED',
  'HOSPITAL_DELIVERY',
] as const satisfies readonly EligibilityGround[];

/** CT-TERMINATE: why help was ended by the station. */
export const terminationReason = {
  REFUSES_FACTS: '拒不如实提供情况',
  LIES: '提供虚假情况',
  REFUSES_SAFETY_CHECK: '拒绝安全检查',
  NO_LONGER_ELIGIBLE: '救助情形已消失',
  REFUSES_RETURN: '无正当理由不愿离站',
  BREAKS_RULES: '违反站内规定且情节严重',
  UNLAWFUL_ACT: '有违法犯罪行为',
  OTHER: '其他',
} as const;
export type TerminationReason = keyof typeof terminationReason;

/** CT-LEAVE: how the person left; the two-digit codes are in `leavingModeCode`. */
export const leavingMode = {
  SELF: '自行离站',
  SELF_WITH_VOUCHER: '提供乘车凭证',
  COLLECTED: '亲属或单位接领',
  FETCHED: '流出地接回',
  ESCORTED_IN_PROVINCE: '护送返乡（省内）',
  ESCORTED_CROSS_PROVINCE: '护送返乡（跨省）',
  LOCAL_TOWNSHIP: '移交户籍地镇街',
  POLICE: '移交公安',
  SETTLED_WITH_HUKOU: '落户安置',
  LONG_TERM_CARE: '公办机构长期照料',
  TERMINATED: '终止救助',
  LEFT_WITHOUT_NOTICE: '擅自离站',
  DEATH: '死亡',
  CHILDREN_INSTITUTION: '移送未成年人保护或儿童福利机构',
  OTHER: '其他',
} as const;
export type LeavingMode = keyof typeof leavingMode;

/** The two digits of CT-LEAVE as they appear in figures and forms. */
export const leavingModeCode = {
  SELF: '01',
  SELF_WITH_VOUCHER: '02',
  COLLECTED: '03',
  FETCHED: '04',
  ESCORTED_IN_PROVINCE: '05',
  ESCORTED_CROSS_PROVINCE: '06',
  LOCAL_TOWNSHIP: '07',
  POLICE: '08',
  SETTLED_WITH_HUKOU: '09',
  LONG_TERM_CARE: '10',
  TERMINATED: '11',
  LEFT_WITHOUT_NOTICE: '12',
  DEATH: '13',
  CHILDREN_INSTITUTION: '14',
  OTHER: '15',
} as const satisfies Record<LeavingMode, string>;

/** Leaving towards home opens a feedback loop when home is in another region (P7.1); whether SELF does depends on the destination. */
export const homewardLeavingModes = [
  'SELF_WITH_VOUCHER',
  'COLLECTED',
  'FETCHED',
  'ESCORTED_IN_PROVINCE',
  'ESCORTED_CROSS_PROVINCE',
] as const satisfies readonly LeavingMode[];
