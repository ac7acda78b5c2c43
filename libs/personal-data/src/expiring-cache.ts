export type CacheLimits = Readonly<{
  /** Entries; the one unused for longest makes room. */
  limit: number;
  /** Milliseconds after which an entry is loaded again, however often it is used. */
  lifetimeMs: number;
  /** A clock that never goes back, in milliseconds. */
  now: () => number;
}>;

/** Remembers a limited number of things for a limited time. */
export class ExpiringCache<V> {
  readonly #limits: CacheLimits;
  readonly #entries = new Map<string, Readonly<{ value: V; until: number }>>();

  constructor(limits: CacheLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(name: string): V | undefined {
    const entry = this.#entries.get(name);
    if (!entry) return undefined;
    this.#entries.delete(name);
    if (entry.until <= this.#limits.now()) return undefined;
    this.#entries.set(name, entry);
    return entry.value;
  }

  /** @param since from when on the lifetime counts: the moment at which the value was asked for */
  set(name: string, value: V, since: number = this.#limits.now()): void {
    if (this.#limits.limit <= 0) return;
    this.#entries.delete(name);
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined && this.#entries.size >= this.#limits.limit) this.#entries.delete(oldest);
    this.#entries.set(name, { value, until: since + this.#limits.lifetimeMs });
  }

  deleteWhere(gone: (value: V, name: string) => boolean): void {
    for (const [name, entry] of this.#entries) if (gone(entry.value, name)) this.#entries.delete(name);
  }
}
