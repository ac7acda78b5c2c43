/** CT-FOUND: how the person was discovered (S002-A1 §2–4, S001 §2(3)). */
export const discoverySource = {
  POLICE_PATROL: '公安巡查',
  POLICE_ALARM: '接警',
  URBAN_MGMT: '城管巡查',
  OTHER_AGENCY: '其他行政机关',
  TOWNSHIP_GRID: '镇街网格',
  VILLAGE: '村（居）民委员会',
  HOSPITAL: '医院',
  CITIZEN: '群众',
  DRIVER: '公交或出租车司机',
  STATION_OUTREACH: '救助站街面巡查',
  WALK_IN: '本人上门',
} as const;
export type DiscoverySource = keyof typeof discoverySource;

/** CT-DISPOSITION: what was done on the street. */
export const disposition = {
  INFORMED: '告知',
  GUIDED: '引导',
  ESCORTED_STATION: '护送到站',
  TO_HOSPITAL: '送医',
  TO_TOWNSHIP: '交户籍地镇街',
  TO_FAMILY_UNIT: '交家属单位',
  POLICE_CASE: '公安处置',
  URBAN_CASE: '城管处置',
  DECLINED: '谢绝',
} as const;
export type Disposition = keyof typeof disposition;

/** CT-CONDITION: what can be seen of the person, without a diagnosis. */
export const condition = {
  DISABLED: '残疾',
  MINOR: '未成年',
  ELDERLY: '老年',
  MOBILITY: '行动不便',
  ACUTE_ILL: '突发急病',
  MULTI_DISEASE: '多病',
  SUSP_MENTAL: '疑似精神障碍',
  SUSP_INTELLECT: '疑似智力残疾',
  SUSP_INFECT: '疑似传染病',
  INJURED: '外伤',
  DRUNK: '醉酒',
  SUSP_DRUG: '疑似吸毒',
  HEALTHY: '身体健康',
} as const;
export type Condition = keyof typeof condition;

/** Who must be escorted with a written handover (S002-A1 §3(1)1: the special groups). */
export const escortedConditions = ['DISABLED', 'MINOR', 'ELDERLY', 'MOBILITY'] as const satisfies readonly Condition[];

/** CT-AGEBAND: the bands as printed in the monthly form; "minor" (< 18) is counted apart from them. */
export const ageBand = {
  UNDER_7: '6周岁以下',
  FROM_7_TO_18: '7至18周岁',
  FROM_19_TO_59: '19至59周岁',
  FROM_60: '60周岁以上',
  UNKNOWN: '不详',
} as const;
export type AgeBand = keyof typeof ageBand;

/** CT-HANDOVER: who hands the person to whom. */
export const handoverKind = {
  POLICE_STATION: '公安移交救助站',
  POLICE_HOSPITAL: '公安送医',
  POLICE_TOWNSHIP: '公安移交镇街',
  URBAN_STATION: '城管移交救助站',
  TOWNSHIP_STATION: '镇街移交救助站',
  STATION_HOSPITAL: '救助站送医',
  HOSPITAL_STATION: '医院移交救助站',
  HOSPITAL_HOSPITAL: '转院',
  STATION_TOWNSHIP: '救助站移交镇街',
  STATION_FOSTER: '送托养',
  FOSTER_STATION: '托养接回',
  STATION_RELAY: '移交中转站',
  STATION_STATION: '救助站移交救助站',
  STATION_CIVILAFFAIRS: '移交民政部门',
  STATION_WELFARE: '移交福利机构',
  STATION_FAMILY: '移交亲属或单位',
} as const;
export type HandoverKind = keyof typeof handoverKind;
