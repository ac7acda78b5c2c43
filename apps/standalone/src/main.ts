#!/usr/bin/env node
import 'reflect-metadata';
import path from 'node:path';
import { runProcess, tellFault, type Settings } from '@guitu/wiring';
import { startGuitu } from './start-guitu';

function greeting(url: string, settings: Settings): string {
  const next =
    settings.mode === 'sandbox'
      ? `npm run play -- sc-1 --url ${url} --data-folder ${path.relative('', settings.dataFolder) || '.'}`
      : 'npm run play -- sc-1';
  return [`接口 API    ${url}/v1`, `文档 Docs   ${url}/docs`, `数据 Data   ${settings.dataFolder}`, `下一步 Next ${next}`].join('\n');
}

const sandbox = process.argv.includes('--sandbox') ? { GUITU_MODE: 'sandbox' } : {};

runProcess(
  async (settings) => {
    const { url, stop } = await startGuitu(settings, tellFault);
    return { greeting: greeting(url, settings), stop };
  },
  { ...process.env, ...sandbox },
);
