import type { Duty } from '../../../duties/duty';
import type { LocalId } from '../../../words';

/** Answers true for an event of the dispatch that the duty is about. */
export const aboutDispatch = ({ data }: { readonly data: { readonly dispatchId: LocalId } }, duty: Duty): boolean =>
  data.dispatchId === duty.about;
