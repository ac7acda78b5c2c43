import type { Case } from '../case/case';
import { Refusal } from '../refusal';
import type { Situation } from '../situation';
import type { Aid } from '../stream-kind';
import type { Actor, AgencyId } from '../words';
import { superiorsOf } from '../world/directory';
import type { World } from '../world/world';

/** Where the case stands that a privacy stream is about. The stream's kind says that it is about a case, so its state is a case's. */
export function caseOf({ about }: Aid): Situation<Case> {
  if (about === undefined) throw new Error('A rule of a privacy stream is given the case that it is about.');
  return about as Situation<Case>;
}

/** Who answers for the personal data of a case (个人信息处理者): the station that owns it; before there is one, whoever has the person, or had last. */
export const agencyInCharge = ({ owner, custody }: Case): AgencyId | undefined =>
  owner ?? custody.holder ?? custody.line.at(-1)?.agency ?? undefined;

/** Whether `agency` is `other` or stands above it, however far up, now. */
export const isOrIsAbove = (world: World, agency: AgencyId, other: AgencyId): boolean =>
  agency === other || superiorsOf(world, other, world.now).includes(agency);

/** Refuses everybody but the agency that answers for the case's personal data and those above it. */
export function checkInCharge(by: Actor, aid: Aid): void {
  const inCharge = agencyInCharge(caseOf(aid).state);
  if (inCharge === undefined || !isOrIsAbove(aid.world, by.agency, inCharge))
    throw new Refusal('ACT-WRONG-AGENCY', 'Only the agency that answers for the case, or one above it, decides about its personal data.');
}

/** Refuses everybody who takes no part in the case and does not stand above the agency that answers for it. */
export function checkTakesPart(by: Actor, aid: Aid): void {
  if (!caseOf(aid).parties.has(by.agency)) checkInCharge(by, aid);
}
