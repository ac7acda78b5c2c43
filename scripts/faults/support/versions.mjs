import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { built } from './rooms.mjs';

const require = createRequire(import.meta.url);

/** What a published figure was made with. The date is that of the run, the commit that of the checkout. */
export function provenance(root) {
  const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
  const clean = git('status', '--porcelain', '--', 'apps', 'libs', 'scripts/faults', 'test/naive') === '';
  return {
    commit: `${git('rev-parse', '--short=12', 'HEAD')}${clean ? '' : ' with uncommitted changes'}`,
    date: new Date().toISOString().slice(0, 10),
    versions: { node: process.version.slice(1), postgres: postgresVersion() },
  };
}

/** As the embedded server names itself: `postgres (PostgreSQL) 18.4`. */
function postgresVersion() {
  const { usableBinaries } = built('libs/embedded-postgres/src/binaries.js');
  return execFileSync(usableBinaries({ kind: 'own' }).postgres, ['--version'], { encoding: 'utf8' })
    .trim()
    .split(' ')
    .at(-1);
}

export const eventStoreClientVersion = () => require('@eventstore/db-client/package.json').version;
