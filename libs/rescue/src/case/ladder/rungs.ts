import { Refusal } from '../../refusal';
import type { AgencyId, Command } from '../../words';
import { superiorOf, superiorsOf } from '../../world/directory';
import type { World } from '../../world/world';
import { addresseeOf, type Dispatch } from '../dispatch/dispatches';
import { notNow } from '../only-owner';

type Up = Readonly<{ toAgency: AgencyId; urgent?: boolean; urgentReason?: string }>;

/**
 * Refuses everything but the direct superior on that day, by the stored reporting line. In an emergency, with a reason, a rung may be left out:
 * then it goes to a superior further up.
 */
export function checkRung({ data, by, at }: Command<string, Up>, world: World): void {
  const superior = superiorOf(world, by.agency, at);
  if (data.toAgency === superior) return;
  const excused = data.urgent === true && (data.urgentReason ?? '').trim() !== '';
  if (excused && superiorsOf(world, by.agency, at).includes(data.toAgency)) return;
  throw new Refusal('ESC-SKIP-LEVEL', `${by.agency} reports to ${superior ?? 'nobody'}, not to ${data.toAgency}.`, {
    pointer: '/toAgency',
    ...(superior === undefined ? {} : { expected: superior }),
  });
}

/**
 * Refuses to go above the lowest superior that both sides have in common: it decides, a higher one is not asked (dossier P6(5)).
 * Who the other side is, the contact letter says.
 */
export function checkNotInCommon(dispatch: Dispatch, { by, at }: Command, world: World): void {
  const otherSide = addresseeOf(dispatch);
  if (otherSide === null || !superiorsOf(world, otherSide, at).includes(by.agency)) return;
  throw notNow(`${by.agency} is a superior of ${otherSide} as well, and decides.`, 'OpenCoordination', 'DecideCoordination');
}
