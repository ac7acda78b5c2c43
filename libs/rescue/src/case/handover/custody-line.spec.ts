import fc from 'fast-check';
import { compareInstants, instantInChina, toMilliseconds, type AgencyKind, type HandoverKind } from '@guitu/standards';
import { caseStream } from '../catalogue';
import type { Case } from '../case';
import type { Custody } from '../custody';
import { evolve, nothing, type Situation } from '../../situation';
import { Refusal } from '../../refusal';
import { directory } from '../../testing/agencies';
import { given, type Asked, type Story } from '../../testing/given';
import { handoverParties } from './handover-parties';

const START = toMilliseconds('2020-10-12T08:00:00+08:00');
const agencies = ['taicang-police', 'taicang-station', 'wuxi-station', 'taicang-hospital', 'taicang-hospital-b', 'shaxi-township'];
const kinds: readonly HandoverKind[] = [
  'POLICE_STATION',
  'POLICE_HOSPITAL',
  'STATION_HOSPITAL',
  'HOSPITAL_STATION',
  'HOSPITAL_HOSPITAL',
  'STATION_TOWNSHIP',
  'STATION_STATION',
];
const handoverIds = ['h1', 'h2', 'h3'];

const agency = fc.constantFrom(...agencies);
const handoverId = fc.constantFrom(...handoverIds);
const data: Readonly<Record<string, fc.Arbitrary<object>>> = {
  OfferHandover: fc.record({ handoverId, kind: fc.constantFrom(...kinds), to: agency, statement: fc.constant({}) }),
  AcceptHandover: fc.record({ handoverId, statement: fc.constant({}) }),
  RefuseHandover: fc.record({ handoverId, reason: fc.constant('拒绝') }),
  WithdrawHandover: fc.record({ handoverId, reason: fc.constant('撤回') }),
  RegisterHelpRequest: fc.constant({ arrivalMode: 'POLICE', causes: [], assistanceStatus: 'UNKNOWN' }),
  RecordHelpDeclined: fc.constant({ capacityAssessed: true }),
  HandToFamilyOrUnit: fc.constant({ receiver: { kind: 'FAMILY', name: '赵父' }, guardianshipUrged: true }),
  ConfirmHospitalAdmission: fc.record({ hospital: agency }),
  DeclareSelfDeparture: fc.constant({ mode: 'SELF', statement: '自愿' }),
  ReleaseToRelatives: fc.constant({ name: '赵父', relation: 'PARENT', idNumber: '341126198503120317', idChecked: true, copyKept: true }),
  TerminateAssistance: fc.constant({ noticeNumber: '1', reason: 'OTHER' }),
  DetectAbsence: fc.constant({ lastSeenAt: '2020-10-12T08:00:00+08:00' }),
  RecordPersonFound: fc.constant({}),
  ConcludeAbsence: fc.constant({}),
  RecordDeath: fc.constant({ place: '医院', cause: '疾病' }),
  ArchiveCase: fc.constant({ checklist: ['登记表'], retention: 'PERMANENT' }),
  ReopenCase: fc.constant({ reason: 'RETURNED' }),
};
/** Handovers come often: they are what moves the person. What ends a history early comes seldom. */
const type = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('OfferHandover', 'AcceptHandover') },
  { weight: 2, arbitrary: fc.constantFrom('RegisterHelpRequest', 'ConfirmHospitalAdmission', 'RefuseHandover', 'WithdrawHandover') },
  { weight: 1, arbitrary: fc.constantFrom(...Object.keys(data)) },
);
type Try = Readonly<{ type: string; by: string; data: object; minutes: number; backwards: number; likely: boolean }>;
const tries: fc.Arbitrary<readonly Try[]> = fc.array(
  type.chain((name) =>
    fc.record({
      type: fc.constant(name),
      by: agency,
      data: data[name] ?? fc.constant({}),
      likely: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
      minutes: fc.nat({ max: 180 }),
      // Some records are made late: they say that it happened earlier.
      backwards: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat({ max: 300 })),
    }),
  ),
  { minLength: 20, maxLength: 60 },
);

const found: Asked = {
  by: 'taicang-police',
  now: instantInChina(START),
  type: 'RecordEncounter',
  data: {
    place: { division: '320585' },
    source: 'POLICE_PATROL',
    apparentSex: 'MALE',
    apparentAgeBand: 'FROM_19_TO_59',
    conditions: ['HEALTHY'],
  },
};

/** The right agency acts more often than chance would have it, so that histories get somewhere; the wrong one still tries often enough. */
function likely(story: Story, one: Try): Try {
  const { custody, handovers } = story.situation.state as Case;
  const open = Object.values(handovers).find(({ phase }) => phase === 'OFFERED');
  if (!one.likely) return one;
  if (['AcceptHandover', 'RefuseHandover'].includes(one.type) && open !== undefined)
    return { ...one, by: open.to, data: { ...one.data, handoverId: open.handoverId } };
  const by = custody.holder ?? one.by;
  if (one.type === 'WithdrawHandover' && open !== undefined) return { ...one, by, data: { ...one.data, handoverId: open.handoverId } };
  if (one.type === 'ConfirmHospitalAdmission') return { ...one, by, data: { hospital: by } };
  if (one.type !== 'OfferHandover') return { ...one, by };
  const { to } = one.data as { to: string };
  const kind = kinds.find((each) => handoverParties[each].from.includes(kindOf(by)) && handoverParties[each].to.includes(kindOf(to)));
  return {
    ...one,
    by,
    data: { ...one.data, handoverId: `h${Object.keys(handovers).length + 1}`, ...(kind === undefined ? {} : { kind }) },
  };
}
const kindOf = (id: string): AgencyKind => directory.get(id)?.kind ?? 'SUBSCRIBER';

function play(all: readonly Try[]): Story {
  let clock = START;
  let story = given(caseStream).and(found);
  for (const one of all) {
    clock += one.minutes * 60_000;
    const asked = likely(story, one);
    const at = instantInChina(clock - one.backwards * 60_000);
    try {
      story = story.and({ by: asked.by, now: instantInChina(clock), at, type: asked.type, data: asked.data });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return story;
}

/** The custody line after each event of the history. */
function lines(story: Story): readonly Readonly<{ cause: string; custody: Custody }>[] {
  let situation: Situation = nothing<unknown>(caseStream.initial);
  return story.history.map((event) => {
    situation = evolve(caseStream, situation, event);
    return { cause: event.type, custody: (situation.state as Case).custody };
  });
}

/** By which events custody may begin, pass on and end. Everything else leaves it where it is. */
const begins = ['EncounterRecorded', 'HelpRequestRegistered'];
const passes = ['HandoverAccepted'];
const ends = [
  'HelpDeclinedByPerson',
  'HandedToFamilyOrUnit',
  'SelfDepartureDeclared',
  'ReleasedToRelatives',
  'HandedToHouseholdTownship',
  'AssistanceTerminated',
  'AbsenceConcluded',
  'DeathRecorded',
];

const overHistories = (check: (story: Story) => void): void =>
  fc.assert(
    fc.property(tries, (all) => check(play(all))),
    { numRuns: 120, seed: 381 },
  );

describe('the custody line of every legal history', () => {
  it('has neither gap nor overlap: each span begins where, or after, the one before ended, and none ends before it began', () =>
    overHistories((story) => {
      for (const { custody } of lines(story)) {
        custody.line.forEach((span, index) => {
          const before = custody.line[index - 1];
          if (before !== undefined) {
            expect(before.until).not.toBeNull();
            expect(compareInstants(span.from, before.until ?? '')).toBeGreaterThanOrEqual(0);
          }
          if (span.until !== null) expect(compareInstants(span.until, span.from)).toBeGreaterThanOrEqual(0);
        });
      }
    }));
  it('has exactly one open span while somebody has the person, the last one, and none otherwise', () =>
    overHistories((story) => {
      for (const { custody } of lines(story)) {
        const open = custody.line.filter(({ until }) => until === null);
        expect(open.map(({ agency: holder }) => holder)).toEqual(custody.holder === null ? [] : [custody.holder]);
        if (custody.holder !== null) expect(custody.line.at(-1)?.until).toBeNull();
      }
    }));
  it('passes from one agency to the next without a moment between them, and only when the receiver signs', () =>
    overHistories((story) => {
      let before: Custody = caseStream.initial.custody;
      for (const { cause, custody } of lines(story)) {
        if (custody.holder !== before.holder) {
          const how = before.holder === null ? begins : custody.holder === null ? ends : passes;
          expect(how).toContain(cause);
          if (how === passes) expect(custody.line.at(-2)?.until).toBe(custody.line.at(-1)?.from);
        } else expect(custody.line).toEqual(before.line);
        before = custody;
      }
    }));
  it('never loses or changes what was recorded: later lines only add', () =>
    overHistories((story) => {
      let before: Custody = caseStream.initial.custody;
      for (const { custody } of lines(story)) {
        const kept = custody.line.slice(0, before.line.length).map(({ agency: holder, from }) => ({ holder, from }));
        expect(kept).toEqual(before.line.map(({ agency: holder, from }) => ({ holder, from })));
        before = custody;
      }
    }));
  it('these histories are worth looking at: persons change hands, leave and die in them', () => {
    const seen = new Map<string, number>();
    overHistories((story) => story.history.forEach(({ type: name }) => seen.set(name, (seen.get(name) ?? 0) + 1)));
    expect(seen.get('HandoverAccepted')).toBeGreaterThan(100);
    for (const name of ['HelpRequestRegistered', 'HandoverRefused', 'HandoverWithdrawn', 'HospitalAdmissionConfirmed'])
      expect([name, (seen.get(name) ?? 0) > 0]).toEqual([name, true]);
    const over = ends.reduce((sum, name) => sum + (seen.get(name) ?? 0), 0);
    expect(over).toBeGreaterThan(10);
  });
});
