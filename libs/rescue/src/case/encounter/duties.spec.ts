import { ask, encounter, found, handedOver, nothingYet, request } from '../../testing/reception-story';
import type { Asked, Story } from '../../testing/given';
import type { QueryIdentityOnScene } from './query-identity';

const police = 'taicang-police';
const at = (time: string): string => `2020-10-12T${time}:00+08:00`;
const query = (data: Partial<QueryIdentityOnScene['data']> = {}): Asked<QueryIdentityOnScene> =>
  ask<QueryIdentityOnScene>(police, at('08:50'), 'QueryIdentityOnScene', { result: 'NO_HIT', ...data });
const local = query({ result: 'HIT', householdDivision: '320585', township: 'shaxi-township' });
const inform = ask(police, at('08:45'), 'InformOfHelp', { mode: 'INFORMED', cardGiven: true });
const care = (time: string): Asked =>
  ask(police, at(time), 'ArrangeEmergencyCare', { mode: 'DIRECT_TO_HOSPITAL', hospital: 'taicang-hospital' });
const call = ask(police, at('09:30'), 'RequestHospitalIdentification', { hospital: 'taicang-hospital', station: 'taicang-station' });
const family = ask(police, at('09:30'), 'HandToFamilyOrUnit', { receiver: { name: '李某', relation: 'SIBLING' }, guardianshipUrged: true });
const signing = (story: Story, kind: 'POLICE_STATION' | 'POLICE_HOSPITAL' | 'POLICE_TOWNSHIP', time: string): readonly string[] => {
  const to = { POLICE_STATION: 'taicang-station', POLICE_HOSPITAL: 'taicang-hospital', POLICE_TOWNSHIP: 'shaxi-township' }[kind];
  return story
    .and(ask(police, at('08:58'), 'OfferHandover', { handoverId: 'h1', kind, to, statement: {} }))
    .when(ask(to, at(time), 'AcceptHandover', { handoverId: 'h1', statement: {} })).duties;
};
const opened = (data: Parameters<typeof encounter>[0], by = police): readonly string[] =>
  nothingYet().when({ ...encounter(data), by }).duties;

describe('what finding somebody makes due', () => {
  it('police owe the query and the information within 2 hours, and the escort of a special group within 4', () =>
    expect(opened({})).toEqual([
      `opened D-P1-1 ${police}→RECORD until 2020-10-12T10:40:00+08:00`,
      `opened D-P2-1 ${police}→PERSON until 2020-10-12T10:40:00+08:00`,
      `opened D-P3-1 ${police}→taicang-station until 2020-10-12T12:40:00+08:00`,
    ]));
  it('a healthy person need not be escorted', () => expect(opened({ conditions: ['HEALTHY'] }).join()).not.toContain('D-P3'));
  it('where no station is known the escort is owed to the person', () =>
    expect(opened({ place: { division: '620102' } })).toContain(`opened D-P3-1 ${police}→PERSON until 2020-10-12T12:40:00+08:00`));
  it('city management has no police platform to query, and escorts all the same', () =>
    expect(opened({}, 'taicang-urban').map((line) => line.slice(7, 13))).toEqual(['D-P2-1', 'D-P3-1']));
  it('the station that finds somebody need not escort to itself', () =>
    expect(opened({}, 'taicang-station').map((line) => line.slice(7, 13))).toEqual(['D-P2-1']));
  it('an acutely ill person goes to hospital immediately, before any escort', () =>
    expect(opened({ conditions: ['ACUTE_ILL', 'MOBILITY'] }).slice(2)).toEqual([
      `opened D-P4-1 ${police}→PERSON until 2020-10-12T08:40:00+08:00`,
    ]));
  it('who was found by a hospital is there already', () =>
    expect(opened({ conditions: ['ACUTE_ILL'] }, 'taicang-hospital').join()).not.toContain('D-P4'));
});

describe('the query and the information', () => {
  it('are met by what they ask for', () => {
    expect(found().when(query()).duties).toEqual(['discharged D-P1-1']);
    expect(found().when(inform).duties).toEqual(['discharged D-P2-1']);
  });
  it('a late query is late and no breach: the duty is soft', () =>
    expect(found().when({ ...query(), now: at('11:00') }).duties).toEqual(['discharged D-P1-1 late']));
  it('late information is a breach', () =>
    expect(found().when({ ...inform, now: at('11:00') }).duties).toEqual(['breached D-P2-1', 'discharged D-P2-1 late']));
});

describe('the escort of special groups', () => {
  it("is met by the station's signature and by nothing else", () => {
    expect(signing(found(), 'POLICE_STATION', '09:25')).toEqual(['discharged D-P3-1']);
    expect(signing(found(), 'POLICE_STATION', '12:41')).toEqual(['breached D-P3-1', 'discharged D-P3-1 late']);
  });
  it.each([
    ['taicang-urban', 'URBAN_STATION'],
    ['shaxi-township', 'TOWNSHIP_STATION'],
  ] as const)('is met in the same way when %s brings the person', (by, kind) => {
    const story = nothingYet()
      .and({ ...encounter(), by })
      .and(ask(by, at('08:58'), 'OfferHandover', { handoverId: 'h1', kind, to: 'taicang-station', statement: {} }));
    expect(story.when(ask('taicang-station', at('09:25'), 'AcceptHandover', { handoverId: 'h1', statement: {} })).duties).toEqual([
      'discharged D-P3-1',
    ]);
  });
  it('falls away when a hospital or the township signed, or family took the person', () => {
    expect(signing(found(), 'POLICE_HOSPITAL', '09:25')).toEqual(['lapsed D-P3-1']);
    expect(signing(found(), 'POLICE_TOWNSHIP', '09:25')).toEqual(['lapsed D-P3-1']);
    expect(found().when(family).duties).toEqual(['lapsed D-P3-1']);
  });
  it('is not shaken off by closing the encounter', () => {
    const story = found().and(inform);
    expect(story.when(ask(police, at('09:00'), 'DisposeEncounter', { disposition: 'INFORMED' })).duties).toEqual([]);
  });
});

describe('emergency care', () => {
  const ill = (): Story => found({ conditions: ['ACUTE_ILL'] });
  it('discharges the duty, and the station is to be told within 2 hours', () =>
    expect(ill().when(care('08:40')).duties).toEqual([
      'discharged D-P4-1',
      `opened D-P5-1 ${police}→taicang-station until 2020-10-12T10:40:00+08:00`,
    ]));
  it('a minute later is late', () =>
    expect(ill().when(care('08:41')).duties.slice(0, 2)).toEqual(['breached D-P4-1', 'discharged D-P4-1 late']));
  it('the call to the station meets the second duty', () =>
    expect(ill().and(care('08:40')).when(call).duties).toEqual([
      'discharged D-P5-1',
      `opened D-C6-1 taicang-station→${police} until 2020-10-13T09:30:00+08:00`,
    ]));
  it('the second duty falls away when the station has opened the case without being called', () => {
    const there = handedOver(ill().and(care('08:40')), { kind: 'POLICE_HOSPITAL', from: police, to: 'taicang-hospital', now: at('09:00') });
    const opens = { hospital: 'taicang-hospital', deliveredAt: at('09:00'), deliveredBy: police };
    expect(there.when(ask('taicang-station', at('09:20'), 'OpenCaseAtHospital', opens)).duties).toContain('lapsed D-P5-1');
  });
});

describe('a local household found on the spot', () => {
  it('is owed to the township within 24 hours', () =>
    expect(found().when(local).duties).toContain(`opened D-P6-1 ${police}→shaxi-township until 2020-10-13T08:50:00+08:00`));
  it('to the person where the township is not known yet', () =>
    expect(
      found()
        .when(query({ result: 'HIT', householdDivision: '320585' }))
        .duties.join(),
    ).toContain(`D-P6-1 ${police}→PERSON`));
  it('a household elsewhere makes nothing due', () =>
    expect(found().when(query({ result: 'HIT', householdDivision: '341126' })).duties).toEqual(['discharged D-P1-1']));
  it("the township's signature meets it, the station's does not", () => {
    expect(signing(found().and(local), 'POLICE_TOWNSHIP', '09:25')).toContain('discharged D-P6-1');
    expect(signing(found().and(local), 'POLICE_STATION', '09:25').join()).not.toContain('D-P6');
  });
});

it('what the police owed and can do no more ends when the person has left the station', () => {
  const owed = [local, query({ familyOrUnitInCity: true, result: 'HIT', householdDivision: '320585', township: 'shaxi-township' })];
  const story = owed.reduce((so, one) => so.and(one), found());
  const atStation = handedOver(story, { kind: 'POLICE_STATION', from: police, to: 'taicang-station', now: at('09:25') }).and(request());
  const left = atStation.when(ask('taicang-station', at('11:00'), 'DeclareSelfDeparture', { mode: 'SELF', statement: '自愿离站' }));
  expect(left.duties).toEqual(expect.arrayContaining(['lapsed D-P6-2', 'lapsed D-P7-1']));
});

describe('family or unit in the city', () => {
  it('is known from the start or from the query, and owed once, within 24 hours', () => {
    expect(opened({ familyOrUnitInCity: true })).toContain(`opened D-P7-1 ${police}→PERSON until 2020-10-13T08:40:00+08:00`);
    expect(found().when(query({ familyOrUnitInCity: true })).duties).toContain(
      `opened D-P7-1 ${police}→PERSON until 2020-10-13T08:50:00+08:00`,
    );
    expect(found({ familyOrUnitInCity: true }).when(query({ familyOrUnitInCity: true })).duties).toEqual(['discharged D-P1-1']);
  });
  it('handing over with urged guardianship meets it', () =>
    expect(found({ familyOrUnitInCity: true }).when(family).duties).toContain('discharged D-P7-1'));
  it('declining help lets it fall away', () =>
    expect(
      found({ familyOrUnitInCity: true }).when(ask(police, at('09:00'), 'RecordHelpDeclined', { capacityAssessed: true })).duties,
    ).toContain('lapsed D-P7-1'));
});

describe('a handover of somebody not special', () => {
  it('discharges nothing that was not owed', () => {
    const story = handedOver(found({ conditions: ['HEALTHY'] }), {
      kind: 'POLICE_STATION',
      from: police,
      to: 'taicang-station',
      now: at('09:25'),
    });
    expect(Object.keys(story.situation.duties.open)).toEqual(['D-P1-1', 'D-P2-1']);
  });
});
