import { sentenceFor } from './cannot-start';
import { readSettings, WrongSettings, type Settings } from './settings';

const EXIT_CANNOT_START = 2;
/** Whoever has not stopped by then is ended. */
const HARD_STOP_MS = 25_000;

/** A process that works: what it says when it is ready, and how it ends. */
export type Started = Readonly<{ greeting: string; stop: () => Promise<void> }>;

/** One line on stderr with the class of the error alone: its message may hold values. */
export function tellFault(who: string, error: unknown): void {
  process.stderr.write(`${JSON.stringify({ level: 'error', who, error: error instanceof Error ? error.name : 'unknown' })}\n`);
}

/**
 * The life of a process of ours: reads the settings, starts, greets, and stops at SIGINT or SIGTERM. Who cannot start says why in one sentence and
 * ends with exit code 2.
 */
export function runProcess(start: (settings: Settings) => Promise<Started>, environment = process.env): void {
  const run = async (): Promise<void> => {
    const { greeting, stop } = await start(readSettings(environment));
    process.stdout.write(`${greeting}\n`);
    stopOnSignal(stop);
  };
  run().catch((error: unknown) => {
    process.stderr.write(`${error instanceof WrongSettings ? error.message : sentenceFor(error)}\n`);
    process.exit(EXIT_CANNOT_START);
  });
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const once = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), HARD_STOP_MS).unref();
    void stop().then(
      () => process.exit(0),
      (error: unknown) => {
        tellFault('stop', error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', once);
  process.on('SIGTERM', once);
}
