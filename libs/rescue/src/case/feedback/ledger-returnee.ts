import { dateInChina, startOfDay, type CalendarDate } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, LocalId } from '../../words';
import type { Case } from '../case';
import { findHandover } from '../handover/handovers';
import { checkNotBefore } from './loop-letters';
import { checkAddressee, outflowKinds } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { findLoop, withLoop, type Loop } from './loops';

/** The outflow side enters the person in its ledger of returnees (返乡人员信息台账, S001 §2(5)). */
export type ReturneeLedgered = Event<
  'ReturneeLedgered',
  {
    loopId: LocalId;
    /**
     * The number in the outflow side's own ledger, e.g. TZ-2020-118.
     * @minLength 1
     * @maxLength 40
     */
    ledgerNumber: string;
    /** The feedback letter that it rests on. */
    letterId?: LocalId;
    /** Or the handover by which the person came. */
    directHandoverId?: LocalId;
    arrivedOn?: CalendarDate;
  }
>;
export const returneeLedgered: EventKind<Case, ReturneeLedgered> = {
  zh: '返乡台账登记',
  basis: 'S001 §2(5)',
  apply: (state, { loopId, ledgerNumber, arrivedOn }, { id, at }) =>
    withLoop(state, loopId, ({ evidence, arrivedAt }) => ({
      phase: 'LEDGERED',
      ledgerNumber,
      since: at,
      arrivedAt: arrivedOn === undefined ? arrivedAt : startOfDay(arrivedOn),
      evidence: { ...evidence, ledger: id },
    })),
};

export type LedgerReturnee = Command<'LedgerReturnee', ReturneeLedgered['data']>;
export const ledgerReturnee: CommandKind<Case, LedgerReturnee, ReturneeLedgered> = {
  zh: '登记返乡台账',
  by: outflowKinds,
  decide: ({ data, by, at }, state, aid) => {
    if (findLoop(state, data.loopId) === undefined && state.feedback.opened === 0)
      throw new Refusal('LDG-NO-SOURCE', 'There is neither a feedback letter nor a direct handover in this case.', { pointer: '/loopId' });
    const loop = getLoop(state, data.loopId);
    checkAddressee(loop, by, aid);
    if (loop.ledgerNumber === data.ledgerNumber) return [];
    if (loop.evidence.ledger === undefined) checkSource(state, loop, data, by.agency);
    checkStep(loop, 'LedgerReturnee');
    checkNotBefore(at, loop.since);
    if (data.arrivedOn !== undefined) checkNotBefore(startOfDay(data.arrivedOn), dayOf(loop.departedAt));
    return [{ type: 'ReturneeLedgered', data }];
  },
};

const dayOf = (instant: string): string => startOfDay(dateInChina(instant));

function checkSource(state: Case, loop: Loop, data: LedgerReturnee['data'], by: AgencyId): void {
  const { letterId, directHandoverId } = data;
  const handover = directHandoverId === undefined ? undefined : findHandover(state, directHandoverId);
  const byLetter = letterId !== undefined && letterId === loop.letterId && loop.evidence.delivery !== undefined;
  const byHandover = handover?.phase === 'ACCEPTED' && handover.to === by;
  if (!byLetter && !byHandover)
    throw new Refusal(
      'LDG-NO-SOURCE',
      'A ledger entry rests on the delivered letter of this loop or on a handover signed by the ledger keeper.',
      {
        pointer: letterId === undefined && directHandoverId !== undefined ? '/directHandoverId' : '/letterId',
      },
    );
}
