import type { Situation } from '@guitu/rescue';

/** How many streams a process remembers; the one unused for longest makes room. */
export const REMEMBERED_STREAMS = 5_000;

/** Where a stream stood when this process last wrote to it. A hint, never the truth: the log's expected version decides. */
export type Standing = Readonly<{
  situation: Situation;
  leaf: string | null;
  /** The commands that the stream holds, as far as this process knows. */
  commands: Set<string>;
}>;

/** Spares reading a stream again that this process has just written to. */
export class RememberedStreams {
  private readonly standings = new Map<string, Standing>();

  constructor(private readonly limit: number = REMEMBERED_STREAMS) {}

  get(stream: string): Standing | undefined {
    const standing = this.standings.get(stream);
    if (standing === undefined) return undefined;
    this.standings.delete(stream);
    this.standings.set(stream, standing);
    return standing;
  }

  /** An older standing than the one that is remembered comes too late and is dropped. */
  set(stream: string, standing: Standing): void {
    if ((this.standings.get(stream)?.situation.version ?? 0) >= standing.situation.version) return;
    this.standings.delete(stream);
    this.standings.set(stream, standing);
    if (this.standings.size <= this.limit) return;
    const [oldest] = this.standings.keys();
    if (oldest !== undefined) this.standings.delete(oldest);
  }

  forget(stream: string): void {
    this.standings.delete(stream);
  }
}
