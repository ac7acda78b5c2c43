import { exitCodes } from './exit-codes';
import { breakInWords } from './replay-text';
import type { Session } from './session';
import type { Audited } from './stored-history';

/** Whatever was printed, a broken chain in what was read ends in the code of an integrity failure, and names each broken record. */
export function tellBreaks(session: Session, { breaks }: Audited): void {
  if (breaks.length === 0) return;
  for (const one of breaks) session.terminal.complain(breakInWords(one));
  session.finish(exitCodes.broken);
}
