import { agenciesNamed, evolve, eventKindOf, nothing, UnknownEventType, type RecordedEvent } from './situation';
import { loanStream } from './testing/loan-stream';
import type { AnyStreamKind } from './stream-kind';
import type { AgencyId } from './words';

const kind: AnyStreamKind = loanStream;
const recorded = (type: string, data: object, by: AgencyId = 'taicang-station'): RecordedEvent => ({
  type,
  data,
  meta: { id: 'e1', by, at: '2020-10-12T09:00:00+08:00' },
});
const start = nothing<unknown>(loanStream.initial);

describe('the situation of a stream', () => {
  it('counts every event, those of duties too', () => {
    const after = evolve(
      kind,
      evolve(kind, start, recorded('Lent', { to: 'fengyang-station' })),
      recorded('DutyReminded', { dutyId: 'D-X-1', key: 'D-X' }),
    );
    expect(after.version).toBe(2);
  });
  it('an event of the stream changes its state and leaves the duties; an event of a duty does the reverse', () => {
    const lent = evolve(kind, start, recorded('Lent', { to: 'fengyang-station' }));
    expect(lent.state).toMatchObject({ borrower: 'fengyang-station' });
    expect(lent.duties).toBe(start.duties);
    const opened = evolve(
      kind,
      lent,
      recorded('DutyOpened', { dutyId: 'D-X-1', key: 'D-X', owedBy: 'fengyang-station', owedTo: 'taicang-station' }),
    );
    expect(opened.state).toBe(lent.state);
    expect(Object.keys(opened.duties.open)).toEqual(['D-X-1']);
  });
  it.each(['Sold', 'toString', '__proto__'])('an event of an unknown type (%s) stops the reading', (type) =>
    expect(() => evolve(kind, start, recorded(type, {}))).toThrow(UnknownEventType),
  );
  it('the catalogue of every stream knows the events of duties', () => expect(eventKindOf(kind, 'DutyLapsed').zh).toBe('责任消灭'));
});

describe('who takes part in a stream', () => {
  const parties = (...events: readonly RecordedEvent[]): readonly AgencyId[] => [
    ...events.reduce((situation, event) => evolve(kind, situation, event), start).parties,
  ];

  it('whoever records something, and whoever is named', () =>
    expect(parties(recorded('Lent', { to: 'fengyang-station', witnesses: ['shaxi-township', 'fengyang-village'] }))).toEqual([
      'taicang-station',
      'fengyang-station',
      'shaxi-township',
      'fengyang-village',
    ]));
  it('whoever owes or is owed a duty', () =>
    expect(parties(recorded('DutyOpened', { dutyId: 'D-X-1', key: 'D-X', owedBy: 'a', owedTo: 'b' }, 'guitu'))).toEqual(['a', 'b']));
  it('neither the person, nor the record, nor the public, nor Guitu itself', () =>
    expect(
      parties(
        ...['PERSON', 'RECORD', 'PUBLIC'].map((owedTo) =>
          recorded('DutyOpened', { dutyId: owedTo, key: 'D-X', owedBy: 'a', owedTo }, 'guitu'),
        ),
      ),
    ).toEqual(['a']));
  it('nobody stops taking part', () =>
    expect(parties(recorded('Lent', { to: 'fengyang-station' }), recorded('GivenBack', { whole: true }, 'wuxi-station'))).toHaveLength(3));
  it('a field that is silent names nobody', () => {
    expect(agenciesNamed({ to: null }, { to: true })).toEqual([]);
    expect(agenciesNamed({}, { to: { deep: true } })).toEqual([]);
  });
  it('agencies are found in lists of parts too', () =>
    expect(agenciesNamed({ legs: [{ carrier: 'a' }, { carrier: 'b' }] }, { legs: { carrier: true } })).toEqual(['a', 'b']));
});
