import { addDays } from '@guitu/standards';
import { dataClasses } from '../../../personal-data/src/sealed';
import { personIn } from '../testing/person-in';
import { completed, hold, privacyIn, untouched } from '../testing/privacy-story';
import type { Case } from '../case/case';
import type { Instant } from '../words';
import { noPrivacy } from './privacy';
import { retentionDue, retentionFactsOf, type RetentionFacts } from './retention-due';
import { retentionTable } from './retention-table';

const archived: RetentionFacts = { archivedOn: '2020-12-01', keptUntil: '2050-12-01', grounds: [], privacy: noPrivacy };
const dueDays = (facts: RetentionFacts, today = '2051-01-01'): readonly string[] => retentionDue(facts, today).map(({ dueOn }) => dueOn);

describe('the table of terms', () => {
  it('covers every class and every person whose values a case can hold', () => {
    expect(new Set(retentionTable.flatMap(({ classes }) => classes))).toEqual(new Set(dataClasses));
    expect(new Set(retentionTable.flatMap(({ persons }) => persons))).toEqual(new Set(['person', 'relative', 'staff', 'reporter']));
  });
  it('names the source of each term', () => {
    for (const { basis } of retentionTable) expect(basis).toMatch(/\[P\]|\[L\]/);
  });
});

describe('a file is due for erasure', () => {
  it('thirty years after it was put away, not one day before', () => {
    const facts = { ...archived, keptUntil: null };
    expect(dueDays(facts, '2050-11-30')).toEqual([]);
    expect(dueDays(facts, '2050-12-01')).toEqual(['2050-12-01']);
  });
  it('on the day after the one that the archivist wrote on it, where that is later', () =>
    expect(dueDays(archived, '2050-12-02')).toEqual([addDays('2050-12-01', 1)]));
  it('not earlier than the table says, where the archivist wrote an earlier day', () =>
    expect(dueDays({ ...archived, keptUntil: '2030-01-01' })).toEqual(['2050-12-01']));
  it('never while it is in use, or when it is kept for ever', () => {
    expect(dueDays({ ...archived, archivedOn: null })).toEqual([]);
    expect(dueDays({ ...archived, keptUntil: 'PERMANENT' })).toEqual([]);
  });
  it.each(['SETTLED', 'UNIDENTIFIED', 'DECEASED', 'MINOR'] as const)('never for a person who is %s', (ground) =>
    expect(dueDays({ ...archived, grounds: [ground] })).toEqual([]),
  );
  it('with the classes and persons that nobody erased yet', () => {
    const [due] = retentionDue({ ...archived, privacy: privacyIn(completed()) }, '2051-01-01');
    expect(due?.persons).toContain('person');
    const everything = {
      erasureId: 'e',
      phase: 'COMPLETED',
      persons: ['person', 'relative', 'staff', 'reporter'],
      classes: dataClasses,
    } as const;
    const erased = (startedAt: Instant): RetentionFacts['privacy'] => ({
      ...noPrivacy,
      erasures: { e: { ...everything, ...{ decidedBy: 's', decision: 'd', confirmer: 's', startedAt, destroyed: [] } } },
    });
    expect(dueDays({ ...archived, privacy: erased('2020-12-02T00:00:00+08:00') })).toEqual([]);
    // Before the file was put away something may have been recorded after the erasure.
    expect(dueDays({ ...archived, privacy: erased('2020-12-01T23:00:00+08:00') })).toEqual(['2050-12-02']);
  });
  it('also under a legal hold, but says so', () => {
    const privacy = privacyIn(untouched().and(hold()));
    expect(retentionDue({ ...archived, privacy }, '2051-01-01').map(({ held }) => held)).toEqual([true]);
  });
});

describe('the facts that terms depend on', () => {
  const leaving = (changes: object): Pick<Case, 'leaving'> => ({
    leaving: { ...(personIn('LEFT').situation.state as Case).leaving, ...changes },
  });
  const factsOf = (state: Partial<Case>): RetentionFacts =>
    retentionFactsOf(personIn('ARCHIVED', state).situation.state as Case, noPrivacy);

  it('are read from the case', () =>
    expect(factsOf(leaving({ archivedAt: '2020-12-01T23:30:00+08:00', keptUntil: '2050-12-01' }))).toEqual(archived));
  it('say who is kept for ever, and nobody’s not knowing makes a file shorter', () => {
    expect(factsOf({ locationBefore: 'DECEASED' }).grounds).toEqual(['DECEASED']);
    const person = { minor: null, under16: null, limitedCapacity: false, needsEscort: false };
    expect(factsOf({ person }).grounds).toEqual(['MINOR']);
    const { identity } = personIn('LEFT').situation.state as Case;
    expect(factsOf({ identity: { ...identity, phase: 'UNKNOWN' } }).grounds).toEqual(['UNIDENTIFIED']);
  });
});
