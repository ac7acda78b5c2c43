/** What a COPY uses of the driver's connection. */
export type CopyConnection = Readonly<{
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
}>;

/** A connection of the driver that takes a statement which speaks for itself. */
export type Submits = Readonly<{ query(statement: object): unknown }>;

/**
 * Runs `copy … from stdin` with these lines, in COPY's text format.
 * @throws the server's error; no line of it is written then
 */
export function copyIn(client: Submits, sql: string, lines: string): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query({
      submit: (connection: CopyConnection) => connection.query(sql),
      handleCopyInResponse: (connection: CopyConnection) => {
        connection.sendCopyFromChunk(Buffer.from(lines, 'utf8'));
        connection.endCopyFrom();
      },
      handleCommandComplete: () => undefined,
      handleReadyForQuery: () => resolve(),
      handleError: reject,
    });
  });
}
