import { setTimeout as sleep } from 'node:timers/promises';
import type { FollowerHealth } from '@guitu/history';
import type { ReadModels } from '@guitu/read-models';

const lookEveryMs = 1_000;

/** How far the projector of another process has come, as its rows tell; and the reason why they cannot be read here, such as rows of other code. */
export function watchProjection(readModels: Pick<ReadModels, 'projection'>): Readonly<{
  health: () => FollowerHealth;
  stop: () => Promise<void>;
}> {
  const { name } = readModels.projection;
  let seen: FollowerHealth = { name, position: 0n, head: 0n, fault: null };
  const stopping = new AbortController();
  const look = async (): Promise<void> => {
    try {
      const position = await readModels.projection.checkpoint();
      seen = { name, position, head: position, fault: null };
    } catch (error) {
      seen = { ...seen, fault: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown fault' };
    }
  };
  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await look();
      await sleep(lookEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const watching = watch();
  return {
    health: () => seen,
    stop: async () => {
      stopping.abort();
      await watching;
    },
  };
}
