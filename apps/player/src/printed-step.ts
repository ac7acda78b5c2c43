import { caseStream, servedStreams } from '@guitu/rescue';
import { isDutyEvent, type OpenDuty, type Played } from '@guitu/sandbox';
import { dueInWords } from '@guitu/standards';

/** What an agency is called, by its id. */
export type Names = ReadonlyMap<string, string>;

const creditors: Readonly<Record<string, string>> = { PERSON: '受助人员', RECORD: '案卷', PUBLIC: '公众' };
const eventNames: Readonly<Record<string, Readonly<{ zh: string }>>> = Object.assign(
  {},
  ...servedStreams.map(({ events }) => events),
) as Readonly<Record<string, Readonly<{ zh: string }>>>;
const dutyNames = new Map(caseStream.duties.map(({ key, zh }) => [key, zh]));

/** One played step for people: what was recorded, who has the person, who owes what to whom until when. */
export function printed(played: Played, names: Names): string {
  const { step, before, after, differences } = played;
  const holder = after === null || step.agency !== undefined ? [] : [after.holder === null ? '无机构' : nameOf(after.holder, names)];
  const loops = Object.entries(after?.loops ?? {}).filter(([loop, { phase }]) => before?.loops[loop]?.phase !== phase);
  return [
    `${step.at.slice(0, 16).replace('T', ' ')}  ${step.what}`,
    ...outcome(played, names),
    ...holder.map((name) => `    照管 ${name}`),
    ...dutyLines(played, names),
    ...loops.map(([loop, { phase }]) => `    闭环 ${loop} ${phase}`),
    ...differences.map((one) => `    ✗ ${one}`),
  ].join('\n');
}

function outcome({ step, noted, refusedWith, again }: Played, names: Names): readonly string[] {
  if (step.command === undefined) return [];
  const who = nameOf(step.by ?? 'registrar', names);
  if (refusedWith !== null) return [`    不予登记 ${refusedWith}：${who} ${step.command}`];
  const facts = noted.map(({ type }) => type).filter((type) => !isDutyEvent(type));
  const said = facts.map((type) => `${eventNames[type]?.zh ?? type} ${type}`).join('，');
  return [`    记录 ${who}：${facts.length === 0 ? '已是如此' : said}${again ? '（此前已登记）' : ''}`];
}

const nameOf = (agency: string, names: Names): string =>
  agency === 'registrar' ? '机构名录管理员' : (creditors[agency] ?? names.get(agency) ?? agency);

function dutyLines({ noted, before, after }: Played, names: Names): readonly string[] {
  const was = new Map((before?.duties ?? []).map((duty) => [duty.dutyId, duty]));
  const open = after?.duties ?? [];
  const is = new Set(open.map(({ dutyId }) => dutyId));
  const met = new Set(noted.flatMap(({ type, dutyId }) => (type === 'DutyDischarged' && dutyId !== undefined ? [dutyId] : [])));
  return [
    ...[...was.values()]
      .filter(({ dutyId }) => !is.has(dutyId))
      .map(({ dutyId, key }) => `    - ${met.has(dutyId) ? '已履行' : '不再待办'} ${dutyId} ${dutyName(key)}`),
    ...open.filter(({ dutyId }) => !was.has(dutyId)).map((duty) => `    + 待办 ${owed(duty, names)}`),
    ...open.filter(({ dutyId, owedBy }) => (was.get(dutyId)?.owedBy ?? owedBy) !== owedBy).map((duty) => `    → 转移 ${owed(duty, names)}`),
    ...open
      .filter(({ dutyId, breached }) => breached && was.get(dutyId)?.breached !== true)
      .map((duty) => `    ! 逾期 ${owed(duty, names)}`),
  ];
}

const dutyName = (key: string): string => dutyNames.get(key) ?? key;
const owed = ({ dutyId, key, owedBy, owedTo, dueAt }: OpenDuty, names: Names): string =>
  `${dutyId} ${dutyName(key)}：${nameOf(owedBy, names)} → ${nameOf(owedTo, names)}，至 ${dueInWords(dueAt)}`;
