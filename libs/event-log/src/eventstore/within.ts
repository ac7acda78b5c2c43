import { WireFailure } from './wire';

/**
 * The work, or a `deadline` failure when its time is over first, whatever the work waits for. The signal then tells the work to let go; what
 * becomes of it afterwards is heard by nobody, so it cannot end the process.
 */
export async function within<T>(giveUpAt: number, work: (abandoned: AbortSignal) => Promise<T>): Promise<T> {
  const giving = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new WireFailure('deadline', 'no answer in time')), Math.max(0, giveUpAt - performance.now()));
  });
  const running = work(giving.signal);
  running.catch(() => undefined);
  try {
    return await Promise.race([running, late]);
  } catch (error) {
    giving.abort();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
