import { addDays, compareInstants, dateInChina, endOfDay, workingDay } from '@guitu/standards';
import { Refusal } from '../refusal';
import type { Aid, CommandKinds } from '../stream-kind';
import type { AgencyId, Command, Instant, Personal } from '../words';
import { divisionOf, getAgency, superiorsOf } from '../world/directory';
import { policyFor, type World } from '../world/world';
import type { Duty, DutyBook } from './duty';
import {
  breachOf,
  type DutyBreached,
  type DutyEvent,
  type DutyExtended,
  type DutyReminded,
  type DutyTransferred,
  type DutyWaived,
} from './duty-events';

/** The timekeeper has seen that the limit passed. */
export type BreachDuty = Command<'BreachDuty', { dutyId: string }>;
/** The timekeeper has seen that the limit comes near. */
export type RemindDuty = Command<'RemindDuty', { dutyId: string }>;
/** More time, granted by whoever is owed or by a superior of the debtor. */
export type ExtendDuty = Command<'ExtendDuty', { dutyId: string; dueAt: Instant; reason: Personal<'narrative'> }>;
/** A superior of the debtor lets the duty go. */
export type WaiveDuty = Command<'WaiveDuty', { dutyId: string; reason: Personal<'narrative'> }>;
/** The debtor, or a superior of it, passes the duty on. */
export type TransferDuty = Command<'TransferDuty', { dutyId: string; to: AgencyId; reason: Personal<'narrative'> }>;
export type DutyCommand = BreachDuty | RemindDuty | ExtendDuty | WaiveDuty | TransferDuty;

const getDuty = (duties: DutyBook, dutyId: string): Duty => {
  const duty = duties.open[dutyId];
  if (duty === undefined) throw new Refusal('DUTY-CLOSED', `There is no open duty ${dutyId}.`, { pointer: '/dutyId' });
  return duty;
};

const isSuperior = (aid: Aid, by: AgencyId, debtor: AgencyId): boolean => superiorsOf(aid.world, debtor, aid.world.now).includes(by);

/** From when on the debtor is reminded: whole working days before the day the limit ends; never for limits counted in hours. */
export function reminderFrom(duty: Pick<Duty, 'dueAt' | 'owedBy'>, world: World): Instant {
  let ahead = policyFor('reminder.workingDaysBefore', divisionOf(world, duty.owedBy, duty.dueAt), world.now).value;
  // A limit counted in days ends at the midnight after its last day; the first day that counts is the one before that.
  let day = addDays(dateInChina(duty.dueAt), -2);
  for (; ahead > 0; day = addDays(day, -1)) if (workingDay(day).working) ahead -= 1;
  return endOfDay(day);
}

/** Ends at midnight: counted in days, not in hours. */
export const countsInDays = (dueAt: Instant): boolean => endOfDay(addDays(dateInChina(dueAt), -1)) === dueAt;

/** Commands about duties are the same in every kind of stream. */
export const dutyCommands: CommandKinds<never, DutyCommand, DutyEvent> = {
  BreachDuty: {
    zh: '登记逾期',
    by: [],
    role: 'system',
    decide: ({ data }, _state, { duties, world }): readonly DutyBreached[] => {
      const duty = getDuty(duties, data.dutyId);
      if (duty.breached || duty.force === 'soft') return [];
      if (compareInstants(world.now, duty.dueAt) <= 0) throw new Refusal('DUTY-NOT-DUE', `Duty ${duty.dutyId} runs until ${duty.dueAt}.`);
      return [breachOf(duty, world)];
    },
  },
  RemindDuty: {
    zh: '登记到期提醒',
    by: [],
    role: 'system',
    decide: ({ data }, _state, { duties, world }): readonly DutyReminded[] => {
      const duty = getDuty(duties, data.dutyId);
      if (duty.reminded || duty.breached) return [];
      if (!countsInDays(duty.dueAt) || compareInstants(world.now, reminderFrom(duty, world)) < 0)
        throw new Refusal('DUTY-NOT-DUE', `It is too early to remind of duty ${duty.dutyId}.`);
      return [{ type: 'DutyReminded', data: { dutyId: duty.dutyId, key: duty.key, dueAt: duty.dueAt } }];
    },
  },
  ExtendDuty: {
    zh: '责任延期',
    by: [],
    decide: ({ data, by }, _state, aid): readonly DutyExtended[] => {
      const duty = getDuty(aid.duties, data.dutyId);
      if (duty.force === 'hard') throw new Refusal('DUTY-HARD', 'A limit that protects life is never extended.', { pointer: '/dutyId' });
      if (by.agency !== duty.owedTo && !isSuperior(aid, by.agency, duty.owedBy))
        throw new Refusal('ACT-WRONG-AGENCY', 'Only whoever is owed, or a superior of the debtor, gives more time.');
      if (duty.dueAt === data.dueAt) return [];
      if (compareInstants(data.dueAt, duty.dueAt) < 0 || compareInstants(data.dueAt, aid.world.now) <= 0)
        throw new Refusal('validation-failed', 'An extension ends later than the limit it extends, and in the future.', {
          pointer: '/dueAt',
        });
      return [
        { type: 'DutyExtended', data: { dutyId: duty.dutyId, key: duty.key, from: duty.dueAt, dueAt: data.dueAt, reason: data.reason } },
      ];
    },
  },
  WaiveDuty: {
    zh: '责任豁免',
    by: [],
    decide: ({ data, by }, _state, aid): readonly DutyWaived[] => {
      const duty = getDuty(aid.duties, data.dutyId);
      if (duty.force === 'hard') throw new Refusal('DUTY-HARD', 'A limit that protects life is never waived.', { pointer: '/dutyId' });
      if (!isSuperior(aid, by.agency, duty.owedBy))
        throw new Refusal('DUTY-NOT-SUPERIOR', 'Only a superior of the debtor waives its duty.');
      return [{ type: 'DutyWaived', data: { dutyId: duty.dutyId, key: duty.key, reason: data.reason } }];
    },
  },
  TransferDuty: {
    zh: '责任转移',
    by: [],
    decide: ({ data, by }, _state, aid): readonly DutyTransferred[] => {
      const duty = getDuty(aid.duties, data.dutyId);
      if (by.agency !== duty.owedBy && !isSuperior(aid, by.agency, duty.owedBy))
        throw new Refusal('ACT-WRONG-AGENCY', 'Only the debtor, or a superior of it, passes a duty on.');
      getAgency(aid.world, data.to, aid.world.now, '/to');
      if (data.to === duty.owedBy) return [];
      return [
        { type: 'DutyTransferred', data: { dutyId: duty.dutyId, key: duty.key, from: duty.owedBy, to: data.to, reason: data.reason } },
      ];
    },
  },
};
