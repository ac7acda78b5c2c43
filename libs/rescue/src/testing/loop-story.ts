import { caseStream } from '../case/catalogue';
import { noCase, type Case } from '../case/case';
import { withCustody } from '../case/custody';
import type { FeedbackCommand } from '../case/feedback/catalogue';
import type { FeedbackContent } from '../case/feedback/feedback-content';
import { feedbackDue, type Departure } from '../case/feedback/feedback-due';
import type { LoopPhase } from '../case/feedback/loops';
import type { AnyCommandKind, AnyStreamKind } from '../stream-kind';
import type { AgencyId, Command, Instant } from '../words';
import { given, type Asked, type Story } from './given';
import { confirmed } from './person-in';

type Named<T extends FeedbackCommand['type']> = Extract<FeedbackCommand, { type: T }>;

/** A command about a loop, recorded when it happened. */
export const asked = <T extends FeedbackCommand['type']>(type: T, by: AgencyId, now: Instant, data: Named<T>['data']): Asked<Named<T>> =>
  ({ type, by, now, data }) as Asked<Named<T>>;

/** What the steps of dispatch and leaving do when they record a departure, without the departure itself. */
const leaveHomewards = {
  zh: '离站返乡',
  by: [],
  decide: ({ data }: Command<string, Departure>, state: Case, { world }: Parameters<AnyCommandKind['decide']>[2]) =>
    feedbackDue(state, data, world),
} as AnyCommandKind;

/** The departure of SC-1. */
export const sc1Departure: Departure = {
  departure: 'dispatch-1',
  at: '2020-10-16T08:10:00+08:00',
  expectedArrival: '2020-10-16T16:00:00+08:00',
  mode: 'ESCORTED_CROSS_PROVINCE',
};

/** A person of Taicang's station, at home in Fengyang unless `changes` say otherwise, before the departure is recorded. */
export function beforeDeparture(changes: Partial<Case> = {}): Story {
  const initial: Case = {
    ...noCase,
    location: 'LEFT',
    owner: 'taicang-station',
    foundIn: '320585',
    custody: withCustody(noCase.custody, 'fengyang-station', '2020-10-16T16:05:00+08:00'),
    identity: confirmed('341126'),
    leaving: { ...noCase.leaving, leftAt: sc1Departure.at },
    ...changes,
  };
  const kind = { ...(caseStream as AnyStreamKind), initial, commands: { ...caseStream.commands, LeaveHomewards: leaveHomewards } };
  const opening = { type: 'DutyReminded', data: { dutyId: 'D-NONE-1', key: 'D-NONE', dueAt: sc1Departure.at } };
  return given(kind as AnyStreamKind, { by: initial.owner ?? 'taicang-station', at: '2020-10-12T09:40:00+08:00', event: opening });
}

export const leave = (by: AgencyId, departure: Departure): Asked => ({ type: 'LeaveHomewards', by, now: departure.at, data: departure });

/** The person of SC-1 has left for Fengyang: feedback is due. */
export const due = (changes: Partial<Case> = {}): Story => beforeDeparture(changes).and(leave('taicang-station', sc1Departure));

export const content: FeedbackContent = {
  person: { name: '赵根生', sex: 'MALE', birthDate: '1985-03-12', idNumber: '341126198503120317', householdDivision: '341126' },
  identityBasis: ['POLICE_DB'],
  identityConfirmedOn: '2020-10-13',
  caseFacts: { foundOn: '2020-10-12', foundAt: '太仓市娄东街道', daysOfStay: 4, cause: 'WANDERING', timesInTwelveMonths: 1 },
  returnFacts: { arrivedOn: '2020-10-16', escort: '两名护送人员' },
  health: { mobility: '腿部陈旧性骨折' },
  attachments: ['HANDOVER_COPY'],
  contact: { name: '钱工', phone: '0512-53520000' },
};

const loopId = 'loop-1';
const [inflow, outflow] = ['taicang-station', 'fengyang-station'];
/** The steps of SC-1 with its dates. */
export const sc1 = {
  issue: asked('IssueFeedbackLetter', inflow, '2020-10-19T10:00:00+08:00', {
    loopId,
    letterId: 'letter-33',
    letterNumber: '太救助函〔2020〕33号',
    to: outflow,
    channel: 'SYSTEM',
    content,
  }),
  deliver: asked('RecordDelivery', inflow, '2020-10-19T17:00:00+08:00', { loopId, letterId: 'letter-33' }),
  receipt: asked('ReceiptLetter', outflow, '2020-10-21T09:00:00+08:00', {
    loopId,
    letterId: 'letter-33',
    receiptNumber: '凤救助函〔2020〕18号',
    receivedBy: '孙某',
  }),
  ledger: asked('LedgerReturnee', outflow, '2020-10-21T09:30:00+08:00', {
    loopId,
    ledgerNumber: 'TZ-2020-118',
    letterId: 'letter-33',
    arrivedOn: '2020-10-16',
  }),
  reception: asked('ConfirmReception', outflow, '2020-10-21T10:00:00+08:00', { loopId, whereabouts: 'AT_HOME' }),
  entrust: asked('EntrustHomeVisit', outflow, '2020-10-22T09:00:00+08:00', { loopId, village: 'fengyang-village', name: '赵根生' }),
  visit: asked('RecordHomeVisit', 'fengyang-village', '2020-11-05T15:00:00+08:00', {
    loopId,
    mode: 'FIELD',
    hardships: ['MEDICAL'],
    household: { members: 3, guardians: [] },
  }),
  hardship: asked('ReportHardship', outflow, '2020-11-09T11:00:00+08:00', {
    loopId,
    letterId: 'letter-40',
    letterNumber: '凤救助函〔2020〕19号',
    township: 'fengyang-township',
    departments: ['fengyang-insurance'],
    details: '医疗费用负担重',
  }),
  outcome: asked('IssueOutcomeLetter', outflow, '2020-11-12T10:00:00+08:00', {
    loopId,
    letterId: 'letter-41',
    letterNumber: '凤救助函〔2020〕20号',
    reception: 'AT_HOME',
    summary: { atHomeSince: '2020-10-16', visitedOn: '2020-11-05', hardships: ['MEDICAL'], registered: true },
  }),
  outcomeReceipt: asked('ReceiptOutcomeLetter', inflow, '2020-11-13T09:00:00+08:00', { loopId, letterId: 'letter-41', receivedBy: '钱工' }),
  close: asked('CloseLoop', inflow, '2020-11-13T10:00:00+08:00', { loopId }),
  measure: asked('RecordAssistanceMeasure', 'fengyang-insurance', '2020-11-30T10:00:00+08:00', {
    loopId,
    hardshipLetterId: 'letter-40',
    kind: 'MEDICAL_RELIEF',
  }),
} as const;

export type Sc1Step = keyof typeof sc1;
const order = Object.keys(sc1) as readonly Sc1Step[];

/** SC-1 after that step. */
export const after = (last: Sc1Step, story: Story = due()): Story =>
  order.slice(0, order.indexOf(last) + 1).reduce((told, step) => told.and<Command>(sc1[step]), story);

/** SC-1 as it stands in that phase. */
export const stepOf: { readonly [P in LoopPhase]?: Sc1Step } = {
  ISSUED: 'issue',
  DELIVERED: 'deliver',
  RECEIPTED: 'receipt',
  LEDGERED: 'ledger',
  RECEIVED: 'reception',
  VISITED: 'visit',
  ANSWERED: 'outcomeReceipt',
  CLOSED: 'close',
};

export const caseOf = ({ situation }: Pick<Story, 'situation'>): Case => situation.state as Case;
export const loopOf = (story: Pick<Story, 'situation'>, id = loopId) => caseOf(story).feedback.loops[id];
export const openDuties = (story: Pick<Story, 'situation'>): readonly string[] => Object.keys(story.situation.duties.open);
/** Every duty event of the story so far, in words. */
export const dutiesOf = (story: Story): readonly string[] =>
  story.history
    .filter(({ type }) => type.startsWith('Duty') && type !== 'DutyReminded')
    .map(({ type, data }) => {
      const duty = data as { dutyId: string; dueAt?: string; late?: boolean };
      return `${type.replace('Duty', '').toLowerCase()} ${duty.dutyId}${type === 'DutyOpened' ? ` until ${duty.dueAt?.slice(0, 10) ?? ''}` : ''}`;
    });
