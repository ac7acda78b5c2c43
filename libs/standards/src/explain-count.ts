import type { CountStep } from './count-step';
import type { DueDate } from './limits';
import { dueInWords } from './time';
import type { Rest } from './working-days';

export type Language = 'zh' | 'en';
type Step<R extends CountStep['rule']> = Extract<CountStep, { rule: R }>;
type Words = { readonly [R in CountStep['rule']]: (step: Step<R>) => string };

const rest = { zh: { weekend: '周末', holiday: '节假日' }, en: { weekend: 'weekend', holiday: 'holiday' } } as const satisfies Record<
  Language,
  Record<Rest, string>
>;

const zh: Words = {
  'from-the-moment': ({ at, amount, unit }) =>
    amount === 0 ? `自${dueInWords(at)}起立即` : `自${dueInWords(at)}起${amount}${unit === 'hours' ? '小时' : '分钟'}`,
  'first-day-not-counted': ({ date }) => `${date}当日不计入`,
  'working-day': ({ date, nth }) => `第${nth}个工作日${date}`,
  skipped: ({ date, why }) => `${date}为${rest.zh[why]}，不计`,
  'working-days': ({ first, last, amount, skipped }) => `自${first}至${last}共${amount}个工作日，其间${skipped}天休息不计`,
  days: ({ first, last, amount }) => `自${first}至${last}共${amount}日`,
  'corresponding-day': ({ date, months }) => `${months}个月后的对应日为${date}`,
  'month-end': ({ date, wanted }) => `该月没有${wanted}日，以月末${date}为最后一日`,
  rolled: ({ from, to, why }) => `最后一日${from}为${rest.zh[why]}，顺延至${to}`,
  threshold: ({ reached, last, startsOn }) => `${last}期间届满，${reached === 'over' ? '超过期间' : '满期'}自${startsOn}起`,
};

const en: Words = {
  'from-the-moment': ({ at, amount, unit }) =>
    amount === 0 ? `immediately from ${dueInWords(at)}` : `${amount} ${amount === 1 ? unit.slice(0, -1) : unit} from ${dueInWords(at)}`,
  'first-day-not-counted': ({ date }) => `${date} itself does not count`,
  'working-day': ({ date, nth }) => `working day ${nth} is ${date}`,
  skipped: ({ date, why }) => `${date} is skipped (${rest.en[why]})`,
  'working-days': ({ first, last, amount, skipped }) =>
    `${amount} working days from ${first} to ${last}, ${skipped} days of rest not counted`,
  days: ({ first, last, amount }) => `${amount} days from ${first} to ${last}`,
  'corresponding-day': ({ date, months }) => `the corresponding day ${months} month${months === 1 ? '' : 's'} later is ${date}`,
  'month-end': ({ date, wanted }) => `the month has no day ${wanted}, so its last day ${date} stands for it`,
  rolled: ({ from, to, why }) => `the last day ${from} is a ${rest.en[why]} and moves to ${to}`,
  threshold: ({ reached, last, startsOn }) =>
    `the period ends on ${last} and is ${reached === 'over' ? 'exceeded' : 'full'} from ${startsOn}`,
};

/** One sentence for a caseworker: which days were counted, which were not and why, and when it is due. */
export function explainInWords(due: DueDate, language: Language): string {
  const steps = due.counted.map((step) => inWords(language === 'zh' ? zh : en, step));
  if (language === 'zh') {
    const doubt = due.provisional ? '（所涉年度没有已公布的放假安排，暂按周末推算）' : '';
    return `${steps.join('；')}；应于${dueInWords(due.dueAt)}前完成${doubt}。`;
  }
  const doubt = due.provisional ? ' (provisional: no holidays are published for that year, weekends alone decide)' : '';
  return `${steps.join('; ')}; due by ${dueInWords(due.dueAt)}${doubt}.`;
}

function inWords<R extends CountStep['rule']>(words: Words, step: Step<R>): string {
  return words[step.rule as R](step);
}
