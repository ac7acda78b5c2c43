/** The closed list of rules that can say no (dossier 5.5), each with its name as officials read it. */
export const refusals = {
  'ACT-WRONG-KIND': '该类机构不能作此登记',
  'ACT-WRONG-AGENCY': '非本环节责任机构',
  'ACT-NOT-OPEN': '个案尚未建立',
  'ACT-ALREADY-OPEN': '已经建立，不能重复建立',
  'ID-TAKEN': '编号已被使用',
  'illegal-transition': '当前状态下不能进行此步骤',
  'unknown-reference': '所引用的事项不存在',
  'agency-unknown': '机构不存在或已停用',
  'unknown-division': '行政区划代码不存在',
  'division-not-in-force': '行政区划代码已停用',
  'validation-failed': '填报内容不符合规则',
  'implausible-time': '时间不合情理',
  'TIM-FUTURE': '发生时间晚于当前时间',
  'TIM-BACKFILL-NO-REASON': '补录未说明原因',
  'TIM-ORDER': '时间早于前一环节',
  'CASE-DECEASED': '受助人员已死亡',
  'CASE-ARCHIVED': '个案已归档',
  'DSP-IDENTITY-NOT-CONFIRMED': '身份未确认，不能返乡',
  'DSP-IDENTITY-VERSION-STALE': '返乡计划依据的身份已变更',
  'DSP-NOT-FIT': '无有效的适宜返乡评估',
  'DSP-NO-RECEPTION': '流出地未同意接收，也无协调意见',
  'DSP-CARRIER-NOT-ALLOWED': '该站不得承担跨省护送',
  'DSP-ALREADY-OPEN': '已有未结束的返乡计划',
  'DSP-MINOR-UNESCORTED': '未成年人或无行为能力人须有护送人和接收人',
  'DSP-LOCAL-HOUSEHOLD': '本地户籍人员应移交户籍地镇街',
  'DSP-DECEASED': '受助人员已死亡，不能返乡',
  'DSP-NOT-IN-CUSTODY': '人员不在承送机构照管之下',
  'LEV-MINOR-SELF': '未满十六周岁或有精神智力障碍迹象者不得自行离站',
  'LEV-NO-CAPACITY': '未成年人或无行为能力人不得终止救助',
  'LEV-RELATIVE-UNCHECKED': '未核验亲属证件',
  'LEV-NOT-LOCAL': '未确认本市户籍',
  'LEV-POLICE-OPEN': '公安机关尚未结案',
  'HND-WRONG-PARTY': '只有接收方可以签收或拒绝交接',
  'HND-CLOSED': '交接已了结',
  'HND-OPEN': '已有待签收的交接',
  'HND-NOT-IN-CUSTODY': '移交方未照管该人员',
  'HND-KIND-MISMATCH': '交接类型与双方机构不符',
  'ELG-NOT-ELIGIBLE': '未经甄别符合救助条件',
  'ELG-SAFETY-CHECK': '未通过安全检查',
  'IDN-NO-STRONG-BASIS': '身份确认依据不足',
  'IDN-NO-PERSON-DOCUMENT-COMPARISON': '随身证件的数据库核验须有人证比对',
  'IDN-NOT-CONFIRMED': '没有可撤销的身份确认',
  'FBK-NOT-DEPARTED': '人员尚未离站返乡，不产生反馈',
  'FBK-NOT-CROSS-REGION': '本地户籍移交不发反馈函',
  'FBK-WRONG-SENDER': '只有个案所属救助站可以发反馈函',
  'FBK-WRONG-ADDRESSEE': '收件机构不是流出地应收机构',
  'FBK-DUPLICATE': '同一次返乡已有反馈',
  'FBK-IDENTITY-RETRACTED': '身份已撤销，不能发反馈函',
  'RCP-NOT-ADDRESSEE': '非收件机构不能回执',
  'RCP-TWICE': '已经回执',
  'LDG-NO-SOURCE': '没有反馈函或直接交接，不能入台账',
  'OUT-BEFORE-LEDGER': '尚未入台账，不能发情况反馈函',
  'LOOP-CLOSE-INCOMPLETE': '闭环要件不全',
  'loop-already-closed': '反馈闭环已办结',
  'ESC-SKIP-LEVEL': '不得越级上报',
  'ESC-NO-REFUSAL': '没有拒收或两次逾期不复，不能上报',
  'ESC-REASON-NOT-ESCALABLE': '该拒收原因不上报协调',
  'VIS-BEFORE-RETURN': '入户时间早于返乡',
  'ARC-INCOMPLETE': '归档要件不全',
  'DUTY-CLOSED': '责任已了结',
  'DUTY-NOT-DUE': '责任尚未到期',
  'DUTY-HARD': '关乎生命安全的责任不得豁免或延期',
  'DUTY-NOT-SUPERIOR': '只有上级机关可以豁免',
  'LETTER-NUMBER': '发文字号不规范',
  'PRV-HELD': '留存保全期间不得删除个人信息',
  'PRV-SAME-USER': '删除须由作出决定者以外的人确认',
  'PRV-ERASURE-OPEN': '已有未办结的个人信息删除',
  'PRV-TOO-LATE': '密钥销毁已经开始',
  'AGN-CYCLE': '隶属关系成环',
  'AGN-CLOSED': '机构已撤销',
} as const;

export type RefusalCode = keyof typeof refusals;

/** What a refusal may point at, so that the caller can mend the request. */
export type RefusalDetail = Readonly<{
  /** JSON pointer into the command's data, e.g. `/toAgency`. */
  pointer?: string;
  /** Commands that the present state allows (for `illegal-transition`). */
  allowed?: readonly string[];
  /** What is missing, in the domain's words (for `LOOP-CLOSE-INCOMPLETE`, `ARC-INCOMPLETE`). */
  missing?: readonly string[];
  /** The right value, where the rule knows it (for `FBK-WRONG-ADDRESSEE`). */
  expected?: string;
}>;

/** A rule said no. Nothing is recorded. The message is English; the Chinese title stands in {@link refusals}. Never holds a personal value. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly detail: RefusalDetail = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }
}
