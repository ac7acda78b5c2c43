import { caseStream } from './catalogue';
import type { Case } from './case';
import { dispatchCommands } from './dispatch/catalogue';
import type { Dispatch } from './dispatch/dispatches';
import { feedbackCommands } from './feedback/catalogue';
import { Refusal } from '../refusal';
import type { Asked, Story } from '../testing/given';
import { personIn } from '../testing/person-in';

const by = 'taicang-station';
const death: Asked = { by, now: '2020-12-20T05:45:00+08:00', type: 'RecordDeath', data: { place: '医院', cause: '突发急病' } };
const archive: Asked = {
  by,
  now: '2021-01-05T09:00:00+08:00',
  type: 'ArchiveCase',
  data: { checklist: ['求助登记表'], retention: 'PERMANENT' },
};
const leaveWithVoucher: Asked = {
  by,
  now: '2020-10-30T09:00:00+08:00',
  type: 'DeclareSelfDeparture',
  data: {
    mode: 'SELF_WITH_VOUCHER',
    statement: '自愿',
    ticketVoucher: { from: '太仓', to: '凤阳', means: 'TRAIN', number: 'K1', priceFen: 1 },
  },
};
// Only what leaving looks at: the rest of a plan does not matter here, hence the cast.
const planned = (mode: Dispatch['mode'], phase: Dispatch['phase'] = 'APPROVED'): Partial<Case> => ({
  dispatches: {
    d1: {
      dispatchId: 'd1',
      phase,
      mode,
      identityVersion: 1,
      destination: '341126',
      receiver: null,
      crossProvince: true,
      legs: [],
      escorted: false,
      expectedArrival: '2020-10-30T20:00:00+08:00',
      letters: [],
      refusals: [],
      rejectedFor: null,
      receptionEvent: null,
      departedAt: null,
      arrivedAt: null,
    } as unknown as Dispatch,
  },
});
const phaseOf = (story: Story): string | undefined => (story.situation.state as Case).dispatches['d1']?.phase;

/** What the guard says of a bare command: the code, or nothing when it lets the rule speak. */
const said = (type: string, story: Story): string | undefined => {
  try {
    caseStream.guard?.(
      { type, data: {}, at: archive.now, by: { agency: by, user: 'u', client: 'c', role: 'staff' } } as never,
      story.situation.state as Case,
    );
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

describe('after death', () => {
  const dead = personIn('IN_STATION').and(death);
  it.each(Object.keys(dispatchCommands))('nobody is sent home: %s', (type) => expect(said(type, dead)).toBe('DSP-DECEASED'));
  it.each(Object.keys(feedbackCommands))('letters that are owed are still written: %s', (type) => expect(said(type, dead)).toBeUndefined());
  it.each(['AdmitPerson', 'ConfirmIdentity', 'OfferHandover', 'AcceptHandover', 'EscalateRefusal', 'ReleaseToRelatives'])(
    'nothing more happens to the person: %s',
    (type) => expect(said(type, dead)).toBe('CASE-DECEASED'),
  );
  it.each(['RegisterBelongings', 'ReturnBelongings'])('what the person left is listed and goes to the relatives: %s', (type) =>
    expect(said(type, dead)).toBeUndefined(),
  );
  it('a planned return home falls with it (SC-8)', () => {
    const story = personIn('IN_STATION', planned('ESCORT'));
    expect(story.when(death).events).toMatchObject([
      { type: 'DeathRecorded' },
      { type: 'DispatchCancelled', data: { dispatchId: 'd1', why: 'DEATH' } },
    ]);
    expect(phaseOf(story.and(death))).toBe('CANCELLED');
  });
});

describe('after archiving', () => {
  const withOpenLoop = personIn('IN_STATION').and(leaveWithVoucher).and(archive);
  const withoutLoop = personIn('REFUSED').and(archive);
  it.each(Object.keys(feedbackCommands))('an open feedback loop goes on: %s', (type) => expect(said(type, withOpenLoop)).toBeUndefined());
  it('without an open loop no letter is written', () => expect(said('IssueFeedbackLetter', withoutLoop)).toBe('CASE-ARCHIVED'));
  it('help that was promised goes on after the loop', () => expect(said('RecordAssistanceMeasure', withoutLoop)).toBeUndefined());
  it.each(['RecordDeath', 'DepartDispatch', 'ConfirmIdentity', 'OfferHandover'])('everything else rests: %s', (type) =>
    expect(said(type, withOpenLoop)).toBe('CASE-ARCHIVED'),
  );
});

describe('a return home that was planned', () => {
  it('is fulfilled by leaving in just that way; the feedback loop answers for it', () => {
    const story = personIn('IN_STATION', planned('SELF_WITH_VOUCHER'));
    expect(story.when(leaveWithVoucher).events).toMatchObject([
      { type: 'SelfDepartureDeclared', data: { departure: 'd1' } },
      { type: 'FeedbackDue', data: { departure: 'd1', expectedArrival: '2020-10-30T20:00:00+08:00' } },
    ]);
    expect(phaseOf(story.and(leaveWithVoucher))).toBe('LEFT_AS_PLANNED');
  });
  it('without a voucher is still a return home, when it was planned so', () => {
    const leave = { ...leaveWithVoucher, data: { mode: 'SELF', statement: '自愿' } };
    expect(personIn('IN_STATION', planned('SELF_RETURN')).when(leave).events).toHaveLength(2);
    expect(personIn('IN_STATION').when(leave).events).toHaveLength(1);
  });
  it('falls when the person leaves in another way', () =>
    expect(phaseOf(personIn('IN_STATION', planned('ESCORT')).and(leaveWithVoucher))).toBe('CANCELLED'));
  it('is broken off when the person goes missing on the way and is not found', () => {
    const missing: Asked = {
      by,
      now: '2020-10-30T12:00:00+08:00',
      type: 'DetectAbsence',
      data: { lastSeenAt: '2020-10-30T11:00:00+08:00' },
    };
    const conclude: Asked = { by, now: '2020-11-01T12:00:00+08:00', type: 'ConcludeAbsence', data: {} };
    expect(phaseOf(personIn('IN_TRANSIT', planned('ESCORT', 'DEPARTED')).and(missing).and(conclude))).toBe('ABORTED');
  });
});
