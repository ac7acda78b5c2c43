import type { Case } from '@guitu/rescue';
import { dueInWords } from '@guitu/standards';
import type { OpenDuty, PastView } from './as-of';
import type { PointOfPast } from './as-of-moment';
import { valueInWords } from './personal';
import { stateInWords } from './state-words';
import { momentInWords } from './words';

/** The state at that point, who had the person, who took part, and who owed what. */
export function pastText(view: PastView): string {
  const { stream, zh, asOf, events, last, custody, participants, openDuties } = view;
  const head = `${zh} ${stream}\n截至 ${pointInWords(asOf)}`;
  if (last === null) return `${head}：尚无记录 nothing had been recorded`;
  return [
    `${head}：${events} 条，末为第${last.version}条，位置 ${last.position}`,
    ...(custody === null ? [`状态 ${valueInWords(view.state)}`] : [...stateInWords(view.state as Case), ...custodyLines(custody)]),
    `参与机构 ${participants.map(({ agency, name }) => `${name}（${agency}）`).join('、')}`,
    openDuties.length === 0 ? '未了责任 无 no open duties' : `未了责任 ${openDuties.length} 项 open duties`,
    ...openDuties.map(dutyLine),
  ].join('\n');
}

function pointInWords(point: PointOfPast): string {
  if ('position' in point) return `位置 position ${point.position}`;
  return `${momentInWords(point.moment)}（${point.by === 'recorded' ? '按登记时间 as recorded by then' : '按发生时间 as said to have happened by then'}）`;
}

const custodyLines = ({ holder, line }: NonNullable<PastView['custody']>): readonly string[] => [
  `照管 ${holder === null ? '无 nobody' : `${holder.name}（${holder.agency}）`}`,
  ...line.map(({ name, from, until }) => `  ${momentInWords(from)} 至 ${until === null ? '今' : momentInWords(until)}  ${name}`),
];

const dutyLine = ({ dutyId, zh, basis, debtor, creditor, dueAt, breached }: OpenDuty): string =>
  `  ${dutyId} ${zh}：${debtor}应于${dueInWords(dueAt)}前向${creditor}履行，依据${basis}${breached ? '，已逾期 breached' : ''}`;
