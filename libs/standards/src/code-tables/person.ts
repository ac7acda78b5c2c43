/** CT-SEX: GB/T 2261.1. */
export const sex = { UNKNOWN: '未知的性别', MALE: '男性', FEMALE: '女性', NOT_STATED: '未说明的性别' } as const;
export type Sex = keyof typeof sex;

/** The digits of GB/T 2261.1. */
export const sexCode = { UNKNOWN: '0', MALE: '1', FEMALE: '2', NOT_STATED: '9' } as const satisfies Record<Sex, string>;

/** CT-CERT: certificates. Check digits are known for the two resident cards only. */
export const certificateKind = {
  RESIDENT_ID: '居民身份证',
  TEMPORARY_ID: '临时居民身份证',
  HOUSEHOLD_BOOK: '居民户口簿',
  HK_MACAO_TAIWAN_RESIDENCE: '港澳台居民居住证',
  HK_MACAO_PASS: '港澳居民来往内地通行证',
  TAIWAN_PASS: '台湾居民来往大陆通行证',
  FOREIGN_PERMANENT_RESIDENT: '外国人永久居留身份证',
  PASSPORT: '护照',
  BIRTH_CERTIFICATE: '出生医学证明',
  DISABILITY: '残疾人证',
  MILITARY: '军人证件',
  OTHER: '其他证件',
} as const;
export type CertificateKind = keyof typeof certificateKind;

/** CT-REL: relation to the person helped. */
export const relation = {
  SPOUSE: '配偶',
  PARENT: '父母',
  CHILD: '子女',
  GRANDPARENT: '祖父母或外祖父母',
  GRANDCHILD: '孙子女或外孙子女',
  SIBLING: '兄弟姐妹',
  OTHER_RELATIVE: '其他亲属',
  GUARDIAN: '监护人',
  EMPLOYER: '所在单位',
  VILLAGE: '村（居）民委员会',
  OTHER: '其他',
} as const;
export type Relation = keyof typeof relation;

/** CT-IDBASIS: what an identity may rest on. A face match is a candidate and never a basis. */
export const identityBasis = {
  POLICE_DB: '公安人口信息核实',
  DNA: 'DNA比对',
  FINGERPRINT: '指纹比对',
  RELATIVE_WITH_DOCUMENT: '亲属持证明确认',
  DOCUMENT_VERIFIED: '证件核验',
} as const;
export type IdentityBasis = keyof typeof identityBasis;

/** CT-TRACE: ways of looking for a person's home. */
export const tracingMeans = {
  INQUIRY: '询问',
  SYSTEM_MATCH: '系统比对',
  FACE: '人脸识别',
  FINGERPRINT: '指纹比对',
  DNA: 'DNA比对',
  POLICE_QUERY: '公安协查',
  NATIONAL_TRACING_NETWORK: '全国救助寻亲网',
  TOUTIAO: '头条寻人',
  WECHAT: '微信公众号',
  HOTLINE: '寻亲热线',
  MEDIA: '新闻媒体',
  DIALECT: '方言辨识',
  VOLUNTEERS: '志愿者寻亲',
} as const;
export type TracingMeans = keyof typeof tracingMeans;

/** CT-PLATFORM: where a tracing notice can be published. */
export const tracingPlatform = {
  NATIONAL_TRACING_NETWORK: '全国救助寻亲网',
  TOUTIAO: '头条寻人',
  WECHAT: '微信公众号',
  HOTLINE: '寻亲热线',
  MEDIA: '新闻媒体',
  OTHER: '其他平台',
} as const;
export type TracingPlatform = keyof typeof tracingPlatform;

/** CT-SPECIAL: special persons of the monthly form. */
export const specialCategory = {
  TRAFFICKING_RESCUED: '打拐解救',
  DOMESTIC_VIOLENCE: '家暴受害',
  PRISONERS_CHILD: '服刑人员子女',
  LEFT_BEHIND_CHILD: '留守儿童',
  HK_MACAO_TAIWAN: '港澳台',
  FOREIGN: '外籍',
} as const;
export type SpecialCategory = keyof typeof specialCategory;

/** CT-REGCAT: categories of the easily-lost register; the first five are of the seeds (S001 §2(5)). */
export const registerCategory = {
  MENTAL: '精神障碍',
  ALZHEIMER: '阿尔茨海默',
  PHYSICAL: '肢体残疾',
  INTELLECTUAL: '智力残疾',
  REPEAT: '反复流浪',
  LONE_ELDERLY: '孤寡老人',
  MINOR_DIFFICULTY: '困境未成年人',
} as const;
export type RegisterCategory = keyof typeof registerCategory;
