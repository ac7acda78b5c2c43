/** CT-HAZDOMAIN: the seven fields of an inspection (S001 §2(1), S002-A2 §2). */
export const hazardDomain = {
  MANAGEMENT: '内部管理',
  DAILY_CARE: '生活照料',
  EPIDEMIC_PREVENTION: '卫生防疫',
  FOOD_AND_DRUGS: '食品药品安全',
  FIRE_SAFETY: '消防安全',
  LEAVING_AND_RETURN: '离站返乡',
  FOSTER_CARE: '站外托养',
} as const;
export type HazardDomain = keyof typeof hazardDomain;

/** CT-SEVERITY: how grave a hazard is. */
export const severity = { MINOR: '一般', MAJOR: '较大', GRAVE: '重大' } as const;
export type Severity = keyof typeof severity;

/** CT-INCIDENT: kinds of major incidents (S002-A3). */
export const incidentKind = {
  DISASTER: '遇灾',
  DANGER: '遇险',
  MISSING: '走失',
  DEATH: '死亡',
  INJURY: '受伤',
  FIRE: '消防',
  FOOD: '食品',
  HYGIENE: '卫生',
} as const;
export type IncidentKind = keyof typeof incidentKind;
