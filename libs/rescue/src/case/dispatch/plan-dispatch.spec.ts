import { personIn } from '../../testing/person-in';
import { admitted, confirm } from '../../testing/reception-story';
import { asks, but, departed, dispatchOf, identified, planned, sc1, typesOf } from '../../testing/return-story';

const { plan } = sc1;
const leg = { carrier: 'taicang-station', fromDivision: '320585', toDivision: '341126', transport: 'CAR', date: '2020-10-16' } as const;

describe('the station plans the return home', () => {
  it('on the identity that holds, with the way leg by leg', () => {
    const outcome = identified().when(plan);
    expect(outcome.events).toMatchObject([
      {
        type: 'DispatchPlanned',
        data: { crossProvince: true, needsEscort: true, identityVersion: 1, legs: [{ carrier: 'taicang-station' }] },
      },
    ]);
    expect(dispatchOf(outcome)).toMatchObject({
      phase: 'DRAFT',
      destination: '341126',
      receiver: null,
      legs: [{ leg: 1, departedAt: null }],
    });
  });
  it('not while nobody has confirmed who the person is', () => expect(admitted().refusal(plan)).toBe('DSP-IDENTITY-NOT-CONFIRMED'));
  it('not for a person who belongs to this city: the township takes over', () =>
    expect(
      admitted()
        .and(confirm({ homeDivision: '320585' }))
        .refusal(but(plan, { destination: '320585', legs: [{ ...leg, toDivision: '320585' }] })),
    ).toBe('DSP-LOCAL-HOUSEHOLD'));
  it('only one at a time', () => expect(planned().refusal(but(plan, { dispatchId: 'd2' }))).toBe('DSP-ALREADY-OPEN'));
  it('under a name of its own; names of departures without a dispatch are taken', () => {
    expect(planned().refusal(plan)).toBe('ID-TAKEN');
    expect(identified().refusal(but(plan, { dispatchId: 'leaving-1' }))).toBe('ID-TAKEN');
  });
  it('a way inside the province is no cross-province one', () => {
    const inside = but(plan, { destination: '320281', legs: [{ ...leg, toDivision: '320281' }] });
    expect(identified().when(inside).events[0]?.data).toMatchObject({ crossProvince: false });
  });
  it('who goes alone has no legs; whether the way crosses the province is measured from the station', () => {
    const alone = but(plan, { mode: 'SELF_WITH_VOUCHER', legs: [] });
    expect(identified().when(alone).events[0]?.data).toMatchObject({ crossProvince: true });
    expect(identified().refusal(but(plan, { mode: 'SELF_WITH_VOUCHER' }))).toBe('validation-failed');
    expect(identified().refusal(but(plan, { legs: [] }))).toBe('validation-failed');
  });
  it('only the station that owns the case plans', () => {
    expect(identified().refusal({ ...plan, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
    expect(identified().refusal({ ...plan, by: 'taicang-police' })).toBe('ACT-WRONG-KIND');
  });
  it('not when the person is on the way or gone', () => {
    expect(departed().refusal(but({ ...plan, now: '2020-10-16T09:00:00+08:00' }, { dispatchId: 'd2' }))).toBe('illegal-transition');
    expect(personIn('LEFT').refusal(plan)).toBe('illegal-transition');
  });
});

describe('a way hangs together', () => {
  it.each([
    ['places exist', { destination: '999999' }, 'unknown-division'],
    ['carriers exist', { legs: [{ ...leg, carrier: 'nobody' }] }, 'agency-unknown'],
    ['carriers are stations', { legs: [{ ...leg, carrier: 'taicang-police' }] }, 'validation-failed'],
    ['the receiver can receive', { receiver: 'taicang-police' }, 'validation-failed'],
    ['the last leg ends at the destination', { legs: [{ ...leg, toDivision: '341100' }] }, 'validation-failed'],
    ['no leg lies in the past', { legs: [{ ...leg, date: '2020-10-12' }] }, 'validation-failed'],
    ['nobody arrives before the last leg', { expectedArrival: '2020-10-15T23:00:00+08:00' }, 'validation-failed'],
    [
      'each leg begins where the one before ends',
      {
        legs: [
          { ...leg, toDivision: '320200' },
          { ...leg, carrier: 'wuxi-station', fromDivision: '320500' },
        ],
      },
      'validation-failed',
    ],
    [
      'legs follow one another in time',
      {
        legs: [
          { ...leg, toDivision: '320200' },
          { ...leg, carrier: 'wuxi-station', fromDivision: '320200', date: '2020-10-15' },
        ],
      },
      'validation-failed',
    ],
    [
      'two legs of one carrier are one leg',
      {
        legs: [
          { ...leg, toDivision: '320200' },
          { ...leg, fromDivision: '320200' },
        ],
      },
      'validation-failed',
    ],
  ] as const)('%s', (_rule, change, code) => expect(identified().refusal(but(plan, change))).toBe(code));
  it('it may end where the named receiver is', () =>
    expect(typesOf(identified().when(but(plan, { receiver: 'chuzhou-civil-affairs', legs: [{ ...leg, toDivision: '341100' }] })))).toEqual([
      'DispatchPlanned',
    ]));
});

describe('relatives are contacted', () => {
  it('each attempt is a record', () => {
    const story = identified().and(sc1.relatives);
    expect(typesOf(story.when(asks('taicang-station', '10-13T17:00', 'ContactRelatives', { result: 'WILL_COLLECT' })))).toEqual([
      'RelativesContacted',
    ]);
  });
  it('by the station that owns the case, while the person is in care', () => {
    expect(identified().refusal({ ...sc1.relatives, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
    expect(personIn('LEFT').refusal(sc1.relatives)).toBe('illegal-transition');
  });
});
