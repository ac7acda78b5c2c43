import { dutyInWords } from './duty-view';
import { momentInWords } from './words';
import { valueInWords } from './personal';
import type { EventView } from './event-view';
import type { ReplayView } from './replay';
import { breakWords, type Break } from './check-chain';

/** The history as a person reads it: what happened, and below each step what it did to duties. */
export function replayText(view: ReplayView): string {
  const { stream, zh, chain, opened, personalValues, events } = view;
  const personal = opened === null ? `未打开，共${personalValues}处 kept shut` : `已打开，共${personalValues}处，用途：${opened.reason}`;
  return [
    `${zh} ${stream}`,
    `记录 ${chain.records} 条；${chain.broken === null ? `链条完整 chain intact，末条哈希 ${chain.leaf ?? ''}` : breakInWords(chain.broken)}`,
    `个人信息 ${personal}`,
    ...events.flatMap(eventText),
  ].join('\n');
}

export const breakInWords = ({ stream, version, reason }: Break): string =>
  `链条断裂 chain broken: ${stream} 第${version}条 version ${version} [${reason}] ${breakWords[reason]}`;

function eventText(event: EventView): readonly string[] {
  const { duty } = event;
  const dutyLine = duty === null ? [] : [`     ${event.zh} ${duty.dutyId} ${duty.zh}：${dutyInWords(duty)}`];
  // An event of a duty that follows from another event of the same command stands below that one.
  if (duty !== null && event.command.index > 0) return [`${number(event)}${(dutyLine[0] ?? '').trimStart()}`];
  return ['', ...heading(event), ...(duty === null ? dataLines(event.data) : dutyLine)];
}

const number = ({ version }: EventView): string => `${String(version).padStart(4)} `;

function heading(event: EventView): readonly string[] {
  const { actor, command } = event;
  const who = actor.name === actor.agency ? actor.agency : `${actor.name}（${actor.agency}）`;
  return [
    `${number(event)}${event.zh} ${event.type}`,
    `     机构 ${who} ${actor.user}/${actor.role}，指令 ${command.zh} ${command.type}`,
    `     发生 ${momentInWords(event.occurredAt)}  登记 ${momentInWords(event.recordedAt)}  位置 ${event.position}  依据 ${event.basis}`,
    ...(event.backfill === null ? [] : [`     补录原因 ${valueInWords(event.backfill)}`]),
  ];
}

const dataLines = (data: unknown): readonly string[] => leavesOf(data, '').map(([path, value]) => `       ${path} ${valueInWords(value)}`);

type Leaf = readonly [path: string, value: unknown];

/** Plain objects are walked into; lists, shut and erased values are leaves. */
function leavesOf(value: unknown, path: string): readonly Leaf[] {
  const isTree = typeof value === 'object' && value !== null && !Array.isArray(value) && !('sealed' in value) && !('erased' in value);
  if (!isTree) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path === '' ? key : `${path}.${key}`));
}
