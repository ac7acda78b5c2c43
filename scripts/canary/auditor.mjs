// What the command line prints without being told to open anything, right use and wrong.
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../faults/support/rooms.mjs';

const main = path.join(root, 'dist/apps/auditor/src/main.js');
const WITHIN_MS = 60_000;
const MOST_BYTES = 64 * 1024 * 1024;

const guitu = (words, settings) =>
  new Promise((resolve) => {
    const options = { env: settings, timeout: WITHIN_MS, maxBuffer: MOST_BYTES };
    execFile(process.execPath, [main, ...words], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, text: `${stdout}\n${stderr}` }),
    );
  });

/** The files of a backup, in a folder of their own. */
export const backupFolder = (service) => path.join(service.folder, 'backup');

/** Replays some cases, backs everything up, and shows the search what is printed. `whole`: in every form, and what else the command line can tell. */
export async function searchAuditor(cases, { service, search, whole }) {
  mkdirSync(backupFolder(service));
  const [log, keys] = ['log', 'keys'].map((name) => path.join(backupFolder(service), name));
  const always = [['backup', '--log', log, '--keys', keys], ...cases.map((id) => ['replay', id, '--json'])];
  const more = [
    ...cases.flatMap((id) => [
      ['replay', id],
      ['replay', id, '--as-of', '2020-12-01'],
      ['erase', id, '--dry-run'],
    ]),
    ['retention', '--dry-run', '--as-of', '2060-01-01'],
    ['keys', 'check'],
  ];
  for (const words of whole ? [...always, ...more] : always) {
    const { code, text } = await guitu(words, service.settings);
    if (code !== 0) throw new Error(`guitu ${words.join(' ')} ended with ${code}: ${text}`);
    search.look('guitu, not opened', `guitu ${words[0]}`, text);
  }
}
