import { grantingGrounds, type EligibilityGround } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event } from '../../words';
import type { Case } from '../case';
import { notNow, onlyOwner } from '../only-owner';
import type { Reception } from './reception';

/** Whether the person meets the conditions for help (救助条件甄别). `helpFirst`: help now, verify later (age, youth, disability). */
export type EligibilityDecided = Event<'EligibilityDecided', { eligible: boolean; ground: EligibilityGround; helpFirst: boolean }>;
export const eligibilityDecided: EventKind<Case, EligibilityDecided> = {
  zh: '救助条件甄别',
  basis: 'S002-A1 §4(6); Order 381 arts 2, 6',
  apply: (state, data) => ({ ...state, reception: { ...state.reception, eligibility: decided(data), ground: data.ground } }),
};

const decided = ({ eligible, helpFirst }: Pick<EligibilityDecided['data'], 'eligible' | 'helpFirst'>): Reception['eligibility'] =>
  helpFirst ? 'HELP_FIRST' : eligible ? 'ELIGIBLE' : 'NOT_ELIGIBLE';

export type DecideEligibility = Command<'DecideEligibility', EligibilityDecided['data']>;
export const decideEligibility: CommandKind<Case, DecideEligibility, EligibilityDecided> = {
  zh: '作出甄别决定',
  by: ['STATION'],
  decide: ({ data, by }, state) => {
    onlyOwner(state, by);
    if (state.reception.eligibility === decided(data) && state.reception.ground === data.ground) return [];
    if (!['REGISTERED', 'IN_STATION', 'IN_HOSPITAL'].includes(state.location))
      throw notNow('Eligibility is decided while the person asks for help or is in care.');
    checkGround(data);
    return [{ type: 'EligibilityDecided', data }];
  },
};

function checkGround({ eligible, helpFirst, ground }: EligibilityDecided['data']): void {
  const grants = (grantingGrounds as readonly EligibilityGround[]).includes(ground);
  if (grants !== (eligible || helpFirst) || (ground === 'HELP_FIRST') !== helpFirst)
    throw new Refusal('validation-failed', `The ground ${ground} does not carry this decision.`, { pointer: '/ground' });
}
