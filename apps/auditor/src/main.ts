#!/usr/bin/env node
import 'reflect-metadata';
import { modeOf, openLogOnly, readSettings, type Settings } from '@guitu/wiring';
import { runGuitu } from './run-guitu';
import type { CommonOptions, Opened } from './session';
import { terminalOn } from './terminal';

/** 128 and the number of SIGINT, as shells have it. */
const EXIT_INTERRUPTED = 130;

const settingsFor = ({ dataFolder }: CommonOptions): Settings =>
  readSettings({ ...process.env, ...(dataFolder === undefined ? {} : { GUITU_DATA_FOLDER: dataFolder }) });

const opening = new Set<Promise<Opened>>();

async function open(options: CommonOptions): Promise<Opened> {
  const beside = openLogOnly(settingsFor(options), options.databaseUrl);
  opening.add(beside);
  return beside;
}

/** Ctrl-C leaves no database behind that this command started for itself. */
function stopOn(signal: NodeJS.Signals): void {
  process.once(signal, () => {
    void Promise.allSettled([...opening].map(async (one) => (await one).close())).then(() => process.exit(EXIT_INTERRUPTED));
  });
}

stopOn('SIGINT');
stopOn('SIGTERM');
void runGuitu(process.argv.slice(2), {
  terminal: terminalOn(process),
  open,
  settings: settingsFor,
  dataFolder: (options) => {
    const { dataFolder: path } = settingsFor(options);
    return { path, mode: modeOf(path) };
  },
  serviceUrl: (options) => {
    const { host, port } = settingsFor(options);
    return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  },
}).then((code) => {
  process.exitCode = code;
});
