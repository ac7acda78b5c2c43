import { noCase, type Case } from '../case';
import { ADMITTED_AT, personIn } from '../../testing/person-in';
import { Refusal } from '../../refusal';
import type { Asked, Story } from '../../testing/given';

const by = 'taicang-station';
/** SC-8: death at 05:45 on 20 December. */
const death: Asked = {
  by,
  now: '2020-12-20T05:50:00+08:00',
  at: '2020-12-20T05:45:00+08:00',
  type: 'RecordDeath',
  data: { place: '太仓市第一人民医院', cause: '突发急病' },
};
const leave: Asked = { by, now: '2020-10-30T09:00:00+08:00', type: 'DeclareSelfDeparture', data: { mode: 'SELF', statement: '自愿' } };
const withVoucher: Asked = {
  ...leave,
  data: {
    mode: 'SELF_WITH_VOUCHER',
    statement: '自愿',
    ticketVoucher: { from: '太仓', to: '凤阳', means: 'TRAIN', number: 'K1', priceFen: 1 },
  },
};
const archive: Asked = {
  by,
  now: '2021-01-05T09:00:00+08:00',
  type: 'ArchiveCase',
  data: { checklist: ['求助登记表'], retention: 'PERMANENT' },
};
const reopen: Asked = { by, now: '2021-02-01T09:00:00+08:00', type: 'ReopenCase', data: { reason: 'LATE_EVIDENCE' } };
const offer: Asked = {
  by,
  now: '2020-10-29T09:00:00+08:00',
  type: 'OfferHandover',
  data: { handoverId: 'h1', kind: 'STATION_HOSPITAL', to: 'taicang-hospital', statement: {} },
};
const stateAfter = (story: Story): Case => story.situation.state as Case;
const missingIn = (story: Story, asked: Asked): readonly string[] | undefined => {
  try {
    story.when(asked);
  } catch (error) {
    return error instanceof Refusal ? error.detail.missing : undefined;
  }
  return undefined;
};

describe('the person dies', () => {
  it('custody ends at that moment and the case says so', () =>
    expect(stateAfter(personIn('IN_STATION').and(death))).toMatchObject({
      location: 'DECEASED',
      locationBefore: 'IN_STATION',
      custody: { holder: null, line: [{ from: ADMITTED_AT, until: '2020-12-20T05:45:00+08:00' }] },
      leaving: { mode: 'DEATH' },
    }));
  it('no feedback loop opens', () => expect(personIn('IN_STATION').when(death).events).toHaveLength(1));
  it('a loop whose person never arrived is cancelled', () => {
    const { events } = personIn('IN_STATION').and(withVoucher).when(death);
    expect(events).toMatchObject([{ type: 'DeathRecorded' }, { type: 'LoopCancelled', data: { why: 'DEATH_BEFORE_ARRIVAL' } }]);
  });
  it('how the person left before stays as it was', () =>
    expect(stateAfter(personIn('IN_STATION').and(leave).and(death)).leaving).toMatchObject({ mode: 'SELF', leftAt: leave.now }));
  it.each(['STREET', 'REGISTERED', 'IN_HOSPITAL', 'IN_TRANSIT', 'MISSING', 'LEFT', 'REFUSED'] as const)(
    'wherever the person was: %s',
    (location) => expect(stateAfter(personIn(location).and(death)).location).toBe('DECEASED'),
  );
  it('the hospital that has the person records it', () => {
    const inHospital = personIn('IN_HOSPITAL', { hospital: { ...noCase.hospital, staysAt: 'taicang-hospital' } });
    expect(inHospital.when({ ...death, by: 'taicang-hospital' }).events).toHaveLength(1);
    expect(inHospital.refusal({ ...death, by: 'taicang-hospital-b' })).toBe('ACT-WRONG-AGENCY');
  });
  it('not before custody last changed', () =>
    expect(personIn('IN_STATION').refusal({ ...death, at: '2020-10-12T09:00:00+08:00', backfillReason: '补录' })).toBe('TIM-ORDER'));
  it('stays quiet the second time', () => expect(personIn('IN_STATION').and(death).when(death).events).toEqual([]));
});

describe('after death', () => {
  const dead = personIn('IN_STATION')
    .and(offer)
    .and({ ...death });
  it('nobody signs for the person, leaves, goes missing or is released any more', () => {
    const later = '2020-12-21T09:00:00+08:00';
    expect(dead.refusal({ by: 'taicang-hospital', now: later, type: 'AcceptHandover', data: { handoverId: 'h1', statement: {} } })).toBe(
      'CASE-DECEASED',
    );
    expect(dead.refusal({ ...leave, now: later })).toBe('CASE-DECEASED');
    expect(dead.refusal({ by, now: later, type: 'DetectAbsence', data: { lastSeenAt: later } })).toBe('CASE-DECEASED');
  });
  it('a handover that still waits is taken back, then the case is archived', () => {
    expect(dead.refusal(archive)).toBe('ARC-INCOMPLETE');
    const withdraw: Asked = {
      by,
      now: '2020-12-21T09:00:00+08:00',
      type: 'WithdrawHandover',
      data: { handoverId: 'h1', reason: '人员死亡' },
    };
    expect(dead.and(withdraw).when(archive).events).toHaveLength(1);
  });
  it('duties can still be waived or breached: a missing one is told as closed, not as forbidden', () =>
    expect(
      dead.refusal({ by: 'taicang-civil-affairs', now: archive.now, type: 'WaiveDuty', data: { dutyId: 'D-F1-1', reason: '死亡' } }),
    ).toBe('DUTY-CLOSED'));
});

describe('a case is archived', () => {
  const left = personIn('IN_STATION').and(leave);
  it('when the person has left and nothing is unfinished', () =>
    expect(stateAfter(left.and(archive))).toMatchObject({
      location: 'ARCHIVED',
      locationBefore: 'LEFT',
      leaving: { archivedAt: archive.now },
    }));
  it('when help was refused', () => expect(personIn('REFUSED').when(archive).events).toHaveLength(1));
  it('not while the person is in care', () => expect(personIn('IN_STATION').refusal(archive)).toBe('illegal-transition'));
  it('not with an open handover, which is named', () => {
    const open = personIn('IN_STATION').and(offer).and(leave);
    expect(open.refusal(archive)).toBe('ARC-INCOMPLETE');
    expect(missingIn(open, archive)).toEqual(['open handover h1']);
  });
  it('not with an open hospital stay', () => {
    const stays = personIn('LEFT', { hospital: { ...noCase.hospital, staysAt: 'taicang-hospital' } });
    expect(missingIn(stays, archive)).toEqual(['open hospital stay']);
  });
  it('a hospital stay ends with death', () => {
    const stays = personIn('IN_HOSPITAL', { hospital: { ...noCase.hospital, staysAt: 'taicang-hospital' } });
    expect(stays.and(death).when(archive).events).toHaveLength(1);
  });
  it('not while the person is searched for', () =>
    expect(missingIn(personIn('MISSING'), archive)).toEqual(['open search for the missing person']));
  it('an open feedback loop does not hinder it', () =>
    expect(personIn('IN_STATION').and(withVoucher).when(archive).events).toHaveLength(1));
  it('only the station that owns the case archives it', () =>
    expect(left.refusal({ ...archive, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
  it('stays quiet the second time', () => expect(left.and(archive).when(archive).events).toEqual([]));
});

describe('an archived case', () => {
  const archived = personIn('IN_STATION').and(leave).and(archive);
  it('lets nothing happen any more but its reopening', () => {
    expect(archived.refusal({ ...offer, now: reopen.now })).toBe('CASE-ARCHIVED');
    expect(archived.refusal({ ...death, now: reopen.now, at: reopen.now })).toBe('CASE-ARCHIVED');
  });
  it('is reopened where it was', () => {
    expect(stateAfter(archived.and(reopen))).toMatchObject({ location: 'LEFT', locationBefore: null, leaving: { archivedAt: null } });
    expect(stateAfter(personIn('REFUSED').and(archive).and(reopen)).location).toBe('REFUSED');
  });
  it('is reopened by the station that owns it', () => expect(archived.refusal({ ...reopen, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
  it('nothing is reopened that was not archived', () => expect(personIn('LEFT').refusal(reopen)).toBe('illegal-transition'));
  it('stays quiet the second time', () => expect(archived.and(reopen).when(reopen).events).toEqual([]));
});
