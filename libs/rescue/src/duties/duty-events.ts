import type { EventKinds } from '../stream-kind';
import type { AgencyId, Event, Instant, Personal } from '../words';
import { superiorOf } from '../world/directory';
import type { World } from '../world/world';
import type { Counted, Creditor, Duty, DutyBook, DutyForce, PolicyUsed } from './duty';

/** A promise begins to run (责任产生). */
export type DutyOpened = Event<
  'DutyOpened',
  {
    dutyId: string;
    key: string;
    about: string;
    owedBy: AgencyId;
    owedTo: Creditor;
    force: DutyForce;
    basis: string;
    from: Instant;
    startsAt: Instant;
    dueAt: Instant;
    policy: PolicyUsed;
    /** Which days were counted, step by step. */
    counted: Counted;
    /** The working-day calendar of that year was not yet published. */
    provisional: boolean;
    /** The event that opened it. */
    causedBy: string;
  }
>;

/** A promise was kept: only listed evidence does this (责任履行). */
export type DutyDischarged = Event<'DutyDischarged', { dutyId: string; key: string; evidence: string; metAt: Instant; late: boolean }>;

/**
 * The limit passed without the evidence (责任逾期). Overdue is a fact of its own, written by the timekeeper. The debtor's superior is told: it takes
 * part in the case from then on, and may see to the duty, extend or waive it.
 */
export type DutyBreached = Event<'DutyBreached', { dutyId: string; key: string; dueAt: Instant; noticedAt: Instant; toldTo?: AgencyId }>;

/** The limit comes near (到期提醒). */
export type DutyReminded = Event<'DutyReminded', { dutyId: string; key: string; dueAt: Instant }>;

/** More time, for a stated reason (延期). */
export type DutyExtended = Event<
  'DutyExtended',
  { dutyId: string; key: string; from: Instant; dueAt: Instant; reason: Personal<'narrative'> }
>;

/** A superior lets the duty go, for a stated reason (豁免). */
export type DutyWaived = Event<'DutyWaived', { dutyId: string; key: string; reason: Personal<'narrative'> }>;

/** The duty passes to another agency (责任转移). */
export type DutyTransferred = Event<
  'DutyTransferred',
  { dutyId: string; key: string; from: AgencyId; to: AgencyId; reason: Personal<'narrative'> }
>;

/** The ground of the duty fell away, e.g. the loop was cancelled (责任消灭). */
export type DutyLapsed = Event<'DutyLapsed', { dutyId: string; key: string; causedBy: string }>;

export type DutyEvent =
  DutyOpened | DutyDischarged | DutyBreached | DutyReminded | DutyExtended | DutyWaived | DutyTransferred | DutyLapsed;

const without = (book: DutyBook, dutyId: string): DutyBook => {
  const { [dutyId]: _closed, ...open } = book.open;
  return { ...book, open };
};

const changed = (book: DutyBook, dutyId: string, change: (duty: Duty) => Duty): DutyBook => {
  const duty = book.open[dutyId];
  return duty === undefined ? book : { ...book, open: { ...book.open, [dutyId]: change(duty) } };
};

/** Events of duties are the same in every kind of stream; they change the stream's book of duties. */
export const dutyEvents: EventKinds<DutyBook, DutyEvent> = {
  DutyOpened: {
    zh: '责任产生',
    basis: '[P] dossier 4.13',
    parties: { owedBy: true, owedTo: true },
    apply: (book, { dutyId, key, about, owedBy, owedTo, force, startsAt, dueAt }) => {
      const duty = { dutyId, key, about, owedBy, owedTo, force, startsAt, dueAt, breached: false, reminded: false, extended: 0 };
      return { ...book, open: { ...book.open, [dutyId]: duty }, opened: { ...book.opened, [key]: (book.opened[key] ?? 0) + 1 } };
    },
  },
  DutyDischarged: { zh: '责任履行', basis: '[P] dossier 4.13', apply: (book, { dutyId }) => without(book, dutyId) },
  DutyBreached: {
    zh: '责任逾期',
    basis: '[P] dossier 4.13',
    parties: { toldTo: true },
    apply: (book, { dutyId, key }) => {
      const about = book.open[dutyId]?.about ?? '';
      return changed({ ...book, breaches: [...book.breaches, { key, about }] }, dutyId, (duty) => ({ ...duty, breached: true }));
    },
  },
  DutyReminded: {
    zh: '到期提醒',
    basis: '[P] dossier P7(8)',
    apply: (book, { dutyId }) => changed(book, dutyId, (duty) => ({ ...duty, reminded: true })),
  },
  DutyExtended: {
    zh: '责任延期',
    basis: '[P] dossier 4.13',
    sealed: { reason: 'narrative' },
    apply: (book, { dutyId, dueAt }) =>
      changed(book, dutyId, (duty) => ({ ...duty, dueAt, breached: false, reminded: false, extended: duty.extended + 1 })),
  },
  DutyWaived: {
    zh: '责任豁免',
    basis: '[P] dossier 4.13',
    sealed: { reason: 'narrative' },
    apply: (book, { dutyId }) => without(book, dutyId),
  },
  DutyTransferred: {
    zh: '责任转移',
    basis: '[P] dossier 4.13',
    sealed: { reason: 'narrative' },
    parties: { from: true, to: true },
    apply: (book, { dutyId, to }) => changed(book, dutyId, (duty) => ({ ...duty, owedBy: to })),
  },
  DutyLapsed: { zh: '责任消灭', basis: '[P] dossier 5.3', apply: (book, { dutyId }) => without(book, dutyId) },
};

/** A duty is overdue: the event, told to the debtor's superior of that day where it has one. */
export function breachOf({ dutyId, key, dueAt, owedBy }: Duty, world: World): DutyBreached {
  const toldTo = superiorOf(world, owedBy, world.now);
  return { type: 'DutyBreached', data: { dutyId, key, dueAt, noticedAt: world.now, ...(toldTo === undefined ? {} : { toldTo }) } };
}
