import type { HandoverKind } from '@guitu/standards';
import type { Duty, Happened } from '../../../duties/duty';
import type { Case } from '../../case';
import type { HandoverAccepted } from '../../handover/accept-handover';

/** Answers true for the signature under a handover of one of these kinds. */
export const signedAs =
  (...kinds: readonly HandoverKind[]) =>
  ({ data }: Happened<HandoverAccepted>, _duty: Duty, { handovers }: Case): boolean => {
    const handover = handovers[data.handoverId];
    return handover !== undefined && kinds.includes(handover.kind);
  };
