import { Query } from 'pg';
import type { StoredRecord } from '../port';
import { recordsOf } from './binary-rows';

const columns = 'position, stream, version, event_id, type, schema_version, recorded_at, envelope, secrets';
const firstPageBytes = 65_536;

/**
 * A page of the log as PostgreSQL's binary COPY. As rows, the driver would get every byte of an envelope as two digits of text and make a
 * text of it before the bytes; this way a page travels as it lies there. COPY takes no parameters, so the numbers stand in its text.
 */
export class PageQuery extends Query {
  private page = Buffer.allocUnsafe(firstPageBytes);
  private length = 0;

  constructor(after: bigint, limit: number) {
    super(
      `copy (select ${columns} from event_log.record where position > ${BigInt(after)} order by position limit ${Number(limit)})
       to stdout (format binary)`,
    );
  }

  /** Called by the driver. The chunk lies in a buffer that the driver uses again, so it is copied at once. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (this.length + chunk.length > this.page.length) this.grow(this.length + chunk.length);
    chunk.copy(this.page, this.length);
    this.length += chunk.length;
  }

  /** To be called once, after the query has ended well. */
  records(): readonly StoredRecord[] {
    return recordsOf(this.page.subarray(0, this.length));
  }

  private grow(atLeast: number): void {
    const larger = Buffer.allocUnsafe(Math.max(atLeast, 2 * this.page.length));
    this.page.copy(larger, 0, 0, this.length);
    this.page = larger;
  }
}
