import type { ReadingRule } from '@guitu/access';
import type { Actor } from '@guitu/rescue';
import type { Purpose } from './purposes';

/**
 * By which rule somebody is let in, decided before anything is opened: those of streams, an agency's own lists, a look-up, or the key file of the
 * data folder in the hands of whoever sits at its terminal.
 */
export type DisclosureRule = ReadingRule | 'own-ledger' | 'search' | 'key-file';

/** Who reads, what for, in which request, and by which rule. */
export type Reader = Readonly<{ by: Actor; purpose: Purpose; requestId: string; rule: DisclosureRule }>;
