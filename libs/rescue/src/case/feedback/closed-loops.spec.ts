import fc from 'fast-check';
import { Refusal } from '../../refusal';
import type { Command } from '../../words';
import type { Asked, Story } from '../../testing/given';
import { asked, due, loopOf, sc1 } from '../../testing/loop-story';
import { loopSteps, type LoopStep } from './loop-steps';
import type { Loop, LoopEvidence, LoopPhase } from './loops';
import type { FeedbackCommand } from './catalogue';

const loopId = 'loop-1';
const note = { loopId, reason: '说明' };
const agencies = [
  'taicang-station',
  'fengyang-station',
  'fengyang-village',
  'fengyang-township',
  'fengyang-civil-affairs',
  'zhoukou-station',
] as const;
/** One attempt: any loop command, by any agency, about whatever letter is out. */
const attempts: { readonly [S in LoopStep]: (loop: Loop, n: number) => Extract<FeedbackCommand, { type: S }>['data'] } = {
  AssignAddressee: () => ({ ...note, addressee: 'fengyang-station' }),
  IssueFeedbackLetter: (_loop, n) => ({ ...sc1.issue.data, letterId: `l-${n}`, channel: n % 2 === 0 ? 'EMS' : 'FAX' }),
  RecordDelivery: ({ letterId }) => ({ loopId, letterId: letterId ?? 'none' }),
  RecordDeliveryFailure: ({ letterId }) => ({ ...note, letterId: letterId ?? 'none' }),
  ReceiptLetter: ({ letterId }) => ({ ...sc1.receipt.data, letterId: letterId ?? 'none' }),
  RedirectLetter: ({ letterId }, n) => ({
    loopId,
    letterId: letterId ?? 'none',
    toAgency: n % 2 === 0 ? 'zhoukou-station' : 'fengyang-station',
    reason: 'NOT_MY_DIVISION',
  }),
  ReturnLetterForCorrection: ({ letterId }) => ({ loopId, letterId: letterId ?? 'none', missing: ['HEALTH'] }),
  CorrectFeedback: (_loop, n) => ({ ...note, letterId: `l-${n}`, letterNumber: '太救助函〔2020〕35号', content: sc1.issue.data.content }),
  WithdrawFeedback: (_loop, n) => ({ ...note, letterId: `l-${n}`, letterNumber: '太救助函〔2020〕36号' }),
  IssueReminder: (_loop, n) => ({ loopId, letterId: `l-${n}`, letterNumber: '太救助函〔2020〕37号' }),
  LedgerReturnee: ({ letterId }) => ({ ...sc1.ledger.data, letterId: letterId ?? 'none' }),
  ConfirmReception: (_loop, n) => ({ loopId, whereabouts: n % 2 === 0 ? 'AT_HOME' : 'IN_STATION' }),
  ReportNotArrived: () => ({ loopId, policeInformed: true }),
  DisputeReturneeIdentity: () => note,
  RejectDispute: () => note,
  EntrustHomeVisit: () => sc1.entrust.data,
  RecordHomeVisit: (_loop, n) => ({ ...sc1.visit.data, hardships: n % 2 === 0 ? ['MEDICAL'] : [] }),
  EstablishHomelessness: () => ({ loopId }),
  DecideHomelessPlacement: () => ({ loopId, placement: 'fengyang-station', decisionNumber: '凤民〔2020〕7号' }),
  ReportHardship: (_loop, n) => ({ ...sc1.hardship.data, letterId: `l-${n}` }),
  RecordAssistanceMeasure: ({ hardshipReports }) => ({ ...sc1.measure.data, hardshipLetterId: Object.keys(hardshipReports)[0] ?? 'none' }),
  DeclineAssistance: ({ hardshipReports }) => ({ ...note, hardshipLetterId: Object.keys(hardshipReports)[0] ?? 'none' }),
  IssueOutcomeLetter: ({ phase }, n) => ({
    ...sc1.outcome.data,
    letterId: `l-${n}`,
    reception: phase === 'NOT_ARRIVED' ? 'NOT_ARRIVED' : phase === 'PLACED_BY_GOV' ? 'HOMELESS_PLACED' : 'AT_HOME',
  }),
  ReceiptOutcomeLetter: ({ outcomeLetterId }) => ({ loopId, letterId: outcomeLetterId ?? 'none', receivedBy: '钱工' }),
  CloseLoop: () => ({ loopId }),
  ReopenLoop: (_loop, n) => ({ ...note, why: n % 2 === 0 ? 'LATE_HARDSHIP' : 'IDENTITY_CORRECTION' }),
};
const steps = Object.keys(attempts) as readonly LoopStep[];
const currentLoop = (story: Story): Loop => loopOf(story) as Loop;

/** What leads aside from the main line; taken seldom, so that histories get far. */
const aside: readonly LoopStep[] = ['WithdrawFeedback', 'CorrectFeedback', 'IssueReminder', 'RedirectLetter', 'ReturnLetterForCorrection'];

type Way = 'onward' | 'allowed' | 'any';
type Try = Readonly<{ pick: number; way: Way; agency: number }>;
const aTry: fc.Arbitrary<Try> = fc.record({
  pick: fc.nat(1000),
  way: fc.oneof(
    { arbitrary: fc.constant<Way>('onward'), weight: 6 },
    { arbitrary: fc.constant<Way>('allowed'), weight: 1 },
    { arbitrary: fc.constant<Way>('any'), weight: 3 },
  ),
  agency: fc.nat(agencies.length - 1),
});

const stepsOn = (way: Way, { phase }: Loop): readonly LoopStep[] => {
  const allowed: readonly LoopStep[] = [...loopSteps[phase], 'CloseLoop'];
  return way === 'any' ? steps : way === 'allowed' ? allowed : allowed.filter((step) => !aside.includes(step));
};

function play(story: Story, { pick, way, agency }: Try, n: number): Story {
  const loop = currentLoop(story);
  const list = stepsOn(way, loop);
  const step = list[pick % list.length] as LoopStep;
  const now = new Date(Date.parse('2020-10-20T01:00:00Z') + n * 3_600_000).toISOString();
  const tries = way === 'onward' ? agencies : [agencies[agency] as string];
  for (const by of tries) {
    const command = asked(step, by, now, attempts[step](loop, n) as never) as unknown as Asked<Command>;
    try {
      return story.and(command);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return story;
}

const reached = new Map<LoopPhase, number>();

it('whatever any agency tries, no loop is ever closed without letter, delivery, receipt, ledger, reception, visit, answer and its receipt', () => {
  const always: readonly (keyof LoopEvidence)[] = ['letter', 'delivery', 'receipt', 'ledger', 'reception', 'outcome', 'outcomeReceipt'];
  fc.assert(
    fc.property(fc.array(aTry, { minLength: 30, maxLength: 60 }), (tries) => {
      let story = due();
      tries.forEach((one, n) => {
        story = play(story, one, n);
        const loop = currentLoop(story);
        reached.set(loop.phase, (reached.get(loop.phase) ?? 0) + 1);
        if (loop.phase !== 'CLOSED') return;
        // The evidence is checked against the history itself, not against what the state says of it.
        const kept = new Map(story.history.map(({ meta, type }) => [meta.id, type]));
        for (const key of always) expect([key, kept.get(loop.evidence[key] ?? '')]).not.toContain(undefined);
        if (!loop.notArrived) expect(['HomeVisitRecorded', 'HomelessPlacementDecided']).toContain(kept.get(loop.evidence.visit ?? ''));
      });
    }),
    { numRuns: 150 },
  );
});

it('the histories tried reach closed and cancelled loops', () => {
  expect(reached.get('CLOSED') ?? 0).toBeGreaterThan(0);
  expect(reached.get('CANCELLED') ?? 0).toBeGreaterThan(0);
});
