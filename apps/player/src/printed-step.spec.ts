import type { CaseView, OpenDuty, Played } from '@guitu/sandbox';
import { printed } from './printed-step';

const names = new Map([
  ['taicang-station', '太仓市救助管理站'],
  ['fengyang-station', '凤阳县救助管理站'],
]);
const duty = (key: string, owedBy: string, owedTo: string, dueAt: string): OpenDuty => ({
  dutyId: `${key}-1`,
  key,
  owedBy,
  owedTo,
  dueAt,
  breached: false,
});
const feedback = duty('D-F1', 'taicang-station', 'fengyang-station', '2020-10-24T00:00:00+08:00');
const receipt = duty('D-F2', 'fengyang-station', 'taicang-station', '2020-10-27T00:00:00+08:00');
const view = (changes: Partial<CaseView>): CaseView => ({
  caseId: 'c',
  version: 1,
  location: 'LEFT',
  holder: 'fengyang-station',
  duties: [feedback],
  breaches: [],
  loops: { 'loop-1': { phase: 'ISSUED' } },
  ...changes,
});
const delivered: Played = {
  step: { line: 1, what: '反馈函送达。', at: '2020-10-19T17:00:00+08:00', case: 'main', by: 'taicang-station', command: 'RecordDelivery' },
  noted: [
    { id: '1', type: 'LetterDelivered' },
    { id: '2', type: 'DutyDischarged', dutyId: 'D-F1-1' },
    { id: '3', type: 'DutyOpened', dutyId: 'D-F2-1' },
  ],
  refusedWith: null,
  again: false,
  before: view({}),
  after: view({ duties: [receipt], loops: { 'loop-1': { phase: 'DELIVERED' } } }),
  differences: [],
};
const linesOf = (changes: Partial<Played>): readonly string[] => printed({ ...delivered, ...changes }, names).split('\n');

describe('A played step in print', () => {
  it('tells what was recorded, who has the person, and who owes what to whom until when', () =>
    expect(linesOf({})).toEqual([
      '2020-10-19 17:00  反馈函送达。',
      '    记录 太仓市救助管理站：送达 LetterDelivered',
      '    照管 凤阳县救助管理站',
      '    - 已履行 D-F1-1 书面反馈返乡人员信息',
      '    + 待办 D-F2-1 回执：凤阳县救助管理站 → 太仓市救助管理站，至 2020-10-26 24:00',
      '    闭环 loop-1 DELIVERED',
    ]));

  it('tells a refusal by its code', () =>
    expect(linesOf({ refusedWith: 'FBK-WRONG-SENDER', noted: [], after: delivered.before })).toContain(
      '    不予登记 FBK-WRONG-SENDER：太仓市救助管理站 RecordDelivery',
    ));

  it('tells every difference from the story', () =>
    expect(linesOf({ differences: ['一', '二'] }).slice(-2)).toEqual(['    ✗ 一', '    ✗ 二']));
  it('tells what was recorded before', () => expect(linesOf({ again: true })[1]).toContain('（此前已登记）'));
  it('tells what was so already', () => expect(linesOf({ noted: [] })[1]).toContain('已是如此'));
  it('a duty that fell away was not kept', () =>
    expect(linesOf({ noted: [{ id: '1', type: 'DutyLapsed', dutyId: 'D-F1-1' }] })).toContain(
      '    - 不再待办 D-F1-1 书面反馈返乡人员信息',
    ));
  it('nobody has the person', () => expect(linesOf({ after: view({ holder: null }) })).toContain('    照管 无机构'));

  it('tells a duty that passes to another agency, and one that is overdue', () => {
    expect(linesOf({ after: view({ duties: [{ ...feedback, owedBy: 'fengyang-station' }] }) })).toContain(
      '    → 转移 D-F1-1 书面反馈返乡人员信息：凤阳县救助管理站 → 凤阳县救助管理站，至 2020-10-23 24:00',
    );
    expect(
      linesOf({ after: view({ duties: [{ ...feedback, breached: true }] }) }).some((line) => line.startsWith('    ! 逾期 D-F1-1')),
    ).toBe(true);
  });

  it('owes to the person are told as such', () =>
    expect(linesOf({ after: view({ duties: [duty('D-F5', 'fengyang-station', 'PERSON', '2020-11-17T00:00:00+08:00')] }) })).toContain(
      '    + 待办 D-F5-1 入户了解：凤阳县救助管理站 → 受助人员，至 2020-11-16 24:00',
    ));

  it('a step that only looks records nothing', () => {
    const { by: _by, command: _command, ...looking } = delivered.step;
    expect(linesOf({ step: looking, noted: [] })[1]).toBe('    照管 凤阳县救助管理站');
  });
});
