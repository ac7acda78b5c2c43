import type { StoredRecord } from '../port';

/** Where a copy comes from: anything that reads like a log. */
export type CopySource = Readonly<{
  readAll(after: bigint, limit: number): Promise<readonly StoredRecord[]>;
  close(): Promise<void>;
}>;

/** Where a copy goes to. */
export type CopyTarget = CopySource &
  Readonly<{
    /** Adds these records to the end of the log, in this order, with their ids, versions, bytes and times. Killed inside, it leaves a beginning of them. */
    place(records: readonly StoredRecord[]): Promise<void>;
  }>;
