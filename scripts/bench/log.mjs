// The event log on PostgreSQL against plain SQL, a published peer and pgbench: ratios of rounds that take turns, on one server.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { measureAppends } from './log-append.mjs';
import { measureFullLog } from './log-preload.mjs';
import { measureProcesses } from './log-processes.mjs';
import { measureReplay, measureStreamReads } from './log-read.mjs';
import { openStage } from './log-stage.mjs';

const parts = {
  append: measureAppends,
  processes: measureProcesses,
  read: measureStreamReads,
  replay: measureReplay,
  full: measureFullLog,
};
export const defaults = { rounds: 5, seconds: 2, events: 1_000_000, preload: 10_000_000, parts: Object.keys(parts).join(',') };

/**
 * @param options see `defaults`; `parts` names some of them
 * @param print gets every row ({ what, mine, against, yardstick, ratio, bar }) and every remark (a text) as soon as it is known
 */
export async function benchLog(options, print) {
  const chosen = options.parts.split(',');
  const unknown = chosen.filter((name) => !(name in parts));
  if (unknown.length > 0)
    throw new Error(`the bench of the log has no part ${unknown.join(', ')}; it has ${Object.keys(parts).join(', ')}`);
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-bench-'));
  const stage = await openStage(folder);
  const leave = async () => {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  };
  /** The server would outlive us. Its connections end with errors that concern nobody any more. */
  const giveUp = (signal) => {
    process.on('uncaughtException', () => undefined);
    void leave().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  process.once('SIGINT', giveUp).once('SIGTERM', giveUp);
  try {
    const { rounds, events, preload, seconds } = options;
    for (const name of chosen) await parts[name](stage, { rounds, events, preload, roundMs: seconds * 1_000, folder }, print);
  } finally {
    process.off('SIGINT', giveUp).off('SIGTERM', giveUp);
    await leave();
  }
}
