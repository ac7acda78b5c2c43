import { after, asked, loopOf, openDuties, sc1 } from '../../testing/loop-story';
import { directory } from '../../testing/agencies';

const loopId = 'loop-1';
const letterId = 'letter-33';
const now = '2020-10-20T09:00:00+08:00';
const redirect = (toAgency: string, by = 'fengyang-station') =>
  asked('RedirectLetter', by, now, { loopId, letterId, toAgency, reason: 'DIVISION_CHANGED' });
const giveBack = (by = 'fengyang-station') =>
  asked('ReturnLetterForCorrection', by, now, { loopId, letterId, missing: ['RELATIVE', 'HEALTH'] });
const correct = (id = 'letter-35', by = 'taicang-station') =>
  asked('CorrectFeedback', by, '2020-10-21T09:00:00+08:00', {
    loopId,
    letterId: id,
    letterNumber: '太救助函〔2020〕35号',
    reason: '补充亲属信息',
    content: sc1.issue.data.content,
  });

describe('the receipt', () => {
  it('answers the letter and opens the ledger entry (due 10-22)', () =>
    expect(after('deliver').when(sc1.receipt).duties).toEqual([
      'discharged D-F2-1',
      'opened D-F3-1 fengyang-station→RECORD until 2020-10-23T00:00:00+08:00',
    ]));
  it('by another agency is refused', () =>
    expect(after('deliver').refusal({ ...sc1.receipt, by: 'wuxi-station' })).toBe('RCP-NOT-ADDRESSEE'));
  it('by the sender itself is refused', () =>
    expect(after('deliver').refusal({ ...sc1.receipt, by: 'taicang-station' })).toBe('RCP-NOT-ADDRESSEE'));
  it('with the same number stays quiet the second time, also after the ledger entry', () => {
    expect(after('receipt').when(sc1.receipt).events).toEqual([]);
    expect(after('ledger').when(sc1.receipt).events).toEqual([]);
  });
  it('with another number is refused as a second one', () =>
    expect(after('receipt').refusal({ ...sc1.receipt, data: { ...sc1.receipt.data, receiptNumber: '凤救助函〔2020〕99号' } })).toBe(
      'RCP-TWICE',
    ));
  it('of a letter that was not delivered is refused', () => expect(after('issue').refusal(sc1.receipt)).toBe('illegal-transition'));
  it('cannot be earlier than the delivery', () =>
    expect(after('deliver').refusal({ ...sc1.receipt, at: '2020-10-19T12:00:00+08:00', backfillReason: '补录' })).toBe('TIM-ORDER'));
  it('of another letter is refused', () =>
    expect(after('deliver').refusal({ ...sc1.receipt, data: { ...sc1.receipt.data, letterId: 'letter-1' } })).toBe('unknown-reference'));
});

describe('a letter passed on', () => {
  const story = after('deliver').and(redirect('chongchuan-station'));
  it('binds the new addressee anew and leaves the written feedback met (SC-10a)', () => {
    expect(after('deliver').when(redirect('chongchuan-station')).duties).toEqual([
      'discharged D-F2-1',
      'opened D-F2-2 chongchuan-station→taicang-station until 2020-10-28T00:00:00+08:00',
    ]);
    expect(openDuties(story)).toEqual(['D-F2-2']);
  });
  it('keeps the old addressee in its history', () =>
    expect(loopOf(story)).toMatchObject({ phase: 'DELIVERED', addressee: 'chongchuan-station', formerAddressees: ['fengyang-station'] }));
  it('is receipted by the new addressee only', () => {
    expect(story.refusal(sc1.receipt)).toBe('RCP-NOT-ADDRESSEE');
    expect(loopOf(story.and({ ...sc1.receipt, by: 'chongchuan-station' }))).toMatchObject({ phase: 'RECEIPTED' });
  });
  it('stays quiet the second time', () => expect(story.when(redirect('chongchuan-station')).events).toEqual([]));
  it('goes to a station or civil affairs department', () =>
    expect(after('deliver').refusal(redirect('fengyang-township'))).toBe('validation-failed'));
  it('does not go back to its sender or to itself', () => {
    expect(after('deliver').refusal(redirect('taicang-station'))).toBe('validation-failed');
    expect(after('deliver').refusal(redirect('fengyang-station'))).toBe('validation-failed');
  });
  it('is passed on by its addressee only', () =>
    expect(after('deliver').refusal(redirect('zhoukou-station', 'wuxi-station'))).toBe('ACT-WRONG-AGENCY'));
  it('cannot be passed on once it is receipted', () =>
    expect(after('receipt').refusal({ ...redirect('zhoukou-station'), now: '2020-10-21T11:00:00+08:00' })).toBe('illegal-transition'));
  it('goes to a known agency', () =>
    expect(
      after('deliver')
        .with(new Map([...directory].filter(([id]) => id !== 'zhoukou-station')))
        .refusal(redirect('zhoukou-station')),
    ).toBe('agency-unknown'));
});

describe('a letter that comes back for correction', () => {
  const returned = after('deliver').and(giveBack());
  it('binds the sender to mend it within a working day', () =>
    expect(after('deliver').when(giveBack()).duties).toEqual([
      'discharged D-F2-1',
      'opened D-F12-1 taicang-station→fengyang-station until 2020-10-22T00:00:00+08:00',
    ]));
  it('waits for its sender alone', () => expect(returned.refusal(sc1.receipt)).toBe('illegal-transition'));
  it('is delivered anew when it is corrected, and wants its receipt', () => {
    expect(returned.when(correct()).duties).toEqual([
      'discharged D-F12-1',
      'opened D-F2-2 fengyang-station→taicang-station until 2020-10-29T00:00:00+08:00',
    ]);
    expect(loopOf(returned.and(correct()))).toMatchObject({ phase: 'DELIVERED', letterId: 'letter-35', awaitingCorrection: false });
  });
  it('can come back after its receipt; the corrected letter is receipted again', () => {
    const late = '2020-10-21T09:10:00+08:00';
    const story = after('receipt').and({ ...giveBack(), now: late });
    expect(openDuties(story)).toEqual(['D-F12-1']);
    const corrected = story.and({ ...correct(), now: late });
    expect(loopOf(corrected)).toMatchObject({ phase: 'DELIVERED', receiptNumber: null });
    const anew = { ...sc1.receipt, now: late, data: { ...sc1.receipt.data, letterId: 'letter-35' } };
    expect(loopOf(corrected.and(anew))).toMatchObject({ phase: 'RECEIPTED' });
  });
  it('stays quiet the second time', () => expect(returned.when(giveBack()).events).toEqual([]));
  it('is given back by its addressee only', () => expect(after('deliver').refusal(giveBack('wuxi-station'))).toBe('ACT-WRONG-AGENCY'));
  it('cannot come back once the person is in the ledger', () =>
    expect(after('ledger').refusal({ ...giveBack(), now: '2020-10-22T09:00:00+08:00' })).toBe('illegal-transition'));
});

describe('a correction', () => {
  it('names the letter that it corrects; both stay', () =>
    expect(after('deliver').when(correct()).events).toMatchObject([
      { type: 'FeedbackCorrected', data: { corrects: 'letter-33', letterId: 'letter-35' } },
    ]));
  it('that the sender makes unasked restarts the receipt', () =>
    expect(after('deliver').when(correct()).duties).toEqual([
      'lapsed D-F2-1',
      'opened D-F2-2 fengyang-station→taicang-station until 2020-10-29T00:00:00+08:00',
    ]));
  it('after the ledger entry changes nothing about where the loop stands', () => {
    const story = after('ledger').and(correct());
    expect(loopOf(story)).toMatchObject({ phase: 'LEDGERED', letterId: 'letter-35' });
    expect(openDuties(story)).toEqual(['D-F4-1', 'D-F8-1']);
  });
  it('stays quiet the second time', () => expect(after('deliver').and(correct()).when(correct()).events).toEqual([]));
  it('is written by the sender only', () =>
    expect(after('deliver').refusal(correct('letter-35', 'wuxi-station'))).toBe('ACT-WRONG-AGENCY'));
  it('takes a new letter id', () => expect(after('deliver').and(correct()).refusal(correct('letter-33'))).toBe('ID-TAKEN'));
  it('needs a letter that was delivered', () => expect(after('issue').refusal(correct())).toBe('illegal-transition'));
});

describe('a reminder', () => {
  const remind = (id: string, by = 'taicang-station') =>
    asked('IssueReminder', by, '2020-10-27T09:00:00+08:00', { loopId, letterId: id, letterNumber: '太救助函〔2020〕36号' });
  it('is counted and discharges nothing', () => {
    const story = after('deliver').and(remind('r-1'));
    expect(story.when(remind('r-2'))).toMatchObject({ events: [{ data: { nth: 2, to: 'fengyang-station' } }], duties: [] });
    expect(openDuties(story)).toEqual(['D-F2-1']);
  });
  it('comes from the sender', () => expect(after('deliver').refusal(remind('r-1', 'fengyang-station'))).toBe('ACT-WRONG-AGENCY'));
  it('takes a new letter id', () => expect(after('deliver').refusal(remind('letter-33'))).toBe('ID-TAKEN'));
  it('presses nobody before the letter is delivered', () => expect(after('issue').refusal(remind('r-1'))).toBe('illegal-transition'));
});
