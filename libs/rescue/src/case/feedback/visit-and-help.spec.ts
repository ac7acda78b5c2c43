import { after, asked, due, loopOf, openDuties, sc1 } from '../../testing/loop-story';
import { noCase } from '../case';
import { withCustody } from '../custody';

const loopId = 'loop-1';
const homeless = (by = 'fengyang-station') => asked('EstablishHomelessness', by, '2020-10-22T09:00:00+08:00', { loopId });
const place = (by = 'fengyang-civil-affairs') =>
  asked('DecideHomelessPlacement', by, '2020-10-26T09:00:00+08:00', {
    loopId,
    placement: 'fengyang-station',
    decisionNumber: '凤民〔2020〕7号',
  });
const visit = (data: Partial<typeof sc1.visit.data> = {}, by = 'fengyang-village') => ({
  ...sc1.visit,
  by,
  data: { ...sc1.visit.data, ...data },
});
const decline = (by: string) =>
  asked('DeclineAssistance', by, '2020-11-20T09:00:00+08:00', { loopId, hardshipLetterId: 'letter-40', reason: '收入高于标准' });

describe('the home visit', () => {
  it('by the entrusted committee meets the duty of the station; hardship is to be passed on (due 11-12)', () =>
    expect(after('entrust').when(visit()).duties).toEqual([
      'discharged D-F5-1',
      'opened D-F6-1 fengyang-station→RECORD until 2020-11-13T00:00:00+08:00',
    ]));
  it('without hardship opens nothing', () => {
    const quiet = after('entrust').when(visit({ hardships: [] }));
    expect(quiet.duties).toEqual(['discharged D-F5-1']);
    expect(quiet.events).toMatchObject([{ data: { hardshipFound: false } }]);
  });
  it('can be made by the station itself', () =>
    expect(loopOf(after('reception').and(visit({}, 'fengyang-station')))).toMatchObject({ phase: 'VISITED' }));
  it('by a committee that nobody entrusted is refused', () => expect(after('reception').refusal(visit())).toBe('ACT-WRONG-AGENCY'));
  it('before the return is refused', () =>
    expect(after('entrust').refusal({ ...visit(), at: '2020-10-15T09:00:00+08:00', backfillReason: '补录' })).toBe('VIS-BEFORE-RETURN'));
  it('between departure and arrival is refused as well', () =>
    expect(after('entrust', due()).refusal({ ...visit(), at: '2020-10-15T23:59:00+08:00', backfillReason: '补录' })).toBe(
      'VIS-BEFORE-RETURN',
    ));
  it('in the future is refused', () =>
    expect(after('entrust').refusal({ ...visit(), at: '2020-11-06T15:00:00+08:00' })).toBe('TIM-FUTURE'));
  it('waits for the reception', () => expect(after('ledger').refusal(visit({}, 'fengyang-station'))).toBe('illegal-transition'));
  it('after the limit is a breach and met late', () =>
    expect(
      after('entrust')
        .when({ ...visit(), now: '2020-11-17T09:00:00+08:00' })
        .duties.slice(0, 2),
    ).toEqual(['breached D-F5-1', 'discharged D-F5-1 late']));
  it('is entrusted to a village committee, once, by the addressee', () => {
    expect(after('entrust').when(sc1.entrust).events).toEqual([]);
    expect(after('reception').refusal({ ...sc1.entrust, data: { ...sc1.entrust.data, village: 'fengyang-township' } })).toBe(
      'validation-failed',
    );
    expect(after('reception').refusal({ ...sc1.entrust, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
    expect(after('ledger').refusal(sc1.entrust)).toBe('illegal-transition');
  });
});

it('the visit of a child collected on 11-13 is due on Monday 12-14 (SC-6)', () => {
  const child = due({ custody: withCustody(noCase.custody, 'fengyang-station', '2020-10-16T16:05:00+08:00') });
  const told = after('ledger', child).when({
    ...sc1.reception,
    now: '2020-11-14T10:00:00+08:00',
    data: { loopId, whereabouts: 'WITH_RELATIVES', arrivedOn: '2020-11-13' },
  });
  expect(told.duties).toContain('opened D-F5-1 fengyang-station→PERSON until 2020-12-15T00:00:00+08:00');
});

describe('a homeless returnee', () => {
  it('is placed by the authorities of the household place, which stands for the visit', () => {
    const placed = after('reception').and(homeless()).when(place());
    expect(placed.duties).toEqual(['lapsed D-F5-1']);
    expect(loopOf(placed)).toMatchObject({ phase: 'PLACED_BY_GOV' });
  });
  it('is placed by the superior authorities too, but not by those of another place', () => {
    const story = after('reception').and(homeless());
    expect(story.when(place('chuzhou-civil-affairs')).events).toHaveLength(1);
    expect(story.refusal(place('wuxi-civil-affairs'))).toBe('ACT-WRONG-AGENCY');
    expect(story.refusal(place('fengyang-station'))).toBe('ACT-WRONG-KIND');
  });
  it('is placed only after homelessness is established', () => expect(after('reception').refusal(place())).toBe('illegal-transition'));
  it('is established by the addressee, once', () => {
    expect(after('reception').refusal(homeless('wuxi-station'))).toBe('ACT-WRONG-AGENCY');
    expect(after('reception').and(homeless()).when(homeless()).events).toEqual([]);
    expect(after('ledger').refusal(homeless())).toBe('illegal-transition');
    expect(after('reception').and(homeless()).and(place()).when(place()).events).toEqual([]);
  });
});

describe('hardship', () => {
  it('goes to the township and the departments, and help is owed (due 12-09)', () =>
    expect(after('visit').when(sc1.hardship).duties).toEqual([
      'discharged D-F6-1',
      'opened D-F7-1 fengyang-township→PERSON until 2020-12-10T00:00:00+08:00',
    ]));
  it('that no visit found is not reported', () =>
    expect(
      after('entrust')
        .and(visit({ hardships: [] }))
        .refusal(sc1.hardship),
    ).toBe('illegal-transition'));
  it('is reported by the addressee, to a township, once', () => {
    expect(after('visit').refusal({ ...sc1.hardship, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
    expect(after('visit').refusal({ ...sc1.hardship, data: { ...sc1.hardship.data, township: 'fengyang-insurance' } })).toBe(
      'validation-failed',
    );
    expect(after('hardship').when(sc1.hardship).events).toEqual([]);
    expect(after('visit').refusal({ ...sc1.hardship, data: { ...sc1.hardship.data, letterId: 'letter-33' } })).toBe('ID-TAKEN');
    expect(after('visit').refusal({ ...sc1.hardship, data: { ...sc1.hardship.data, departments: ['nobody'] } })).toBe('agency-unknown');
  });
});

describe('help', () => {
  it('by a department meets the duty, also after the loop is closed', () => {
    expect(after('close').when(sc1.measure).duties).toEqual(['discharged D-F7-1']);
    expect(openDuties(after('measure'))).toEqual([]);
  });
  it('refused with reasons by the township meets it; refused by a department it does not', () => {
    expect(after('hardship').when({ ...decline('fengyang-township') }).duties).toEqual(['discharged D-F7-1']);
    expect(after('hardship').when({ ...decline('fengyang-insurance') }).duties).toEqual([]);
  });
  it('is answered only by those who were asked', () => {
    expect(after('hardship').refusal({ ...sc1.measure, by: 'shaxi-township' })).toBe('ACT-WRONG-AGENCY');
    expect(after('visit').refusal(sc1.measure)).toBe('unknown-reference');
  });
  it('after the limit is a breach and met late', () =>
    expect(after('close').when({ ...sc1.measure, now: '2020-12-10T09:00:00+08:00' }).duties).toEqual([
      'breached D-F7-1',
      'discharged D-F7-1 late',
    ]));
});
