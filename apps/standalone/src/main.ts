#!/usr/bin/env node
import 'reflect-metadata';
import path from 'node:path';
import { readSettings, WrongSettings, type Settings } from '@guitu/wiring';
import { sentenceFor } from './cannot-start';
import { startGuitu } from './start-guitu';

const EXIT_CANNOT_START = 2;
const HARD_STOP_MS = 25_000;

async function main(): Promise<void> {
  const settings = readSettings({ ...process.env, ...(process.argv.includes('--sandbox') ? { GUITU_MODE: 'sandbox' } : {}) });
  const running = await startGuitu(settings, (who, error) =>
    console.error(JSON.stringify({ level: 'error', who, error: error instanceof Error ? error.name : 'unknown' })),
  );
  console.log(greeting(running.url, settings));
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), HARD_STOP_MS).unref();
    void running.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function greeting(url: string, settings: Settings): string {
  const next =
    settings.mode === 'sandbox'
      ? `npm run play -- sc-1 --url ${url} --data-folder ${path.relative('', settings.dataFolder) || '.'}`
      : 'npm run play -- sc-1';
  return [`接口 API    ${url}/v1`, `文档 Docs   ${url}/docs`, `数据 Data   ${settings.dataFolder}`, `下一步 Next ${next}`].join('\n');
}

main().catch((error: unknown) => {
  console.error(error instanceof WrongSettings ? error.message : sentenceFor(error));
  process.exit(EXIT_CANNOT_START);
});
