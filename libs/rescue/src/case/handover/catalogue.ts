import type { CommandKinds, EventKinds } from '../../stream-kind';
import type { Case } from '../case';
import type { LegSigned } from '../dispatch/sign-leg';
import { acceptHandover, handoverAccepted, type AcceptHandover, type HandoverAccepted } from './accept-handover';
import { handoverOffered, offerHandover, type HandoverOffered, type OfferHandover } from './offer-handover';
import { handoverRefused, refuseHandover, type HandoverRefused, type RefuseHandover } from './refuse-handover';
import { handoverWithdrawn, withdrawHandover, type HandoverWithdrawn, type WithdrawHandover } from './withdraw-handover';

export type HandoverEvent = HandoverOffered | HandoverAccepted | HandoverRefused | HandoverWithdrawn;
export type HandoverCommand = OfferHandover | AcceptHandover | RefuseHandover | WithdrawHandover;

export const handoverEvents: EventKinds<Case, HandoverEvent> = {
  HandoverOffered: handoverOffered,
  HandoverAccepted: handoverAccepted,
  HandoverRefused: handoverRefused,
  HandoverWithdrawn: handoverWithdrawn,
};
export const handoverCommands: CommandKinds<Case, HandoverCommand, HandoverEvent | LegSigned> = {
  OfferHandover: offerHandover,
  AcceptHandover: acceptHandover,
  RefuseHandover: refuseHandover,
  WithdrawHandover: withdrawHandover,
};
