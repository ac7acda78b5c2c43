// What the command line prints without being told to open anything, right use and wrong.
import { execFile } from 'node:child_process';
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

/** Replays some cases in every form and shows the search what is printed. */
export async function searchAuditor(cases, { service, search }) {
  const uses = cases.flatMap((id) => [
    ['replay', id],
    ['replay', id, '--json'],
    ['replay', id, '--as-of', '2020-12-01'],
  ]);
  for (const words of uses) {
    const { code, text } = await guitu(words, service.settings);
    if (code !== 0) throw new Error(`guitu ${words.join(' ')} ended with ${code}: ${text}`);
    search.look('guitu, not opened', `guitu ${words[0]}, which ended with ${code}`, text);
  }
}
