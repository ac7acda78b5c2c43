import type { Query } from '@guitu/event-log';

/** Another holder has taken the lease, or it has run out: what was to be done under it is not done. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';

  constructor(
    readonly lease: string,
    readonly epoch: bigint,
  ) {
    super(`The lease ${lease} of epoch ${epoch} is no longer held here.`);
  }
}

/** A lease as long as it is held. The epoch grows with each new holder, so that the writes of an old one are told from those of the present one. */
export type Held = Readonly<{
  name: string;
  epoch: bigint;
  /**
   * Inside the transaction that is to be fenced, before its first write: nobody takes the lease over until the transaction ends. The server
   * ends a transaction that lies idle for longer than the lease, so that a holder that stands still keeps nobody waiting.
   * @throws LeaseLost when somebody has taken it over
   */
  fence: (query: Query) => Promise<void>;
  /** Right before an act that no transaction of this database fences. @throws LeaseLost also when it has run out */
  check: () => Promise<void>;
  /** Another full length from now on. @returns false when somebody has taken it over */
  renew: () => Promise<boolean>;
  /** Frees it for others at once. A lease that is lost already stays with its new holder. */
  release: () => Promise<void>;
}>;

/** Who may do a kind of work of which there is to be only one at a time. */
export type Leases = Readonly<{
  /** How long a lease lasts without being renewed, in seconds. */
  seconds: number;
  /** @returns undefined while somebody else holds it */
  acquire: (name: string) => Promise<Held | undefined>;
}>;
