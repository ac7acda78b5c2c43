import { CustodianPage, Eraser, listUnderWay, type Advanced, type EraserParts, type ErasureName } from '@guitu/erasure';
import { Follower } from '@guitu/history';
import { LeaseLost } from '@guitu/leases';

export type CustodianParts = EraserParts & Readonly<{ onFault?: (error: unknown) => void }>;

/** What one look came to. `failed`: erasures that could not go on; the next look tries again. `wakeAt`: when one can (milliseconds since 1970). */
export type CustodianLook = Readonly<{ completed: number; held: number; waiting: number; failed: number; wakeAt: number | null }>;

/**
 * Keeps the blind index up with the log and carries out confirmed erasures. Any number of them do no harm to each other; one at a time is enough, see
 * `keepCustody`. An erasure that cannot go on hinders no other.
 */
export class Custodian {
  private readonly page: Follower;
  private readonly eraser: Eraser;
  private lastFault: string | null = null;

  constructor(private readonly parts: CustodianParts) {
    this.page = new Follower(parts.log, new CustodianPage(parts));
    this.eraser = new Eraser(parts);
  }

  /** The reason why the last look failed, wholly or in part; null when it did not. */
  health(): Readonly<{ position: bigint; fault: string | null }> {
    return { position: this.page.health().position, fault: this.lastFault };
  }

  /** Takes everything that the log holds, and brings every erasure as far as it goes now. @throws LeaseLost */
  async runOnce(): Promise<CustodianLook> {
    this.lastFault = null;
    const look = { completed: 0, held: 0, waiting: 0, failed: 0, wakeAt: null as number | null };
    // What keeps the index back must not keep back an erasure that is known already.
    await this.orFault(async () => {
      await this.parts.mayAct?.();
      await this.page.catchUp();
    });
    await this.orFault(async () => {
      for (const erasure of await listUnderWay(this.parts.database.query)) {
        const outcome = await this.advance(erasure);
        if (outcome === 'completed' || outcome === 'held' || outcome === 'failed') look[outcome] += 1;
        else if (outcome !== 'withdrawn') {
          look.waiting += 1;
          look.wakeAt = Math.min(look.wakeAt ?? outcome.wait, outcome.wait);
        }
      }
    });
    return look;
  }

  private async orFault(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      this.fault(error);
    }
  }

  private async advance(erasure: ErasureName): Promise<Advanced | 'failed'> {
    try {
      return await this.eraser.advance(erasure);
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      this.fault(error);
      return 'failed';
    }
  }

  private fault(error: unknown): void {
    this.lastFault = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown fault';
    this.parts.onFault?.(error);
  }
}
