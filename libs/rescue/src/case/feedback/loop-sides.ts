import { Refusal } from '../../refusal';
import type { Aid } from '../../stream-kind';
import type { Actor, AgencyId, LocalId } from '../../words';
import type { Loop } from './loops';

/** The kinds of agency that answer for returnees: the station, or civil affairs where there is none (S001 §2(5)). */
export const outflowKinds = ['STATION', 'CIVIL_AFFAIRS'] as const;

const outflowDuties: readonly string[] = ['D-F2', 'D-F3', 'D-F4', 'D-F5', 'D-F6', 'D-F8'];
const inflowDuties: readonly string[] = ['D-F1', 'D-F12'];

/** Whether a duty of that side of the loop was transferred to the agency: then it acts in place of the one that owed it. */
const tookOver = ({ duties }: Pick<Aid, 'duties'>, loopId: LocalId, agency: AgencyId, keys: readonly string[]): boolean =>
  Object.values(duties.open).some(({ key, about, owedBy }) => about === loopId && owedBy === agency && keys.includes(key));

export const isAddressee = (loop: Loop, { agency }: Actor, aid: Pick<Aid, 'duties'>): boolean =>
  loop.addressee === agency || tookOver(aid, loop.loopId, agency, outflowDuties);

export const isSender = (loop: Loop, { agency }: Actor, aid: Pick<Aid, 'duties'>): boolean =>
  loop.sender === agency || tookOver(aid, loop.loopId, agency, inflowDuties);

/** Refuses everybody but the letter's addressee, or whoever took over one of its duties in this loop. */
export function checkAddressee(loop: Loop, by: Actor, aid: Pick<Aid, 'duties'>): void {
  if (!isAddressee(loop, by, aid)) throw new Refusal('ACT-WRONG-AGENCY', 'Only the addressee of the feedback letter takes this step.');
}

/** Refuses everybody but the sender of the letter, or whoever took over one of its duties in this loop. */
export function checkSender(loop: Loop, by: Actor, aid: Pick<Aid, 'duties'>): void {
  if (!isSender(loop, by, aid)) throw new Refusal('ACT-WRONG-AGENCY', 'Only the sender of the feedback letter takes this step.');
}
