import type { Condition } from '@guitu/standards';
import type { Personal } from '../../words';

/** A thing the person carries. */
export type Belonging = Readonly<{
  /**
   * @minLength 1
   * @maxLength 100
   */
  item: string;
  /**
   * @asType integer
   * @minimum 1
   * @maximum 10000
   */
  quantity: number;
}>;

/** What one side of a handover states: how the person is, what the person carries, which papers go along (交接清单). */
export type Statement = Readonly<{
  /** @maxItems 20 */
  condition?: Personal<'health', readonly Condition[]>;
  /** @maxLength 500 */
  conditionNote?: Personal<'health'>;
  /** @maxItems 100 */
  belongings?: Personal<'narrative', readonly Belonging[]>;
  /** @maxItems 50 */
  documents?: Personal<'narrative', readonly string[]>;
}>;

export const sealedStatement = { condition: 'health', conditionNote: 'health', belongings: 'narrative', documents: 'narrative' } as const;

/** What both sides say about one matter, where they differ. */
export type Difference = Readonly<{ about: string; giver: string; receiver: string }>;

/** Whether the two statements agree; `UNSTATED`: one side said nothing; `UNKNOWN`: a statement was erased. */
export type Agreement = 'SAME' | 'DIFFERENT' | 'UNSTATED' | 'UNKNOWN';
export type Comparison = Readonly<{ condition: Agreement; belongings: Agreement; documents: Agreement }>;

type Side = Readonly<Record<string, string>>;
const named = (names: readonly string[] | undefined): Side | undefined =>
  names === undefined ? undefined : Object.fromEntries(names.map((name) => [name, '有']));
const counted = (things: readonly Belonging[] | undefined): Side | undefined => {
  if (things === undefined) return undefined;
  const sums = new Map<string, number>();
  for (const { item, quantity } of things) sums.set(item, (sums.get(item) ?? 0) + quantity);
  return Object.fromEntries([...sums].map(([item, quantity]) => [item, String(quantity)]));
};

function compareSides(
  giver: Side | undefined,
  receiver: Side | undefined,
): Readonly<{ agreement: Agreement; differences: readonly Difference[] }> {
  if (giver === undefined || receiver === undefined) return { agreement: 'UNSTATED', differences: [] };
  const matters = [...new Set([...Object.keys(giver), ...Object.keys(receiver)])].sort();
  const side = (of: Side, matter: string): string => (Object.hasOwn(of, matter) ? (of[matter] ?? '无') : '无');
  const differences = matters
    .map((matter) => ({ about: matter, giver: side(giver, matter), receiver: side(receiver, matter) }))
    .filter((one) => one.giver !== one.receiver);
  return { agreement: differences.length === 0 ? 'SAME' : 'DIFFERENT', differences };
}

/** Compares the giver's and the receiver's statement item by item. An erased statement compares as unknown. */
export function compareStatements(
  giver: Statement | 'erased',
  receiver: Statement,
): Readonly<{ comparison: Comparison; differences: readonly Difference[] }> {
  if (giver === 'erased') return { comparison: { condition: 'UNKNOWN', belongings: 'UNKNOWN', documents: 'UNKNOWN' }, differences: [] };
  const condition = compareSides(named(giver.condition), named(receiver.condition));
  const belongings = compareSides(counted(giver.belongings), counted(receiver.belongings));
  const documents = compareSides(named(giver.documents), named(receiver.documents));
  return {
    comparison: { condition: condition.agreement, belongings: belongings.agreement, documents: documents.agreement },
    differences: [...condition.differences, ...belongings.differences, ...documents.differences],
  };
}
