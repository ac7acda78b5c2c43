import type { Query } from '@guitu/event-log';
import type { Generation } from './generation';
import { tableIn } from './table-rows';

/** How much text waits before it is sent: enough to forget the round trips, little beside everything else. */
const fullAt = 2_000_000;

/** Rows on their way into the tables of one generation. New ones go by COPY; while they travel, the next are being gathered. */
export class RowBuffer {
  private lines = new Map<string, string[]>();
  private changed = new Map<string, object[]>();
  private size = 0;
  private sending: Promise<void> = Promise.resolve();

  constructor(
    private readonly query: Query,
    private readonly generation: Generation,
  ) {}

  /** A row whose key the table does not have. */
  add(table: string, row: object): void {
    const line = tableIn(this.generation, table).line(row);
    listOf(this.lines, table).push(line);
    this.size += line.length;
  }

  /** A row that may stand in place of one with its key. */
  put(table: string, row: object): void {
    listOf(this.changed, table).push(row);
  }

  /** Sends when there is much. At most one load travels: who gathers faster waits for the one before. */
  async sendWhenFull(): Promise<void> {
    if (this.size >= fullAt) await this.send();
  }

  /** Begins to send everything. Table by table: a statement asked afterwards may see some of it; who must see all of it waits for `end`. */
  async send(): Promise<void> {
    await this.sending;
    const [lines, changed] = [this.lines, this.changed];
    [this.lines, this.changed, this.size] = [new Map<string, string[]>(), new Map<string, object[]>(), 0];
    this.sending = this.write(lines, changed);
    // Whoever sends next, or ends, gets the fault.
    this.sending.catch(() => undefined);
  }

  /** Everything lies in the tables. */
  async end(): Promise<void> {
    await this.send();
    await this.sending;
  }

  private async write(lines: ReadonlyMap<string, readonly string[]>, changed: ReadonlyMap<string, readonly object[]>): Promise<void> {
    for (const [table, some] of lines) await tableIn(this.generation, table).copy(this.query, some);
    for (const [table, rows] of changed) await tableIn(this.generation, table).write(this.query, rows);
  }
}

function listOf<V>(lists: Map<string, V[]>, name: string): V[] {
  const found = lists.get(name) ?? [];
  lists.set(name, found);
  return found;
}
