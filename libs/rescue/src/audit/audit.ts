/** How much an audit stream holds. State of an `audit` stream. */
export type Audit = Readonly<{ reads: number; refusals: number; searches: number }>;
export const noAudit: Audit = { reads: 0, refusals: 0, searches: 0 };
