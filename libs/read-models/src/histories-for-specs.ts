import { randomBytes } from 'node:crypto';
import { openMemoryLog, type EventLog } from '@guitu/event-log';
import { CommandDesk, derivedId, type CommandAnswer } from '@guitu/history';
import { KeyEncryptionKey, Keyring, memoryKeyStore } from '@guitu/personal-data';
import {
  agencyStream,
  caseStream,
  foldDirectory,
  Refusal,
  type AgencyId,
  type AgencyKind,
  type AnyStreamKind,
  type Command,
  type Directory,
  type Instant,
  type Role,
} from '@guitu/rescue';

/** One thing that somebody asks of a case. */
export type Step = Readonly<{ by: AgencyId; now: Instant; type: string; data: object; role?: Role }>;

/** A log that real commands have filled, with a clock moved by hand. */
export type SpecHistory = Readonly<{
  log: EventLog;
  keyring: Keyring;
  desk: CommandDesk;
  /** What is true now. */
  world: () => Readonly<{ now: Instant; directory: Directory }>;
  moveClock: (now: Instant) => void;
  give: (caseId: string, step: Step) => Promise<CommandAnswer>;
  /** Gives the steps in order; those that the rules refuse are passed over. How many were recorded. */
  play: (caseId: string, steps: readonly Step[]) => Promise<number>;
  giveAgency: (agencyId: string, type: string, data: object) => Promise<CommandAnswer>;
}>;

const agencies: readonly (readonly [id: AgencyId, kind: AgencyKind, division: string, name: string, reportsTo?: AgencyId])[] = [
  ['taicang-civil-affairs', 'CIVIL_AFFAIRS', '320585', '太仓市民政局'],
  ['taicang-station', 'STATION', '320585', '太仓市救助管理站', 'taicang-civil-affairs'],
  ['taicang-police', 'POLICE', '320585', '太仓市公安局娄东派出所'],
  ['fengyang-civil-affairs', 'CIVIL_AFFAIRS', '341126', '凤阳县民政局'],
  ['fengyang-station', 'STATION', '341126', '凤阳县救助管理站', 'fengyang-civil-affairs'],
  ['fengyang-township', 'TOWNSHIP', '341126', '凤阳县府城镇人民政府'],
  ['fengyang-village', 'VILLAGE', '341126', '凤阳县府城镇某村村民委员会'],
  ['fengyang-insurance', 'MED_INSURANCE', '341126', '凤阳县医疗保障局'],
];

/** An empty log, and in it (unless told otherwise) the agencies of the stories, entered by the registrar. */
export async function specHistory({ withAgencies = true }: Readonly<{ withAgencies?: boolean }> = {}): Promise<SpecHistory> {
  let now: Instant = '2020-10-01T08:00:00+08:00';
  let directory: Directory = new Map();
  let given = 0;
  const log = openMemoryLog({ clock: () => new Date(Date.parse(now)).toISOString() });
  const keyring = await Keyring.open({ store: memoryKeyStore(), keyEncryptionKey: new KeyEncryptionKey(randomBytes(32)) });
  const world = (): Readonly<{ now: Instant; directory: Directory }> => ({ now, directory });
  const desk = new CommandDesk({ log, keyring, world });
  const ask = (kind: AnyStreamKind, streamId: string, step: Step): Promise<CommandAnswer> => {
    now = step.now;
    given += 1;
    const by = { agency: step.by, user: 'u1', client: 'c1', role: step.role ?? 'staff' };
    const command: Command = { type: step.type, data: step.data, by, at: step.now };
    return desk.give({ kind, streamId, command, commandId: derivedId('spec', String(given)), requestText: JSON.stringify(step) });
  };
  const history: SpecHistory = {
    ...{ log, keyring, desk, world },
    moveClock: (to) => (now = to),
    give: (caseId, step) => ask(caseStream as AnyStreamKind, caseId, step),
    play: async (caseId, steps) => {
      let recorded = 0;
      for (const step of steps) recorded += (await orRefused(history.give(caseId, step))) ? 1 : 0;
      return recorded;
    },
    giveAgency: async (agencyId, type, data) => {
      const answer = await ask(agencyStream as AnyStreamKind, agencyId, { by: 'registry', now, type, data, role: 'registrar' });
      directory = foldDirectory(
        answer.events.map((event) => ({ agencyId, event })),
        directory,
      );
      return answer;
    },
  };
  if (withAgencies)
    for (const [agencyId, kind, division, name, reportsTo] of agencies)
      await history.giveAgency(agencyId, 'RegisterAgency', {
        ...{ agencyId, kind, division, name, effectiveFrom: '2000-01-01' },
        ...(reportsTo === undefined ? {} : { reportsTo }),
      });
  return history;
}

const orRefused = (answer: Promise<CommandAnswer>): Promise<boolean> =>
  answer.then(
    ({ events }) => events.length > 0,
    (error: unknown) => {
      if (error instanceof Refusal) return false;
      throw error;
    },
  );

const [police, station, outflow] = ['taicang-police', 'taicang-station', 'fengyang-station'];
const step = (by: AgencyId, now: Instant, type: string, data: object): Step => ({ by, now: `${now}:00+08:00`, type, data });
const loopId = 'loop-1';
const letter = (number: string, letterId: string): object => ({ loopId, letterId, letterNumber: number });
const content = {
  person: { name: '赵根生', sex: 'MALE', birthDate: '1985-03-12', idNumber: '341126198503120317', householdDivision: '341126' },
  identityBasis: ['POLICE_DB'],
  identityConfirmedOn: '2020-10-13',
  caseFacts: { foundOn: '2020-10-12', foundAt: '太仓市娄东街道', daysOfStay: 4, cause: 'WANDERING', timesInTwelveMonths: 1 },
  returnFacts: { escort: '亲属' },
  health: { mobility: '腿部陈旧性骨折' },
  attachments: [],
  contact: { name: '钱工', phone: '0512-53520000' },
};

/** From the street into the station: found by the police, offered, signed for, admitted, identified. */
export const toTheStation: readonly Step[] = [
  step(police, '2020-10-12T08:40', 'RecordEncounter', {
    place: { division: '320585', text: '太仓市上海路' },
    source: 'POLICE_PATROL',
    apparentSex: 'MALE',
    apparentAgeBand: 'FROM_19_TO_59',
    conditions: ['MOBILITY'],
  }),
  step(police, '2020-10-12T08:50', 'InformOfHelp', { mode: 'GUIDED', cardGiven: true }),
  step(police, '2020-10-12T09:00', 'OfferHandover', {
    handoverId: 'h1',
    kind: 'POLICE_STATION',
    to: station,
    statement: { condition: ['MOBILITY'] },
  }),
  step(station, '2020-10-12T09:25', 'AcceptHandover', { handoverId: 'h1', statement: { condition: [] } }),
  step(station, '2020-10-12T09:30', 'RegisterHelpRequest', { arrivalMode: 'POLICE', causes: ['LOST'], assistanceStatus: 'UNKNOWN' }),
  step(station, '2020-10-12T09:35', 'DecideEligibility', { eligible: true, ground: 'WITHOUT_MEANS', helpFirst: false }),
  step(station, '2020-10-12T09:36', 'RecordSafetyCheck', { passed: true }),
  step(station, '2020-10-12T09:40', 'AdmitPerson', { area: 'MALE' }),
  step(station, '2020-10-13T15:10', 'ConfirmIdentity', {
    ...{ basis: ['POLICE_DB'], documentCarried: false, name: '赵根生', idNumber: '341126198503120317' },
    ...{ birthDate: '1985-03-12', sex: 'MALE', homeDivision: '341126' },
  }),
];

/** Collected by relatives from another county: written feedback is due, and the letter is on its way. */
export const toTheLetter: readonly Step[] = [
  ...toTheStation,
  step(station, '2020-10-16T08:10', 'ReleaseToRelatives', {
    ...{ name: '赵母', relation: 'PARENT', idNumber: '341126196003120323', idChecked: true, copyKept: true },
  }),
  step(station, '2020-10-19T10:00', 'IssueFeedbackLetter', {
    ...letter('太救助函〔2020〕33号', 'letter-33'),
    to: outflow,
    channel: 'SYSTEM',
    content,
  }),
  step(station, '2020-10-19T17:00', 'RecordDelivery', { loopId, letterId: 'letter-33' }),
];

/** The whole loop, up to its closing and the help that goes on after it. */
export const wholeLoop: readonly Step[] = [
  ...toTheLetter,
  step(outflow, '2020-10-21T09:00', 'ReceiptLetter', {
    loopId,
    letterId: 'letter-33',
    receiptNumber: '凤救助函〔2020〕18号',
    receivedBy: '孙某',
  }),
  step(outflow, '2020-10-21T09:30', 'LedgerReturnee', {
    loopId,
    ledgerNumber: 'TZ-2020-118',
    letterId: 'letter-33',
    arrivedOn: '2020-10-16',
  }),
  step(outflow, '2020-10-21T10:00', 'ConfirmReception', { loopId, whereabouts: 'AT_HOME', place: '府城镇' }),
  step(outflow, '2020-11-05T15:00', 'RecordHomeVisit', { loopId, mode: 'FIELD', hardships: ['MEDICAL'] }),
  step(outflow, '2020-11-09T11:00', 'ReportHardship', {
    ...letter('凤救助函〔2020〕19号', 'letter-40'),
    ...{ township: 'fengyang-township', departments: ['fengyang-insurance'], details: '医疗费用负担重' },
  }),
  step(outflow, '2020-11-12T10:00', 'IssueOutcomeLetter', {
    ...letter('凤救助函〔2020〕20号', 'letter-41'),
    ...{ reception: 'AT_HOME', summary: { visitedOn: '2020-11-05', hardships: ['MEDICAL'], registered: true } },
  }),
  step(station, '2020-11-13T09:00', 'ReceiptOutcomeLetter', { loopId, letterId: 'letter-41', receivedBy: '钱工' }),
  step(station, '2020-11-13T10:00', 'CloseLoop', { loopId }),
  step('fengyang-insurance', '2020-11-30T10:00', 'RecordAssistanceMeasure', {
    loopId,
    hardshipLetterId: 'letter-40',
    kind: 'MEDICAL_RELIEF',
  }),
];

/** From the station to a letter that asks the station at home to receive the person. */
export const toTheContactLetter: readonly Step[] = [
  ...toTheStation,
  step(station, '2020-10-13T15:40', 'PlanDispatch', {
    ...{ dispatchId: 'd1', mode: 'ESCORT', destination: '341126', expectedArrival: '2020-10-16T16:00:00+08:00' },
    legs: [{ carrier: station, fromDivision: '320585', toDivision: '341126', transport: 'CAR', date: '2020-10-16' }],
  }),
  step(station, '2020-10-13T16:00', 'IssueReceptionContactLetter', {
    ...{ dispatchId: 'd1', letterId: 'contact-1', letterNumber: '太救助函〔2020〕31号', to: outflow },
    ...{ expectedArrival: '2020-10-16T16:00:00+08:00', healthNotes: '左下肢陈旧性骨折' },
  }),
];

const escorts = [
  { name: '王一', sex: 'MALE', role: 'STAFF' },
  { name: '李二', sex: 'MALE', role: 'MEDICAL' },
];
/** Escorted home, signed for there, and the whole loop after it. */
export const escortedHome: readonly Step[] = [
  ...toTheContactLetter,
  step(outflow, '2020-10-15T10:00', 'AcceptReception', { dispatchId: 'd1', place: '凤阳县救助管理站' }),
  step(station, '2020-10-15T14:00', 'CertifyFitnessToTravel', { fit: true }),
  step(station, '2020-10-15T15:00', 'ApproveDispatch', { dispatchId: 'd1', approvedBy: '站长' }),
  step(station, '2020-10-16T08:10', 'DepartDispatch', { dispatchId: 'd1', leg: 1, escorts }),
  step(station, '2020-10-16T15:50', 'OfferHandover', {
    ...{ handoverId: 'h-arrival', kind: 'STATION_STATION', to: outflow, dispatchId: 'd1', statement: {} },
  }),
  step(outflow, '2020-10-16T16:05', 'AcceptHandover', { handoverId: 'h-arrival', statement: {} }),
  ...wholeLoop.slice(wholeLoop.findIndex(({ type }) => type === 'IssueFeedbackLetter')),
];

/** The stories that random histories are made of. */
export const stories = [wholeLoop, escortedHome] as const;

/** The last step of a list of this type. */
export const stepOf = (steps: readonly Step[], type: string): Step => {
  const found = steps.findLast((one) => one.type === type);
  if (found === undefined) throw new Error(`There is no step ${type}.`);
  return found;
};

/** The steps up to and with the first of this type. */
export const upTo = (steps: readonly Step[], type: string): readonly Step[] =>
  steps.slice(0, steps.findIndex((one) => one.type === type) + 1);

/** One case of a random history: which story it follows, and which of its steps are asked, in order. */
export type RandomCase = Readonly<{ story: readonly Step[]; steps: readonly number[] }>;

/** Every step of a story, in order. */
export const allOf = (story: readonly Step[], count = story.length): RandomCase => ({
  story,
  steps: Array.from({ length: count }, (_, index) => index),
});

/** Plays the cases side by side, one step of each in turn, so that their events lie mixed in the log. What the rules refuse is passed over. */
export async function playMixed(history: SpecHistory, cases: readonly RandomCase[]): Promise<void> {
  const longest = Math.max(0, ...cases.map(({ steps }) => steps.length));
  for (let turn = 0; turn < longest; turn += 1)
    for (const [index, { story, steps }] of cases.entries()) {
      const step = story[steps[turn] ?? -1];
      if (step !== undefined) await history.play(`random-${index}`, [step]);
    }
}
