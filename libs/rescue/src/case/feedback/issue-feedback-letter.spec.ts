import { noCase, type Case } from '../case';
import type { Command } from '../../words';
import type { Agency } from '../../agency/agency';
import { directory } from '../../testing/agencies';
import { Refusal } from '../../refusal';
import type { Asked, Story } from '../../testing/given';
import { after, asked, beforeDeparture, due, leave, loopOf, openDuties, sc1, sc1Departure } from '../../testing/loop-story';
import { confirmed } from '../../testing/person-in';

type Letter = typeof sc1.issue;
const letter = (data: Partial<Letter['data']> = {}, by = 'taicang-station'): Letter => ({
  ...sc1.issue,
  by,
  data: { ...sc1.issue.data, ...data },
});
const refusalOf = (story: Story, command: Asked<Command>): Refusal => {
  try {
    story.when(command);
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  throw new Error('It was not refused.');
};

describe('the feedback letter', () => {
  it('goes out from the inflow station to the outflow station', () => {
    const { events } = due().when(letter({ cc: ['fengyang-civil-affairs'] }));
    expect(events).toMatchObject([
      { type: 'FeedbackLetterIssued', data: { from: 'taicang-station', to: 'fengyang-station', letterNumber: '太救助函〔2020〕33号' } },
    ]);
    expect(loopOf(due().and(letter()))).toMatchObject({ phase: 'ISSUED', letterId: 'letter-33' });
  });
  it('that is issued and not delivered leaves the duty open', () => expect(openDuties(after('issue'))).toEqual(['D-F1-1']));
  it('keeps its number in the strict form, however it was typed', () =>
    expect(due().when(letter({ letterNumber: '太救助函[2020]第033号' })).events).toMatchObject([
      { data: { letterNumber: '太救助函〔2020〕33号' } },
    ]));
  it('with a number that is none is refused', () => expect(due().refusal(letter({ letterNumber: '33号' }))).toBe('LETTER-NUMBER'));
  it('stays quiet the second time', () => expect(after('issue').when(letter()).events).toEqual([]));
  it('by a station that does not own the case is refused (SC-2)', () =>
    expect(due().refusal(letter({}, 'wuxi-station'))).toBe('FBK-WRONG-SENDER'));
  it('by such a station is refused also where no loop is due', () =>
    expect(beforeDeparture().refusal(letter({}, 'wuxi-station'))).toBe('FBK-WRONG-SENDER'));
  it('to another agency is refused, and the right one is named (SC-4)', () => {
    const story = beforeDeparture({ identity: confirmed('411628') }).and(leave('taicang-station', sc1Departure));
    const refusal = refusalOf(story, letter({ to: 'luyi-station' }));
    expect([refusal.code, refusal.detail]).toEqual(['FBK-WRONG-ADDRESSEE', { pointer: '/to', expected: 'luyi-civil-affairs' }]);
  });
  it('a second one for the same departure is refused', () =>
    expect(after('deliver').refusal(letter({ letterId: 'letter-34' }))).toBe('FBK-DUPLICATE'));
  it('before anybody has left is refused', () =>
    expect(beforeDeparture({ location: 'IN_STATION', leaving: noCase.leaving }).refusal(letter())).toBe('FBK-NOT-DEPARTED'));
  it('for who did not leave homewards is refused', () =>
    expect(beforeDeparture({ leaving: { ...noCase.leaving, leftAt: sc1Departure.at, mode: 'TERMINATED' } }).refusal(letter())).toBe(
      'FBK-NOT-DEPARTED',
    ));
  it.each<[string, Partial<Case>]>([
    ['handed to the local township', { leaving: { ...noCase.leaving, leftAt: sc1Departure.at, mode: 'LOCAL_TOWNSHIP' } }],
    ['whose home is in this city', { identity: confirmed('320585') }],
  ])('for a person %s is refused', (_who, changes) => expect(beforeDeparture(changes).refusal(letter())).toBe('FBK-NOT-CROSS-REGION'));
  it('on a retracted identity is refused', () => {
    const retracted = due().and({
      type: 'RetractIdentity',
      by: 'taicang-station',
      now: '2020-10-17T09:00:00+08:00',
      data: { reason: 'WRONG_MATCH' },
    });
    expect(retracted.refusal(letter())).toBe('FBK-IDENTITY-RETRACTED');
    expect(beforeDeparture({ identity: { ...confirmed('341126'), phase: 'RETRACTED', current: null } }).refusal(letter())).toBe(
      'FBK-IDENTITY-RETRACTED',
    );
  });
  it('for a loop that does not exist is refused', () => expect(due().refusal(letter({ loopId: 'loop-9' }))).toBe('unknown-reference'));
  it('cannot be older than the departure', () =>
    expect(due().refusal({ ...letter(), at: '2020-10-16T07:00:00+08:00', backfillReason: '补录' })).toBe('TIM-ORDER'));
  it('with a copy to an unknown agency is refused', () => expect(due().refusal(letter({ cc: ['nobody'] }))).toBe('agency-unknown'));
});

describe('a loop without addressee', () => {
  const split = (): Story =>
    beforeDeparture({ identity: confirmed('330104') }).and(
      leave('taicang-station', { ...sc1Departure, departure: 'd', at: '2021-06-20T09:00:00+08:00' }),
    );
  const assign = (addressee: string, by = 'taicang-station') =>
    asked('AssignAddressee', by, '2021-06-21T09:00:00+08:00', { loopId: 'loop-1', addressee, reason: '采荷街道' });
  it('waits until an officer has chosen', () => {
    const now = '2021-06-21T10:00:00+08:00';
    const refusal = refusalOf(split(), { ...letter(), now });
    expect([refusal.code, refusal.detail.allowed]).toEqual(['illegal-transition', ['AssignAddressee']]);
  });
  it('takes an agency that answers for one of the successors only (SC-10b)', () =>
    expect(split().refusal(assign('fengyang-station'))).toBe('FBK-WRONG-ADDRESSEE'));
  it('takes the station of the successor that the officer chose, and says which (SC-10b)', () => {
    const station: Agency = {
      ...(directory.get('wuxi-station') as Agency),
      id: 'shangcheng-station',
      divisions: [{ from: '2021-04-09', value: '330102' }],
    };
    const chosen = split()
      .with(new Map([...directory, [station.id, station]]))
      .when(assign('shangcheng-station'));
    expect(chosen.events).toMatchObject([{ type: 'FeedbackAddresseeAssigned', data: { division: '330102', reason: '采荷街道' } }]);
  });
  it('takes any station or civil affairs department where the directory knows nobody', () => {
    const unknown = beforeDeparture({ identity: confirmed('330106') }).and(
      leave('taicang-station', { ...sc1Departure, at: '2021-06-20T09:00:00+08:00' }),
    );
    const chosen = unknown.and(assign('zhoukou-station'));
    expect(loopOf(chosen)).toMatchObject({ addressee: 'zhoukou-station' });
    expect(chosen.when(assign('zhoukou-station')).events).toEqual([]);
    expect(chosen.refusal(assign('wuxi-station'))).toBe('FBK-WRONG-ADDRESSEE');
    expect(unknown.refusal(assign('shaxi-township'))).toBe('validation-failed');
  });
  it('is chosen for by the sender alone', () =>
    expect(split().refusal(assign('fengyang-station', 'wuxi-station'))).toBe('ACT-WRONG-AGENCY'));
  it('is not chosen for where the directory has an answer', () =>
    expect(due().refusal({ ...assign('wuxi-station'), now: '2020-10-19T09:00:00+08:00' })).toBe('FBK-WRONG-ADDRESSEE'));
});
