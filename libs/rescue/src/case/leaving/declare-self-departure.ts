import { Refusal } from '../../refusal';
import type { Aid, CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, Instant, LocalId, Personal } from '../../words';
import { getAgencyOfKind, superiorsOf } from '../../world/directory';
import type { Case } from '../case';
import type { LoopCancelled } from '../feedback/cancel-loop';
import { feedbackDue, type FeedbackDue } from '../feedback/feedback-due';
import { checkLeaving, hasLeft, left, loopsBrokenOff, plannedReturn } from './left';
import { nextDeparture } from './leaving';

/** A voucher with which the person travels (乘车凭证). */
export type TicketVoucher = Readonly<{
  /** @maxLength 60 */
  from: string;
  /** @maxLength 60 */
  to: string;
  means: 'TRAIN' | 'COACH' | 'SHIP' | 'OTHER';
  /** @maxLength 40 */
  number: string;
  /**
   * @asType integer
   * @minimum 0
   */
  priceFen: number;
}>;

/** A superior lets somebody travel alone who otherwise may not: why, and who answers for it. */
export type DepartureApproval = Readonly<{
  by: AgencyId;
  /**
   * @minLength 1
   * @maxLength 500
   */
  reason: Personal<'narrative'>;
}>;

/** Cash for a short way, in fen: 20 yuan at most (P5.3). */
export const MOST_CASH_FEN = 2000;

/** The person says that it leaves by itself (自行离站). An adult with capacity is never held (Order 381 art 10). */
export type SelfDepartureDeclared = Event<
  'SelfDepartureDeclared',
  {
    mode: 'SELF' | 'SELF_WITH_VOUCHER';
    /** The planned return that it fulfils, else a name of its own: a feedback loop answers for it under this name. */
    departure: LocalId;
    /**
     * The person's signed words.
     * @minLength 1
     * @maxLength 500
     */
    statement: Personal<'narrative'>;
    ticketVoucher?: Personal<'narrative', TicketVoucher>;
    /**
     * In fen.
     * @asType integer
     * @minimum 0
     * @maximum 2000
     */
    cashFen?: number;
    /** At home; as planned, else the day of leaving, unless said. */
    expectedArrival?: Instant;
    approval?: DepartureApproval;
  }
>;
export const selfDepartureDeclared: EventKind<Case, SelfDepartureDeclared> = {
  zh: '自行离站',
  basis: 'Order 381 arts 10, 11; dossier P5.3',
  sealed: { statement: 'narrative', ticketVoucher: 'narrative', approval: { reason: 'narrative' } },
  parties: { approval: { by: true } },
  apply: (state, { mode }, { at }) => left(state, mode, at),
};

export type DeclareSelfDeparture = Command<'DeclareSelfDeparture', Omit<SelfDepartureDeclared['data'], 'departure'>>;
export const declareSelfDeparture: CommandKind<Case, DeclareSelfDeparture, SelfDepartureDeclared | LoopCancelled | FeedbackDue> = {
  zh: '声明自行离站',
  by: ['STATION'],
  decide: (command, state, { world }) => {
    const { data, at } = command;
    const { mode } = data;
    if (hasLeft(state, mode)) return [];
    checkLeaving(state, 'DeclareSelfDeparture', command);
    checkMeans(data);
    if (mayNotLeaveAlone(state)) checkApproval(command, state, world);
    const planned = plannedReturn(state, mode);
    const departure = planned?.dispatchId ?? nextDeparture(state.leaving);
    const expectedArrival = data.expectedArrival ?? planned?.expectedArrival ?? at;
    return [
      { type: 'SelfDepartureDeclared', data: { ...data, departure } },
      ...loopsBrokenOff(state),
      ...feedbackDue(state, { departure, at, expectedArrival, mode }, world),
    ];
  },
};

/** Under 16, or with signs of mental or intellectual impairment. A minor of unknown age counts as under 16. */
const mayNotLeaveAlone = ({ person }: Case): boolean =>
  person.limitedCapacity || person.under16 === true || (person.under16 === null && person.minor === true);

function checkApproval({ data, at }: DeclareSelfDeparture, state: Case, world: Aid['world']): void {
  const { approval } = data;
  if (approval === undefined)
    throw new Refusal('LEV-MINOR-SELF', 'Under 16, or with signs of impairment, nobody leaves alone without a superior’s approval.');
  getAgencyOfKind(world, approval.by, at, { kinds: ['CIVIL_AFFAIRS'], pointer: '/approval/by' });
  if (state.owner === null || !superiorsOf(world, state.owner, at).includes(approval.by))
    throw new Refusal('LEV-MINOR-SELF', 'Only a superior of the station that owns the case approves that.', { pointer: '/approval/by' });
}

function checkMeans({ mode, ticketVoucher, cashFen }: DeclareSelfDeparture['data']): void {
  if ((mode === 'SELF_WITH_VOUCHER') !== (ticketVoucher !== undefined))
    throw new Refusal('validation-failed', 'A voucher and the mode SELF_WITH_VOUCHER belong together.', { pointer: '/ticketVoucher' });
  if (cashFen !== undefined && cashFen > MOST_CASH_FEN)
    throw new Refusal('validation-failed', 'Cash for a short way is 20 yuan at most.', { pointer: '/cashFen' });
}
