import { LogUnavailable } from '../errors';

const callsAtOnce = 128;
const maxWaitingAppends = 10_000;
const maxWaitingBytes = 67_108_864;

/** Appends to one stream go one after another, in the order of the calls; those to different streams side by side, up to a limit. */
export class Lanes {
  private readonly last = new Map<string, Promise<void>>();
  private readonly turns: (() => void)[] = [];
  private running = 0;
  private waiting = 0;
  private waitingBytes = 0;

  /** @throws LogUnavailable (busy), and whatever the work throws */
  async run<T>(stream: string, bytes: number, work: () => Promise<T>): Promise<T> {
    if (this.waiting >= maxWaitingAppends || this.waitingBytes + bytes > maxWaitingBytes)
      throw new LogUnavailable('busy', 'too many appends wait to be written');
    this.waiting += 1;
    this.waitingBytes += bytes;
    const before = this.last.get(stream);
    let leave = (): void => undefined;
    const own = new Promise<void>((resolve) => (leave = resolve));
    this.last.set(stream, own);
    await before;
    await this.takeTurn();
    try {
      return await work();
    } finally {
      this.waiting -= 1;
      this.waitingBytes -= bytes;
      this.passTurnOn();
      if (this.last.get(stream) === own) this.last.delete(stream);
      leave();
    }
  }

  private async takeTurn(): Promise<void> {
    if (this.running < callsAtOnce) this.running += 1;
    else await new Promise<void>((resolve) => this.turns.push(resolve));
  }

  private passTurnOn(): void {
    const next = this.turns.shift();
    if (next) next();
    else this.running -= 1;
  }
}
