type Waiting<K, R> = { readonly wanted: readonly K[]; resolve(result: R): void; reject(error: unknown): void };

/**
 * One load at a time; whatever is asked for meanwhile travels together in the next. So hundreds of requests at once cost a few round trips,
 * and each is answered by a load that began after it was asked.
 */
export function gathered<K, R>(load: (wanted: readonly K[]) => Promise<R>): (wanted: readonly K[]) => Promise<R> {
  let waiting: Waiting<K, R>[] = [];
  let running = false;

  const run = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const result = await load(batch.flatMap((one) => one.wanted));
        for (const one of batch) one.resolve(result);
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
    }
    running = false;
  };

  return (wanted) =>
    new Promise((resolve, reject) => {
      waiting.push({ wanted, resolve, reject });
      if (!running) void run();
    });
}
