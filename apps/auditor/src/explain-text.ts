import type { Limit, Threshold } from '@guitu/standards';
import { dueInWords } from '@guitu/standards';
import type { DutyOutcome, Explanation, Reference } from './explain';
import { dutyInWords } from './duty-view';
import { momentInWords } from './words';

const units: { readonly [U in Limit['unit']]: string } = {
  minutes: '分钟',
  hours: '小时',
  'working-days': '个工作日',
  days: '日',
  months: '个月',
};
const forces: { readonly [F in Explanation['force']]: string } = { hard: '关乎生命安全', ordinary: '一般', soft: '提示' };
const outcomes: { readonly [O in DutyOutcome]: string } = {
  open: '未了 open',
  discharged: '已履行 discharged',
  waived: '已豁免 waived',
  lapsed: '已消灭 lapsed',
};
const changes: { readonly [E in Explanation['changes'][number]['effect']]: string } = {
  opened: '产生',
  discharged: '履行',
  breached: '逾期',
  reminded: '提醒',
  extended: '延期',
  waived: '豁免',
  transferred: '转移',
  lapsed: '消灭',
};

/** Why the duty exists, how its end was counted, and what became of it. */
export function explanationText(duty: Explanation): string {
  const { policy } = duty;
  return [
    `责任 ${duty.dutyId} ${duty.zh} ${duty.en}（${forces[duty.force]} ${duty.force}）`,
    `个案 ${duty.stream}${duty.about === '' ? '' : `，事项 ${duty.about}`}`,
    `责任方 ${duty.owedBy.name}（${duty.owedBy.agency}） 对 ${duty.owedTo.name}（${duty.owedTo.agency}）`,
    `起因 ${duty.trigger === null ? '不在本案 not in this case' : referenceInWords(duty.trigger)}`,
    `条款 ${duty.clause}`,
    `政策 ${policy.key}，${policy.division === 'national' ? '全国' : policy.division}，自${policy.effectiveFrom}起施行，限${limitInWords(policy.limit)}`,
    `     来源 ${policy.source}`,
    `起算 ${momentInWords(duty.from)}${duty.startsAt === duty.from ? '' : `，自${momentInWords(duty.startsAt)}起可履行`}`,
    `计算 ${duty.countedInWords.zh}`,
    `     ${duty.countedInWords.en}`,
    `期限 ${dueInWords(duty.dueAt)}`,
    ...duty.changes.map((change) => `变动 第${change.version}条 ${changes[change.effect]}：${dutyInWords(change)}`),
    `结果 ${outcomes[duty.outcome]}${duty.late === true ? '，逾期 late' : ''}${duty.breached ? '，有逾期记录 breached' : ''}`,
    ...(duty.evidence === null ? [] : [`证据 ${referenceInWords(duty.evidence)}`]),
  ].join('\n');
}

const referenceInWords = ({ version, zh, type, occurredAt, name }: Reference): string =>
  `第${version}条 ${zh} ${type}，${momentInWords(occurredAt)}，${name}`;

function limitInWords({ amount, unit, roll, after }: Limit): string {
  const limit = amount === 0 ? '立即' : `${amount}${units[unit]}`;
  return `${after === undefined ? '' : `${thresholdInWords(after)}后`}${limit}${roll === true ? '（末日逢休息日顺延）' : ''}`;
}

const thresholdInWords = ({ amount, unit, over }: Threshold): string => `${over ? '超过' : '满'}${amount}${units[unit]}`;
