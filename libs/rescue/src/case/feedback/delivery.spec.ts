import { after, asked, due, loopOf, openDuties, sc1 } from '../../testing/loop-story';

const loopId = 'loop-1';
const failed = asked('RecordDeliveryFailure', 'taicang-station', '2020-10-19T18:00:00+08:00', {
  loopId,
  letterId: 'letter-33',
  reason: '退件',
});
const again = (channel: 'SYSTEM' | 'EMS') => ({
  ...sc1.issue,
  now: '2020-10-20T09:00:00+08:00',
  data: { ...sc1.issue.data, letterId: 'letter-33b', channel },
});

describe('delivery of the feedback letter', () => {
  it('meets the written feedback and opens the receipt (due 10-26)', () =>
    expect(after('issue').when(sc1.deliver).duties).toEqual([
      'discharged D-F1-1',
      'opened D-F2-1 fengyang-station→taicang-station until 2020-10-27T00:00:00+08:00',
    ]));
  it('is recorded by the sender or by the addressee and by nobody else', () => {
    expect(after('issue').when({ ...sc1.deliver, by: 'fengyang-station' }).events).toHaveLength(1);
    expect(after('issue').refusal({ ...sc1.deliver, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
  });
  it('is no receipt', () => expect(openDuties(after('deliver'))).toEqual(['D-F2-1']));
  it('stays quiet the second time', () => expect(after('deliver').when(sc1.deliver).events).toEqual([]));
  it('needs a letter that is out', () => expect(due().refusal(sc1.deliver)).toBe('unknown-reference'));
  it('of a loop that nobody knows is refused', () =>
    expect(after('issue').refusal({ ...sc1.deliver, data: { loopId: 'loop-7', letterId: 'letter-33' } })).toBe('unknown-reference'));
  it('cannot be earlier than the issue', () =>
    expect(after('issue').refusal({ ...sc1.deliver, at: '2020-10-19T09:00:00+08:00' })).toBe('TIM-ORDER'));
  it('after the limit is recorded as a breach and as met late', () =>
    expect(
      after('issue')
        .when({ ...sc1.deliver, now: '2020-10-26T09:00:00+08:00' })
        .duties.slice(0, 2),
    ).toEqual(['breached D-F1-1', 'discharged D-F1-1 late']));
});

describe('a letter that could not be delivered', () => {
  it('makes feedback due again; the duty was never met', () => {
    const story = after('issue').and(failed);
    expect(loopOf(story)).toMatchObject({ phase: 'DUE', letterId: null });
    expect(openDuties(story)).toEqual(['D-F1-1']);
  });
  it('is sent again by another way under a new id', () => {
    const story = after('issue').and(failed);
    expect(story.refusal(again('SYSTEM'))).toBe('validation-failed');
    expect(story.refusal({ ...again('EMS'), data: { ...again('EMS').data, letterId: 'letter-33' } })).toBe('ID-TAKEN');
    expect(loopOf(story.and(again('EMS')))).toMatchObject({ phase: 'ISSUED', letterId: 'letter-33b' });
  });
  it('cannot fail once it is delivered', () =>
    expect(after('deliver').refusal({ ...failed, now: '2020-10-20T09:00:00+08:00' })).toBe('illegal-transition'));
  it('cannot come back before it was sent', () =>
    expect(after('issue').refusal({ ...failed, at: '2020-10-19T09:00:00+08:00' })).toBe('TIM-ORDER'));
  it('is recorded by the two sides only', () => expect(after('issue').refusal({ ...failed, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
});
