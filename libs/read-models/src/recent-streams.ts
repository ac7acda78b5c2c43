/**
 * Something of the streams that were touched last, under a limit of weight. It only grows when something is kept: who keeps takes the oldest out
 * afterwards, and nothing is ever lost in silence.
 */
export class RecentStreams<Value> {
  private readonly kept = new Map<string, Readonly<{ value: Value; weight: number }>>();
  private weight = 0;

  constructor(private readonly heaviest: number) {}

  find(stream: string): Value | undefined {
    return this.kept.get(stream)?.value;
  }

  /** Keeps it as the newest, in place of what was kept of this stream. */
  keep(stream: string, value: Value, weight: number): void {
    this.take(stream);
    this.kept.set(stream, { value, weight });
    this.weight += weight;
  }

  /** Takes out what was kept longest without a touch, until the rest is light enough. */
  *takeOldest(): Generator<readonly [stream: string, value: Value]> {
    while (this.weight > this.heaviest) yield* this.takeFirst();
  }

  /** Takes out all of it, the oldest first. */
  *takeAll(): Generator<readonly [stream: string, value: Value]> {
    while (this.kept.size > 0) yield* this.takeFirst();
  }

  drop(stream: string): void {
    this.take(stream);
  }

  clear(): void {
    this.kept.clear();
    this.weight = 0;
  }

  private *takeFirst(): Generator<readonly [stream: string, value: Value]> {
    for (const [stream, { value }] of this.kept) {
      this.take(stream);
      yield [stream, value];
      return;
    }
  }

  private take(stream: string): void {
    this.weight -= this.kept.get(stream)?.weight ?? 0;
    this.kept.delete(stream);
  }
}
