import { caseStream } from './case/catalogue';
import { noCase } from './case/case';
import type { Duty } from './duties/duty';
import { directory } from './testing/agencies';
import { nothing } from './situation';
import type { AnyStreamKind } from './stream-kind';
import { wordsOfCase } from './words-of-situation';

const duty: Duty = {
  dutyId: 'D-F2-1',
  key: 'D-F2',
  about: 'loop-1',
  owedBy: 'fengyang-station',
  owedTo: 'taicang-station',
  force: 'ordinary',
  startsAt: '2020-10-19T17:00:00+08:00',
  dueAt: '2020-10-27T00:00:00+08:00',
  breached: false,
  reminded: false,
  extended: 0,
};
const kind = {
  ...(caseStream as unknown as AnyStreamKind),
  duties: [
    {
      key: 'D-F2',
      zh: '回执',
      en: 'receipt of the letter',
      basis: '[P]',
      force: 'ordinary',
      limit: 'duty.D-F2',
      opens: {},
      dischargedBy: {},
    },
  ],
} as AnyStreamKind;
const situation = { ...nothing(noCase), duties: { open: { 'D-F2-1': duty }, opened: { 'D-F2': 1 }, breaches: [] } };
const on = (now: string) => ({ now, directory });

describe('the state of a case in words', () => {
  it('says on whom it waits, until when and by which clause, in Chinese first', () => {
    expect(wordsOfCase(kind, situation, on('2020-10-20T09:00:00+08:00'), 'zh')).toEqual([
      '人员在街面，尚未登记求助；目前不在任何机构照管之下。',
      '等待凤阳县救助管理站于2020-10-26 24:00前回执，依据[P]（D-F2-1）。',
    ]);
  });

  it('says the same in English on request', () => {
    expect(wordsOfCase(kind, situation, on('2020-10-20T09:00:00+08:00'), 'en')[1]).toBe(
      'Waiting for 凤阳县救助管理站 until 2020-10-26 24:00: receipt of the letter, by [P] (D-F2-1).',
    );
  });

  it('says when the limit has passed', () => {
    expect(wordsOfCase(kind, situation, on('2020-10-27T00:00:01+08:00'), 'zh')[1]).toContain('，已逾期');
  });
});
