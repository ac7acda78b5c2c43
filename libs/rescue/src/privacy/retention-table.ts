import type { DataClass, Whose } from '../words';

/** What happens to a case that makes its file one to be kept for ever (dossier 9.6). */
export type PermanentGround = 'SETTLED' | 'UNIDENTIFIED' | 'DECEASED' | 'MINOR';

/** How long data of these classes are kept for a purpose: policy data, not code. */
export type RetentionRule = Readonly<{
  classes: readonly DataClass[];
  persons: readonly Whose[];
  /** What they were kept for; with this purpose met they are due for erasure. */
  purpose: 'CASE_FILE';
  /** What the term runs from. */
  from: 'CASE_ARCHIVED';
  years: number;
  /** With any of these the term never ends. */
  permanentFor: readonly PermanentGround[];
  basis: string;
}>;

/**
 * The shipped terms (dossier 9.6). All of a case's values are kept as one file: the dossier names no shorter term for what an event says of relatives
 * or reporters. Audit streams hold no personal value and are kept for ever, longer than the three years that they must be.
 */
export const retentionTable: readonly RetentionRule[] = [
  {
    classes: ['identity', 'contact', 'health', 'minor', 'narrative'],
    persons: ['person', 'relative', 'staff', 'reporter'],
    purpose: 'CASE_FILE',
    from: 'CASE_ARCHIVED',
    years: 30,
    permanentFor: ['SETTLED', 'UNIDENTIFIED', 'DECEASED', 'MINOR'],
    basis: '[P] dossier 9.6, 30 years from archiving; DB42/T 1527—2019 [X]; [L] PIPL art 47(1)2',
  },
];
