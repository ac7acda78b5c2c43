/** Tells every listener that there may be news. A listener that throws is the listener's own affair and never fails an append. */
export class Bell {
  private readonly listeners = new Set<() => void>();

  readonly listen = (listener: () => void): (() => void) => {
    const own = () => listener();
    this.listeners.add(own);
    return () => void this.listeners.delete(own);
  };

  ring(): void {
    for (const listener of this.listeners) queueMicrotask(() => quietly(listener));
  }

  silence(): void {
    this.listeners.clear();
  }
}

function quietly(listener: () => void): void {
  try {
    listener();
  } catch {
    // The record is written; whoever listens polls as well, so nothing is lost with this wake-up.
  }
}
