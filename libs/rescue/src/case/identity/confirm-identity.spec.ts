import type { IdentityBasis } from '@guitu/standards';
import { decide } from '../../decide';
import { Refusal } from '../../refusal';
import type { Asked, Story } from '../../testing/given';
import { directory } from '../../testing/agencies';
import { admitted, ask, confirm, found, nothingYet, request, stateOf } from '../../testing/reception-story';
import { caseStream } from '../catalogue';
import type { AnyStreamKind } from '../../stream-kind';
import type { RetractIdentity } from './retract-identity';

const retract: Asked<RetractIdentity> = ask<RetractIdentity>('taicang-station', '2020-12-02T18:00:00+08:00', 'RetractIdentity', {
  reason: 'MISMATCH_AT_ARRIVAL',
});
const basis = (...list: readonly string[]): Asked => confirm({ basis: list as readonly IdentityBasis[] });

/** Where a refused field stands in the request. */
function pointerOf(story: Story, asked: Asked): string | undefined {
  try {
    story.when(asked);
  } catch (error) {
    if (error instanceof Refusal) return error.detail.pointer;
  }
  return undefined;
}

describe('an identity is confirmed', () => {
  it('as version 1, with its home division and what follows from the age', () => {
    const told = admitted().when(confirm());
    expect(told.events).toMatchObject([
      { type: 'IdentityConfirmed', data: { version: 1, homeDivision: '341126', minor: false, under16: false } },
    ]);
    expect(stateOf(told).identity).toMatchObject({ phase: 'CONFIRMED', versions: 1, current: { version: 1, homeDivision: '341126' } });
  });
  it('the state keeps no name and no number', () =>
    expect(JSON.stringify(stateOf(admitted().and(confirm())))).not.toMatch(/赵根生|34112619/));
  it.each([
    ['2002-10-13', false, false],
    ['2002-10-14', true, false],
    ['2004-10-13', true, false],
    ['2004-10-14', true, true],
  ])('who was born on %s is on 2020-10-13 a minor: %s, under 16: %s', (birthDate, minor, under16) => {
    const { idNumber: _without, ...data } = confirm({ birthDate }).data;
    const told = admitted().when({ ...confirm(), data });
    expect(stateOf(told).person).toMatchObject({ minor, under16, needsEscort: true });
  });
});

describe('a walk-in who turns out to be a minor', () => {
  it('needs an escort from then on', () => {
    const walkIn = nothingYet().and(request({ arrivalMode: 'SELF' }));
    expect(stateOf(walkIn).person.needsEscort).toBe(false);
    const boy = confirm({ idNumber: '411421200905160154', birthDate: '2009-05-16', homeDivision: '411421' });
    expect(stateOf(walkIn.and(boy)).person).toMatchObject({ minor: true, under16: true, needsEscort: true });
  });
});

describe('a confirmation rests on a strong basis', () => {
  it.each([['POLICE_DB'], ['DNA'], ['RELATIVE_WITH_DOCUMENT'], ['FINGERPRINT', 'DNA']])('%s is enough', (...list) =>
    expect(admitted().when(basis(...list)).events).toHaveLength(1),
  );
  it.each([['FACE'], ['FINGERPRINT'], ['DOCUMENT_VERIFIED'], ['FACE', 'DOCUMENT_VERIFIED']])('%s is not', (...list) =>
    expect(admitted().refusal(basis(...list))).toBe('IDN-NO-STRONG-BASIS'),
  );
  it('the database on a carried document wants the person compared with the document (SC-5)', () => {
    expect(admitted().refusal(confirm({ documentCarried: true }))).toBe('IDN-NO-PERSON-DOCUMENT-COMPARISON');
    expect(admitted().refusal(confirm({ documentCarried: true, personDocumentCompared: false }))).toBe('IDN-NO-PERSON-DOCUMENT-COMPARISON');
    expect(admitted().when(confirm({ documentCarried: true, personDocumentCompared: true })).events).toHaveLength(1);
  });
  it('DNA needs no such comparison', () =>
    expect(admitted().when(confirm({ documentCarried: true, basis: ['DNA'] })).events).toHaveLength(1));
});

describe('the particulars agree', () => {
  it.each([
    ['a wrong check character', { idNumber: '341126198503120318' }, '/idNumber'],
    ['an impossible date', { idNumber: '522401197802290112' }, '/idNumber'],
    ['a division that never was', { idNumber: '999999198503120317' }, '/idNumber'],
    ['the other sex', { sex: 'FEMALE' }, '/sex'],
    ['another date of birth', { birthDate: '1985-03-13' }, '/birthDate'],
  ] as const)('%s is refused where it stands', (_what, data, pointer) => {
    expect(admitted().refusal(confirm(data))).toBe('validation-failed');
    expect(pointerOf(admitted(), confirm(data))).toBe(pointer);
  });
  it('nobody is born in the future', () => {
    const { idNumber: _without, ...data } = confirm({ birthDate: '2021-01-01' }).data;
    expect(admitted().refusal({ ...confirm(), data })).toBe('validation-failed');
  });
  it('a lower-case x is written as X', () => {
    const told = admitted().when(confirm({ idNumber: '13042619550420059x', birthDate: '1955-04-20', homeDivision: '130426' }));
    expect(told.events).toMatchObject([{ data: { idNumber: '13042619550420059X' } }]);
  });
  it('the home division must have existed: a retired code on an old document stands as it is', () => {
    expect(admitted().refusal(confirm({ homeDivision: '999999' }))).toBe('unknown-division');
    expect(stateOf(admitted().when(confirm({ homeDivision: '522401' }))).identity.current?.homeDivision).toBe('522401');
  });
  it('home is what is stated, never the first digits of the number', () =>
    expect(stateOf(admitted().when(confirm({ homeDivision: '320585' }))).identity.current?.homeDivision).toBe('320585'));
});

describe('who confirms, and how often', () => {
  it('the owner of the case', () => {
    expect(admitted().refusal({ ...confirm(), by: 'fengyang-station' })).toBe('ACT-WRONG-AGENCY');
    expect(found().refusal(confirm())).toBe('ACT-WRONG-AGENCY');
    expect(admitted().refusal({ ...confirm(), by: 'taicang-police' })).toBe('ACT-WRONG-KIND');
  });
  it('stays quiet the second time', () => expect(admitted().and(confirm()).when(confirm()).events).toEqual([]));
  it('another identity waits until the first is retracted', () =>
    expect(
      admitted()
        .and(confirm())
        .refusal(confirm({ name: '赵某' })),
    ).toBe('illegal-transition'));
  it('where the first was erased nobody can tell that it is the same', () => {
    const story = admitted().and(confirm());
    const asked = confirm();
    const actor = { agency: asked.by, user: 'u1', client: 'c1', role: 'staff' } as const;
    const current = stateOf(story).identity.current?.event ?? '';
    expect(() =>
      decide(
        caseStream as AnyStreamKind,
        story.situation,
        { type: asked.type, data: asked.data, by: actor, at: asked.now },
        {
          world: { now: asked.now, directory },
          eventId: String,
          opened: new Map([[current, 'erased']]),
        },
      ),
    ).toThrow(expect.objectContaining({ code: 'illegal-transition' }));
  });
});

describe('an identity is retracted', () => {
  it('the person is unidentified again, the version stays in the history, and the next one is version 2', () => {
    const story = admitted().and(confirm()).and(retract);
    expect(stateOf(story).identity).toMatchObject({ phase: 'RETRACTED', versions: 1, current: null });
    const again = confirm({ basis: ['DNA'], idNumber: '411421196902170374', birthDate: '1969-02-17', homeDivision: '411421' });
    const told = story.when({ ...again, now: '2020-12-10T10:00:00+08:00' });
    expect(told.events).toMatchObject([{ data: { version: 2, homeDivision: '411421' } }]);
  });
  it('says which version and which event it retracts', () => {
    const story = admitted().and(confirm());
    const current = stateOf(story).identity.current;
    expect(story.when(retract).events).toMatchObject([{ data: { version: 1, retracts: current?.event, reason: 'MISMATCH_AT_ARRIVAL' } }]);
  });
  it('what the wrong identity said about the age goes with it', () => {
    const before = stateOf(admitted()).person;
    const boy = confirm({ basis: ['DNA'], idNumber: '411421200905160154', birthDate: '2009-05-16', homeDivision: '411421' });
    expect(stateOf(admitted().and(boy)).person).toMatchObject({ minor: true, under16: true });
    expect(stateOf(admitted().and(boy).and(retract)).person).toMatchObject({ minor: before.minor, under16: before.under16 });
  });
  it('there must be one', () => expect(admitted().refusal(retract)).toBe('IDN-NOT-CONFIRMED'));
  it('by the owner', () =>
    expect(
      admitted()
        .and(confirm())
        .refusal({ ...retract, by: 'fengyang-station' }),
    ).toBe('ACT-WRONG-AGENCY'));
  it('stays quiet the second time', () => expect(admitted().and(confirm()).and(retract).when(retract).events).toEqual([]));
});
