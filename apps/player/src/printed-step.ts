import { dueInWords } from '@guitu/standards';
import type { CaseView, Played } from '@guitu/sandbox';

type OpenDuty = CaseView['openDuties'][number];

/** One played step for people: what was recorded, who has the person, who owes what to whom until when. */
export function printed({ step, recorded, refusedWith, before, after, differences }: Played): string {
  const time = step.at.slice(0, 16).replace('T', ' ');
  const who = step.by === undefined ? '' : ` ${step.by}: ${step.command ?? ''}`;
  const facts = recorded.filter((type) => !type.startsWith('Duty'));
  const outcome =
    step.command === undefined
      ? []
      : [
          refusedWith === null
            ? `   记录 ${facts.length === 0 ? '(已是如此 already so)' : facts.join(', ')}`
            : `   拒绝 refused ${refusedWith}`,
        ];
  const custody = after === null ? [] : [`   照管 ${after.custody.holder ?? '无 nobody'}（${after.location}）`];
  return [
    `${time}${who}`,
    `   ${step.what}`,
    ...outcome,
    ...custody,
    ...dutyLines(before, after),
    ...differences.map((one) => `   ✗ ${one}`),
  ].join('\n');
}

function dutyLines(before: CaseView | null, after: CaseView | null): readonly string[] {
  const was = new Map((before?.openDuties ?? []).map((duty) => [duty.dutyId, duty]));
  const is = new Map((after?.openDuties ?? []).map((duty) => [duty.dutyId, duty]));
  const line = (sign: string, duty: OpenDuty): string =>
    `   ${sign} ${duty.dutyId} ${duty.zh}: ${duty.owedBy} → ${duty.owedTo}，至 ${dueInWords(duty.dueAt)}${duty.breached ? ' 已逾期' : ''}`;
  return [
    ...[...is.values()].filter(({ dutyId }) => !was.has(dutyId)).map((duty) => line('+', duty)),
    ...[...is.values()].filter((duty) => duty.breached && was.get(duty.dutyId)?.breached === false).map((duty) => line('!', duty)),
    ...[...was.values()].filter(({ dutyId }) => !is.has(dutyId)).map((duty) => line('−', duty)),
  ];
}
