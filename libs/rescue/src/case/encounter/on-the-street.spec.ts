import { ask, atStation, found, handedOver, registered, stateOf } from '../../testing/reception-story';
import type { Asked } from '../../testing/given';
import type { ArrangeEmergencyCare } from './arrange-emergency-care';
import type { HandToFamilyOrUnit } from './hand-to-family-or-unit';
import type { InformOfHelp } from './inform-of-help';
import type { RecordHelpDeclined } from './record-help-declined';
import type { RequestHospitalIdentification } from './request-hospital-identification';

const police = 'taicang-police';
const now = '2020-10-12T08:55:00+08:00';
const inform = (mode: 'INFORMED' | 'GUIDED' = 'INFORMED'): Asked<InformOfHelp> =>
  ask<InformOfHelp>(police, now, 'InformOfHelp', { mode, cardGiven: true });
const care = (data: Partial<ArrangeEmergencyCare['data']> = {}, by = police): Asked<ArrangeEmergencyCare> =>
  ask<ArrangeEmergencyCare>(by, now, 'ArrangeEmergencyCare', { mode: 'DIRECT_TO_HOSPITAL', hospital: 'taicang-hospital', ...data });
const call = (by = police): Asked<RequestHospitalIdentification> =>
  ask<RequestHospitalIdentification>(by, now, 'RequestHospitalIdentification', {
    hospital: 'taicang-hospital',
    station: 'taicang-station',
  });
const family = (guardianshipUrged = true): Asked<HandToFamilyOrUnit> =>
  ask<HandToFamilyOrUnit>(police, now, 'HandToFamilyOrUnit', { receiver: { name: '李某', relation: 'SIBLING' }, guardianshipUrged });
const decline = (capacityAssessed = true): Asked<RecordHelpDeclined> =>
  ask<RecordHelpDeclined>(police, now, 'RecordHelpDeclined', { capacityAssessed });

describe('informing of help', () => {
  it('is recorded once', () => {
    expect(found().when(inform()).events).toEqual([{ type: 'PersonInformedOfHelp', data: { mode: 'INFORMED', cardGiven: true } }]);
    expect(found().and(inform()).when(inform()).events).toEqual([]);
  });
  it('being shown the way is more than being told', () => expect(found().and(inform()).when(inform('GUIDED')).events).toHaveLength(1));
});

describe('emergency care', () => {
  it('is arranged by whoever has the person, who keeps custody until the hospital signs', () => {
    const told = found({ conditions: ['ACUTE_ILL'] }).when(care());
    expect(told.events).toMatchObject([{ type: 'EmergencyCareArranged', data: { hospital: 'taicang-hospital' } }]);
    expect(stateOf(told).custody.holder).toBe(police);
  });
  it('names the hospital when the person is brought there', () =>
    expect(found().refusal(ask(police, now, 'ArrangeEmergencyCare', { mode: 'DIRECT_TO_HOSPITAL' }))).toBe('validation-failed'));
  it('goes to a hospital', () => expect(found().refusal(care({ hospital: 'taicang-station' }))).toBe('validation-failed'));
  it('is not recorded by who has nothing to do with the person', () =>
    expect(found().refusal(care({}, 'jiangyin-police'))).toBe('ACT-WRONG-AGENCY'));
  it('in the station another procedure takes over', () =>
    expect(registered().refusal({ ...care({}, 'taicang-station'), now: '2020-10-12T10:00:00+08:00' })).toBe('illegal-transition'));
  it('stays quiet the second time', () => expect(found().and(care()).when(care()).events).toEqual([]));
});

describe('calling the station to the hospital', () => {
  it('is done by the police or by the hospital', () => {
    expect(found().and(care()).when(call()).events).toMatchObject([{ type: 'HospitalIdentificationRequested' }]);
    expect(found().and(care()).when(call('taicang-hospital')).events).toHaveLength(1);
  });
  it('is not done by another hospital', () => expect(found().refusal(call('taicang-hospital-b'))).toBe('ACT-WRONG-AGENCY'));
  it('is pointless once a station has the case', () =>
    expect(registered().refusal({ ...call(), now: '2020-10-12T10:00:00+08:00' })).toBe('illegal-transition'));
  it('stays quiet the second time', () => expect(found().and(call()).when(call()).events).toEqual([]));
});

describe('handing to family or unit', () => {
  it('ends custody: the person has left the agencies', () => {
    const told = found().when(family());
    expect(told.events).toMatchObject([{ type: 'HandedToFamilyOrUnit' }]);
    expect(stateOf(told)).toMatchObject({ location: 'LEFT', custody: { holder: null }, leaving: { mode: null, leftAt: now } });
  });
  it('without urging guardianship is refused', () => expect(found().refusal(family(false))).toBe('validation-failed'));
  it('is for the agency that has the person', () =>
    expect(found().refusal({ ...family(), by: 'jiangyin-police' })).toBe('HND-NOT-IN-CUSTODY'));
  it('is no longer possible from the station', () =>
    expect(registered().refusal({ ...family(), now: '2020-10-12T10:00:00+08:00' })).toBe('illegal-transition'));
  it('cannot have happened before custody last changed', () => {
    const early = { ...family(), by: 'taicang-station', now: '2020-10-12T10:00:00+08:00', at: '2020-10-12T08:30:00+08:00' };
    expect(atStation().refusal(early)).toBe('TIM-ORDER');
  });
  it('stays quiet the second time', () => expect(found().and(family()).when(family()).events).toEqual([]));
});

describe('declining help', () => {
  it('an adult may, and nobody has the person any more', () => {
    const told = found().when(decline());
    expect(told.events).toEqual([{ type: 'HelpDeclinedByPerson', data: { capacityAssessed: true } }]);
    expect(stateOf(told)).toMatchObject({ location: 'STREET', custody: { holder: null } });
  });
  it('a minor cannot', () => expect(found({ conditions: ['MINOR'] }).refusal(decline())).toBe('LEV-NO-CAPACITY'));
  it('with signs of impairment the capacity must have been assessed', () => {
    expect(found({ conditions: ['SUSP_INTELLECT'] }).refusal(decline(false))).toBe('LEV-NO-CAPACITY');
    expect(found({ conditions: ['SUSP_INTELLECT'] }).when(decline(true)).events).toHaveLength(1);
  });
  it('is recorded by who has the person', () => expect(found().refusal({ ...decline(), by: 'taicang-urban' })).toBe('ACT-WRONG-AGENCY'));
  it('is a matter of the street', () => {
    const hospital = handedOver(found(), { kind: 'POLICE_HOSPITAL', from: police, to: 'taicang-hospital', now });
    expect(hospital.refusal(decline())).toBe('ACT-WRONG-AGENCY');
    expect(registered().refusal({ ...decline(), by: 'taicang-station', now: '2020-10-12T10:00:00+08:00' })).toBe('illegal-transition');
  });
  it('stays quiet the second time', () => expect(found().and(decline()).when(decline()).events).toEqual([]));
});
