import type { CaseCommand } from '../case/catalogue';
import type { Case } from '../case/case';
import type { Dispatch } from '../case/dispatch/dispatches';
import type { AgencyId, Instant } from '../words';
import type { Asked, Outcome, Story } from './given';
import { admitted, confirm, stateOf } from './reception-story';

type Named<T extends CaseCommand['type']> = Extract<CaseCommand, { type: T }>;

/** A command of a case: who, when (`11-05T09:00` of 2020), what. */
export const asks = <T extends CaseCommand['type']>(by: AgencyId, when: string, type: T, data: Named<T>['data']): Asked<Named<T>> =>
  ({ by, now: on(when), type, data }) as Asked<Named<T>>;
export const on = (when: string): Instant => `2020-${when}:00+08:00`;

/** The story after each command in turn. */
export const after = (story: Story, ...asked: readonly Asked[]): Story => asked.reduce((so, one) => so.and(one), story);

export const dispatchOf = (told: Outcome | Story, dispatchId = 'd1'): Dispatch => {
  const dispatch = stateOf(told).dispatches[dispatchId];
  if (dispatch === undefined) throw new Error(`There is no dispatch ${dispatchId}.`);
  return dispatch;
};
export const typesOf = ({ events }: Outcome): readonly string[] => events.map(({ type }) => type);
/** What happened to duties of return and refusal (D-R). */
export const returnDuties = ({ duties }: Outcome): readonly string[] => duties.filter((words) => words.includes(' D-R'));
/** The open duties of return and refusal: who owes until when. */
export const owedIn = (told: Outcome | Story): readonly string[] =>
  Object.values(told.situation.duties.open)
    .filter(({ key }) => key.startsWith('D-R'))
    .map(({ dutyId, owedBy, dueAt }) => `${dutyId} ${owedBy} ${dueAt.slice(0, 16)}`);

const [taicang, fengyang] = ['taicang-station', 'fengyang-station'];

/** SC-1 step by step: 赵根生 of Fengyang, in Taicang's station. */
export const sc1 = {
  certify: asks(taicang, '10-15T09:00', 'CertifyFitnessToTravel', { fit: true }),
  relatives: asks(taicang, '10-13T15:30', 'ContactRelatives', { result: 'CANNOT' }),
  plan: asks(taicang, '10-13T15:40', 'PlanDispatch', {
    dispatchId: 'd1',
    mode: 'ESCORT',
    destination: '341126',
    legs: [{ carrier: taicang, fromDivision: '320585', toDivision: '341126', transport: 'CAR', date: '2020-10-16' }],
    expectedArrival: '2020-10-16T16:00:00+08:00',
  }),
  letter: asks(taicang, '10-13T16:00', 'IssueReceptionContactLetter', {
    dispatchId: 'd1',
    letterId: 'contact-1',
    letterNumber: '太救助函〔2020〕31号',
    to: fengyang,
    expectedArrival: '2020-10-16T16:00:00+08:00',
    healthNotes: '左下肢陈旧性骨折',
  }),
  accept: asks(fengyang, '10-15T10:00', 'AcceptReception', { dispatchId: 'd1', place: '凤阳县救助管理站' }),
  approve: asks(taicang, '10-15T15:00', 'ApproveDispatch', { dispatchId: 'd1', approvedBy: '站长' }),
  depart: asks(taicang, '10-16T08:10', 'DepartDispatch', {
    dispatchId: 'd1',
    leg: 1,
    escorts: [
      { name: '王一', sex: 'MALE', role: 'STAFF' },
      { name: '李二', sex: 'MALE', role: 'MEDICAL' },
    ],
  }),
  arrive: asks(taicang, '10-16T15:50', 'OfferHandover', {
    handoverId: 'h-arrival',
    kind: 'STATION_STATION',
    to: fengyang,
    dispatchId: 'd1',
    statement: {},
  }),
  sign: asks(fengyang, '10-16T16:05', 'AcceptHandover', { handoverId: 'h-arrival', statement: {} }),
} as const;

export const identified = (): Story => admitted().and(confirm());
export const planned = (): Story => identified().and(sc1.plan);
export const contacted = (): Story => planned().and(sc1.letter);
export const accepted = (): Story => contacted().and(sc1.accept);
export const approved = (): Story => after(accepted(), sc1.certify, sc1.approve);
export const departed = (): Story => approved().and(sc1.depart);
export const atTheDoor = (): Story => departed().and(sc1.arrive);

/** The same command with other data. */
export const but = <C extends Asked>(asked: C, data: Partial<C['data']>): C => ({ ...asked, data: { ...asked.data, ...data } });

export const withPerson = (facts: Partial<Case['person']>): Pick<Case, 'person'> => ({
  person: { minor: false, under16: false, limitedCapacity: false, needsEscort: false, ...facts },
});
