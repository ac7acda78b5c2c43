import { openTree, type Keyring } from '@guitu/personal-data';

/**
 * Opens the sealed values of each row, those alone that belong to the row's own stream: a row's text cannot prove which case a value is from, the
 * place inside the seal does. Call it only after the access decision.
 */
export function openRows<Row extends object>(
  keyring: Keyring,
  rows: readonly Row[],
  streamOf: (row: Row) => string,
): Promise<readonly object[]> {
  return Promise.all(rows.map((row) => openOf(keyring, row, streamOf(row))));
}

/** The same for one tree of one stream. */
export const openOf = async (keyring: Keyring, tree: object, stream: string): Promise<object> =>
  (await openTree(keyring, tree, ({ $sealed }) => $sealed.place.stream === stream)) as object;
