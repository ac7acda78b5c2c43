import { noCase } from '../case';
import { withCustody } from '../custody';
import { after, asked, beforeDeparture, caseOf, due, loopOf, openDuties, sc1, stepOf } from '../../testing/loop-story';

const loopId = 'loop-1';
const later = '2020-10-22T09:00:00+08:00';
const dispute = (by = 'fengyang-station') => asked('DisputeReturneeIdentity', by, later, { loopId, reason: '与户籍照片不符' });
const reject = (by = 'taicang-station') => asked('RejectDispute', by, '2020-10-23T09:00:00+08:00', { loopId, reason: 'DNA已确认' });
const absent = asked('ReportNotArrived', 'fengyang-station', later, { loopId, policeInformed: true });
const voucher = { custody: noCase.custody };

describe('the ledger of returnees', () => {
  it('takes the person on the receipted letter; reception (due 10-26) and outcome (due 12-15) are owed', () =>
    expect(after('receipt').when(sc1.ledger).duties).toEqual([
      'discharged D-F3-1',
      'opened D-F4-1 fengyang-station→taicang-station until 2020-10-27T00:00:00+08:00',
      'opened D-F8-1 fengyang-station→taicang-station until 2020-12-16T00:00:00+08:00',
    ]));
  it('counts the reception from the expected arrival where that is later', () => {
    const story = after(
      'receipt',
      beforeDeparture().and({ type: 'LeaveHomewards', by: 'taicang-station', now: '2020-10-16T08:10:00+08:00', data: lateArrival }),
    );
    const { arrivedOn: _unknown, ...data } = sc1.ledger.data;
    expect(story.when({ ...sc1.ledger, data }).duties[1]).toBe(
      'opened D-F4-1 fengyang-station→taicang-station until 2020-10-31T00:00:00+08:00',
    );
  });
  it('takes nobody without a letter or a handover', () => {
    expect(after('issue').refusal(sc1.ledger)).toBe('LDG-NO-SOURCE');
    expect(beforeDeparture().refusal(sc1.ledger)).toBe('LDG-NO-SOURCE');
    expect(after('receipt').refusal({ ...sc1.ledger, data: { loopId, ledgerNumber: 'TZ-1' } })).toBe('LDG-NO-SOURCE');
    expect(after('receipt').refusal({ ...sc1.ledger, data: { loopId, ledgerNumber: 'TZ-1', directHandoverId: 'h-0' } })).toBe(
      'LDG-NO-SOURCE',
    );
  });
  it('takes the person also on a handover that its keeper signed', () => {
    const signed = {
      handoverId: 'h-1',
      kind: 'STATION_STATION',
      from: 'taicang-station',
      to: 'fengyang-station',
      phase: 'ACCEPTED',
    } as const;
    const story = after('receipt', due({ handovers: { 'h-1': { ...signed, offer: 'o', offeredAt: later, dispatchId: null } } }));
    expect(loopOf(story.and({ ...sc1.ledger, data: { loopId, ledgerNumber: 'TZ-1', directHandoverId: 'h-1' } }))).toMatchObject({
      phase: 'LEDGERED',
    });
  });
  it('waits for the receipt', () => expect(after('deliver').refusal(sc1.ledger)).toBe('illegal-transition'));
  it('is kept by the addressee only', () =>
    expect(after('receipt').refusal({ ...sc1.ledger, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
  it('stays quiet the second time', () => expect(after('ledger').when(sc1.ledger).events).toEqual([]));
  it('takes a returnee under one number only', () =>
    expect(after('ledger').refusal({ ...sc1.ledger, data: { ...sc1.ledger.data, ledgerNumber: 'TZ-2020-119' } })).toBe(
      'illegal-transition',
    ));
  it('knows no arrival before the departure', () =>
    expect(after('receipt').refusal({ ...sc1.ledger, data: { ...sc1.ledger.data, arrivedOn: '2020-10-15' } })).toBe('TIM-ORDER'));
});
const lateArrival = {
  departure: 'dispatch-1',
  at: '2020-10-16T08:10:00+08:00',
  expectedArrival: '2020-10-27T08:00:00+08:00',
  mode: 'SELF_WITH_VOUCHER',
};

describe('reception', () => {
  it('meets its duty and opens the home visit, 30 days after the arrival (Sunday 11-15 rolls to 11-16)', () =>
    expect(after('ledger').when(sc1.reception).duties).toEqual([
      'discharged D-F4-1',
      'opened D-F5-1 fengyang-station→PERSON until 2020-11-17T00:00:00+08:00',
    ]));
  it('in the station keeps custody and opens no visit; the later move to the family ends the one and opens the other', () => {
    const inStation = after('ledger').and({ ...sc1.reception, data: { loopId, whereabouts: 'IN_STATION' } });
    expect(caseOf(inStation).custody.holder).toBe('fengyang-station');
    expect(openDuties(inStation)).toEqual(['D-F8-1']);
    const home = inStation.and({ ...sc1.reception, now: later, data: { loopId, whereabouts: 'WITH_RELATIVES' } });
    expect(caseOf(home).custody.holder).toBeNull();
    expect(openDuties(home)).toEqual(['D-F8-1', 'D-F5-1']);
    expect(home.when({ ...sc1.reception, now: later }).duties).toEqual([]);
  });
  it('does not end the custody of another agency', () => {
    const held = { custody: withCustody(noCase.custody, 'zhoukou-station', '2020-10-16T16:05:00+08:00') };
    expect(caseOf(after('reception', due(held))).custody.holder).toBe('zhoukou-station');
  });
  it('stays quiet the second time', () => expect(after('reception').when(sc1.reception).events).toEqual([]));
  it('waits for the ledger entry', () => expect(after('receipt').refusal(sc1.reception)).toBe('illegal-transition'));
  it('is confirmed by the addressee only', () =>
    expect(after('ledger').refusal({ ...sc1.reception, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
  it('knows no arrival before the departure', () =>
    expect(after('ledger').refusal({ ...sc1.reception, data: { loopId, whereabouts: 'AT_HOME', arrivedOn: '2020-10-15' } })).toBe(
      'TIM-ORDER',
    ));
});

describe('a returnee who did not arrive', () => {
  const gone = after('ledger', due(voucher)).and(absent);
  it('is reported, which is a result too', () => {
    expect(after('ledger', due(voucher)).when(absent).duties).toEqual(['discharged D-F4-1']);
    expect(loopOf(gone)).toMatchObject({ phase: 'NOT_ARRIVED', notArrived: true });
  });
  it('stays quiet the second time', () => expect(gone.when(absent).events).toEqual([]));
  it('is not reported by the agency that signed for the person', () => expect(after('ledger').refusal(absent)).toBe('illegal-transition'));
  it('is not reported once received', () => expect(after('reception', due(voucher)).refusal(absent)).toBe('illegal-transition'));
  it('is reported by the addressee only', () =>
    expect(after('ledger').refusal({ ...absent, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
});

describe('a doubted identity', () => {
  it('stops the loop until the sender has decided', () => {
    const story = after('ledger').and(dispute());
    expect(loopOf(story)).toMatchObject({ phase: 'DISPUTED' });
    expect(story.refusal({ ...sc1.reception, now: later })).toBe('illegal-transition');
    expect(story.when(dispute()).events).toEqual([]);
  });
  it('is rejected by the sender: the returnee counts as received, and the result is owed anew where it was never given', () => {
    const rejected = after('ledger').and(dispute()).when(reject());
    expect(rejected.duties).toEqual(['opened D-F4-2 fengyang-station→taicang-station until 2020-10-29T00:00:00+08:00']);
    expect(loopOf(rejected)).toMatchObject({ phase: 'RECEIVED' });
    expect(after('reception').and(dispute()).when(reject()).duties).toEqual([]);
  });
  it('rejected before any reception leaves the reception to be told before a visit counts', () => {
    const rejected = after('ledger').and(dispute()).and(reject());
    expect(rejected.refusal({ ...sc1.visit, by: 'fengyang-station' })).toBe('illegal-transition');
    expect(loopOf(rejected.and({ ...sc1.reception, now: '2020-10-23T10:00:00+08:00' }))).toMatchObject({
      phase: 'RECEIVED',
      whereabouts: 'AT_HOME',
    });
  });
  it('is raised by the addressee and rejected by the sender only', () => {
    expect(after('ledger').refusal(dispute('wuxi-station'))).toBe('ACT-WRONG-AGENCY');
    expect(after('ledger').and(dispute()).refusal(reject('fengyang-station'))).toBe('ACT-WRONG-AGENCY');
  });
  it('cannot be rejected where none is raised, nor raised before the ledger entry', () => {
    expect(after('reception').refusal(reject())).toBe('illegal-transition');
    expect(after('receipt').refusal(dispute())).toBe('illegal-transition');
  });
});

it.each(Object.entries(stepOf))('a loop in phase %s is reached by the step %s', (phase, step) =>
  expect(loopOf(after(step))?.phase).toBe(phase),
);
