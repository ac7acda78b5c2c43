/** The record of a reading could not be written: nothing was released, and nobody knows whether the record lies in the log. */
export class AuditUnavailable extends Error {
  override readonly name = 'AuditUnavailable';

  constructor(cause: unknown) {
    super('The record of who reads could not be written; nothing was released.', { cause });
  }
}
