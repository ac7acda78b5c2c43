/** The rules of a real server for appends with exact expectations and for reads, as they were measured; everything else it does is missing here. */

export type ProposedEvent = Readonly<{ id: string; type: string; contentType: string; data: Uint8Array; metadata: Uint8Array }>;
export type KeptEvent = ProposedEvent & Readonly<{ stream: string; revision: number; position: bigint; createdMs: number }>;

export type AppendAnswer = Readonly<{ kind: 'success'; revision: number; position: bigint } | { kind: 'wrong-version'; current: number }>;

/** What the server takes in one append unless it is told otherwise, counted as data, metadata and the type twice. */
export const defaultMaxAppendSize = 1_048_576;
/** The server writes events of its own; here after so many appends. */
const appendsPerSystemEvent = 5;

export class DoubleStore {
  readonly all: KeptEvent[] = [];
  private readonly streams = new Map<string, KeptEvent[]>();
  private readonly indexOf = new Map<bigint, number>();
  private nextPosition = 0n;
  private appends = 0;

  constructor(readonly maxAppendSize = defaultMaxAppendSize) {
    this.writeSystemEvent();
  }

  /** The last revision, -1 without a stream. */
  head(stream: string): number {
    return (this.streams.get(stream)?.length ?? 0) - 1;
  }

  /**
   * Ids are compared only with what lies at the expected place: at the head the same ids are written again, below it they are recognised.
   * @param expected the revision of the last event, -1 for no stream
   */
  append(stream: string, expected: number, events: readonly ProposedEvent[]): AppendAnswer {
    const head = this.head(stream);
    if (expected === head) return this.write(stream, events);
    const own = this.streams.get(stream) ?? [];
    const there = own.slice(expected + 1, expected + 1 + events.length);
    if (expected < head && there.length === events.length && events.every(({ id }, index) => there[index]?.id === id))
      return { kind: 'success', revision: expected + events.length, position: there.at(-1)!.position };
    return { kind: 'wrong-version', current: head };
  }

  stream(name: string): readonly KeptEvent[] | undefined {
    return this.streams.get(name);
  }

  /** The place of the record at this position in `all`; the end where the position is beyond it; nothing where it is no record's. */
  placeOf(position: bigint): number | undefined {
    return position >= this.nextPosition ? this.all.length : this.indexOf.get(position);
  }

  private write(stream: string, events: readonly ProposedEvent[]): AppendAnswer {
    for (const event of events) this.keep(stream, event);
    const last = this.all.at(-1)!;
    this.appends += 1;
    if (this.appends % appendsPerSystemEvent === 0) this.writeSystemEvent();
    return { kind: 'success', revision: last.revision, position: last.position };
  }

  private keep(stream: string, event: ProposedEvent): void {
    const own = this.streams.get(stream) ?? [];
    this.streams.set(stream, own);
    const kept = { ...event, stream, revision: own.length, position: this.nextPosition, createdMs: Date.now() };
    own.push(kept);
    this.indexOf.set(kept.position, this.all.length);
    this.all.push(kept);
    // Positions are places in a file: they grow with the bytes.
    this.nextPosition += BigInt(150 + event.data.length + event.metadata.length);
  }

  private writeSystemEvent(): void {
    const data = new TextEncoder().encode('{"proc-mem":1}');
    const id = `00000000-0000-4000-8000-${String(this.all.length).padStart(12, '0')}`;
    this.keep('$stats-double', { id, type: '$statsCollected', contentType: 'application/json', data, metadata: new Uint8Array() });
  }
}
