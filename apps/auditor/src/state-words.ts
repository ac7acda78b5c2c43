import { locationWords, type Case, type DispatchPhase, type Handover, type Identity, type LoopPhase } from '@guitu/rescue';

const identities: { readonly [P in Identity['phase']]: string } = {
  UNKNOWN: '不明',
  CLAIMED: '本人自述',
  VERIFYING: '核查中',
  CONFIRMED: '已确认',
  RETRACTED: '已撤销',
};

const handovers: { readonly [P in Handover['phase']]: string } = {
  OFFERED: '待签收',
  ACCEPTED: '已签收',
  REFUSED: '已拒收',
  WITHDRAWN: '已撤回',
};

const dispatches: { readonly [P in DispatchPhase]: string } = {
  DRAFT: '拟定',
  CONTACTED: '已联系流出地',
  ACCEPTED: '流出地同意接收',
  REFUSED: '流出地拒收',
  ESCALATED: '已上报协调',
  DECIDED_RECEIVE: '协调决定接收',
  DECIDED_OTHER: '协调另作安排',
  APPROVED: '已批准',
  DEPARTED: '已启程',
  INTERRUPTED: '中断',
  HANDED_OVER: '已交接',
  ABORTED: '中止',
  REJECTED_ON_ARRIVAL: '到达拒收',
  CANCELLED: '取消',
  LEFT_AS_PLANNED: '已按计划自行离站',
};

const loops: { readonly [P in LoopPhase]: string } = {
  DUE: '待发函',
  ISSUED: '已发函',
  DELIVERED: '已送达',
  RECEIPTED: '已回执',
  LEDGERED: '已入台账',
  RECEIVED: '已确认接收',
  NOT_ARRIVED: '未到达',
  DISPUTED: '有异议',
  VISITED: '已入户',
  PLACED_BY_GOV: '政府安置',
  ANSWERED: '已复函',
  CLOSED: '已闭环',
  CANCELLED: '已取消',
};

/** Where the parts of a case stand, a line each: Chinese first, then the word that the API uses. */
export function stateInWords({ location, identity, handovers: handed, dispatches: sent, feedback }: Case): readonly string[] {
  return [
    `所在 ${locationWords[location].zh} ${location}`,
    `身份 ${identities[identity.phase]} ${identity.phase}`,
    ...Object.values(handed).map(({ handoverId, phase }) => `交接 ${handoverId} ${handovers[phase]} ${phase}`),
    ...Object.values(sent).map(({ dispatchId, phase }) => `接送返乡 ${dispatchId} ${dispatches[phase]} ${phase}`),
    ...Object.values(feedback.loops).map(({ loopId, phase }) => `反馈闭环 ${loopId} ${loops[phase]} ${phase}`),
  ];
}
