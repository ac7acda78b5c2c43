import { handoverKind, type HandoverKind } from '@guitu/standards';
import { caseStream } from '../catalogue';
import type { Case } from '../case';
import { given, type Asked, type Past, type Story } from '../../testing/given';
import { handoverParties } from './handover-parties';
import type { HandoverAccepted } from './accept-handover';
import type { Statement } from './statement';

/** SC-1: found by the police at 08:40, handed to the station at 09:25. */
const found: Past = {
  by: 'taicang-police',
  at: '2020-10-12T08:40:00+08:00',
  event: {
    type: 'EncounterRecorded',
    data: {
      place: { division: '320585' },
      source: 'POLICE_PATROL',
      apparentSex: 'MALE',
      apparentAgeBand: 'FROM_19_TO_59',
      conditions: ['MOBILITY'],
      needsEscort: true,
      acutelyIll: false,
      hospitalFirst: false,
      limitedCapacity: false,
      minor: false,
      under16: false,
    },
  },
};
const street = given(caseStream, found);
const giver: Statement = { condition: ['MOBILITY'], belongings: [{ item: '手机', quantity: 1 }], documents: ['身份证复印件'] };
const offer = (changes: object = {}): Asked => ({
  by: 'taicang-police',
  now: '2020-10-12T09:00:00+08:00',
  type: 'OfferHandover',
  data: { handoverId: 'h1', kind: 'POLICE_STATION', to: 'taicang-station', statement: giver, ...changes },
});
const step = (type: string, by: string, data: object = {}): Asked => ({
  by,
  now: '2020-10-12T09:25:00+08:00',
  type,
  data: { handoverId: 'h1', ...data },
});
const accept = (statement: Statement = giver): Asked => step('AcceptHandover', 'taicang-station', { statement });
const refuse = step('RefuseHandover', 'taicang-station', { reason: '不属救助对象' });
const withdraw = step('WithdrawHandover', 'taicang-police', { reason: '家属已到' });
const offered = street.and(offer());
const holderOf = (story: Story): string | null => (story.situation.state as Case).custody.holder;

describe('a handover is offered', () => {
  it('custody does not move yet', () => {
    expect(street.when(offer()).events).toMatchObject([
      { type: 'HandoverOffered', data: { from: 'taicang-police', to: 'taicang-station' } },
    ]);
    expect(holderOf(offered)).toBe('taicang-police');
  });
  it('the receiver takes part in the case from now on', () => expect(offered.situation.parties).toContain('taicang-station'));
  it('only by the agency that has the person', () =>
    expect(street.refusal({ ...offer({ kind: 'URBAN_STATION' }), by: 'taicang-urban' })).toBe('HND-NOT-IN-CUSTODY'));
  it('not to itself', () => expect(street.refusal(offer({ to: 'taicang-police' }))).toBe('HND-WRONG-PARTY'));
  it('not while another waits for its signature', () => expect(offered.refusal(offer({ handoverId: 'h2' }))).toBe('HND-OPEN'));
  it('never under a name that was used', () => expect(offered.refusal(offer())).toBe('ID-TAKEN'));
  it('not to an agency that does not exist', () => expect(street.refusal(offer({ to: 'nobody' }))).toBe('agency-unknown'));
  it('its kind fits both sides', () => {
    expect(street.refusal(offer({ kind: 'URBAN_STATION' }))).toBe('HND-KIND-MISMATCH');
    expect(street.refusal(offer({ to: 'taicang-hospital' }))).toBe('HND-KIND-MISMATCH');
  });
  it('a family signs no form here', () => expect(street.refusal(offer({ kind: 'STATION_FAMILY' }))).toBe('HND-KIND-MISMATCH'));
  it('after a refusal or a withdrawal it can be offered again', () => {
    expect(
      street
        .and(offer())
        .and(refuse)
        .when({ ...offer({ handoverId: 'h2' }), now: refuse.now }).events,
    ).toHaveLength(1);
    expect(
      street
        .and(offer())
        .and(withdraw)
        .when({ ...offer({ handoverId: 'h2' }), now: refuse.now }).events,
    ).toHaveLength(1);
  });
  it.each(Object.keys(handoverKind) as HandoverKind[])('%s says which kinds of agency stand on either side', (kind) =>
    expect(handoverParties[kind].from.length > 0).toBe(kind !== 'STATION_FAMILY'),
  );
});

describe('a handover is signed for', () => {
  it('custody passes at this moment', () => {
    const { custody } = offered.and(accept()).situation.state as Case;
    expect(custody).toEqual({
      holder: 'taicang-station',
      line: [
        { agency: 'taicang-police', from: '2020-10-12T08:40:00+08:00', until: '2020-10-12T09:25:00+08:00' },
        { agency: 'taicang-station', from: '2020-10-12T09:25:00+08:00', until: null },
      ],
    });
  });
  it('by the receiver alone: neither the giver nor anybody else', () => {
    expect(offered.refusal({ ...accept(), by: 'taicang-police' })).toBe('HND-WRONG-PARTY');
    expect(offered.refusal({ ...accept(), by: 'wuxi-station' })).toBe('HND-WRONG-PARTY');
  });
  it('not after it was refused or withdrawn', () => {
    expect(offered.and(refuse).refusal(accept())).toBe('HND-CLOSED');
    expect(offered.and(withdraw).refusal(accept())).toBe('HND-CLOSED');
  });
  it('not before the giver had the person', () =>
    expect(offered.refusal({ ...accept(), at: '2020-10-12T08:39:59+08:00' })).toBe('TIM-ORDER'));
  it('not under a name that nobody offered', () => {
    expect(offered.refusal({ ...accept(), data: { handoverId: 'h9', statement: {} } })).toBe('unknown-reference');
    expect(offered.refusal({ ...accept(), data: { handoverId: 'toString', statement: {} } })).toBe('unknown-reference');
  });
  it('stays quiet the second time', () => expect(offered.and(accept()).when(accept()).events).toEqual([]));
});

describe('both sides’ words are compared, and the differences kept', () => {
  const compared = (statement: Statement, from: Story = offered): HandoverAccepted['data'] =>
    from.when(accept(statement)).events[0]?.data as HandoverAccepted['data'];

  it('the same words agree, in whatever order', () => {
    const twice = street.and(offer({ statement: { ...giver, condition: ['MOBILITY', 'ELDERLY'] } }));
    expect(compared({ ...giver, condition: ['ELDERLY', 'MOBILITY'] }, twice)).toMatchObject({
      comparison: { condition: 'SAME', belongings: 'SAME', documents: 'SAME' },
      differences: [],
    });
  });
  it('a missing thing is a difference, with both sides’ words', () =>
    expect(compared({ ...giver, belongings: [] })).toMatchObject({
      comparison: { condition: 'SAME', belongings: 'DIFFERENT', documents: 'SAME' },
      differences: [{ about: '手机', giver: '1', receiver: '无' }],
    }));
  it('an added condition and another number are differences too', () => {
    const { differences } = compared({
      ...giver,
      condition: ['MOBILITY', 'INJURED'],
      belongings: [{ item: '手机', quantity: 2 }],
    } as Statement);
    expect(differences).toEqual([
      { about: 'INJURED', giver: '无', receiver: '有' },
      { about: '手机', giver: '1', receiver: '2' },
    ]);
  });
  it('the same thing named twice counts together', () => {
    const parts = [
      { item: '手机', quantity: 1 },
      { item: '手机', quantity: 1 },
    ];
    const two = street.and(offer({ statement: { belongings: [{ item: '手机', quantity: 2 }] } }));
    expect(compared({ belongings: parts }, two).comparison.belongings).toBe('SAME');
  });
  it('silence is no agreement: what one side did not state stays unstated', () =>
    expect(compared({ condition: ['MOBILITY'] }).comparison).toEqual({ condition: 'SAME', belongings: 'UNSTATED', documents: 'UNSTATED' }));
  it('a thing called like something every object has is compared like any other', () =>
    expect(compared({ ...giver, documents: ['constructor'] }).differences).toEqual([
      { about: 'constructor', giver: '无', receiver: '有' },
      { about: '身份证复印件', giver: '有', receiver: '无' },
    ]));
});

describe('a handover is refused', () => {
  it('custody stays where it is', () => {
    expect(offered.when(refuse).events).toMatchObject([{ type: 'HandoverRefused' }]);
    expect(holderOf(offered.and(refuse))).toBe('taicang-police');
  });
  it('by the receiver alone', () => expect(offered.refusal({ ...refuse, by: 'taicang-police' })).toBe('HND-WRONG-PARTY'));
  it('not after it was signed', () => expect(offered.and(accept()).refusal(refuse)).toBe('HND-CLOSED'));
  it('stays quiet the second time', () => expect(offered.and(refuse).when(refuse).events).toEqual([]));
});

describe('a handover is withdrawn', () => {
  it('by the giver, before anybody signed', () => {
    expect(offered.when(withdraw).events).toMatchObject([{ type: 'HandoverWithdrawn' }]);
    expect(offered.refusal({ ...withdraw, by: 'taicang-station' })).toBe('HND-WRONG-PARTY');
    expect(offered.and(accept()).refusal(withdraw)).toBe('HND-CLOSED');
  });
  it('not under a name that nobody offered', () =>
    expect(offered.refusal({ ...withdraw, data: { handoverId: 'h9', reason: '' } })).toBe('unknown-reference'));
  it('stays quiet the second time', () => expect(offered.and(withdraw).when(withdraw).events).toEqual([]));
});
