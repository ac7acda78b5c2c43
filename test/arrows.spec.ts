import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '..');
const rules = createRequire(__filename)(path.join(root, '.dependency-cruiser.cjs')) as { forbidden: readonly { name: string }[] };

/** One planted violation for every rule: the file, and what it imports. */
const planted: Readonly<Record<string, readonly [file: string, imports: string]>> = {
  'no-circular': ['libs/standards/src/round-again.ts', './round'],
  'no-unresolved': ['libs/standards/src/lost.ts', './nowhere'],
  'arrows-of-standards': ['libs/standards/src/up.ts', '../../rescue/src/index'],
  'arrows-of-event-log': ['libs/event-log/src/up.ts', '../../rescue/src/index'],
  'arrows-of-embedded-postgres': ['libs/embedded-postgres/src/up.ts', '../../event-log/src/index'],
  'arrows-of-personal-data': ['libs/personal-data/src/up.ts', '../../event-log/src/index'],
  'arrows-of-leases': ['libs/leases/src/up.ts', '../../read-models/src/index'],
  'arrows-of-rescue': ['libs/rescue/src/up.ts', '../../event-log/src/index'],
  'arrows-of-access': ['libs/access/src/up.ts', '../../event-log/src/index'],
  'arrows-of-history': ['libs/history/src/up.ts', '../../read-models/src/index'],
  'arrows-of-read-models': ['libs/read-models/src/up.ts', '../../wiring/src/index'],
  'arrows-of-disclosure': ['libs/disclosure/src/up.ts', '../../read-models/src/index'],
  'arrows-of-erasure': ['libs/erasure/src/up.ts', '../../wiring/src/index'],
  'arrows-of-sandbox': ['libs/sandbox/src/up.ts', '../../history/src/index'],
  'arrows-of-wiring': ['libs/wiring/src/up.ts', '../../../apps/api/src/index'],
  'rooms-are-known': ['libs/attic/src/index.ts', '../../standards/src/index'],
  'arrows-of-app-api': ['apps/api/src/across.ts', '../../projector/src/index'],
  'arrows-of-app-projector': ['apps/projector/src/across.ts', '../../api/src/index'],
  'arrows-of-app-timekeeper': ['apps/timekeeper/src/across.ts', '../../api/src/index'],
  'arrows-of-app-custodian': ['apps/custodian/src/across.ts', '../../api/src/index'],
  'arrows-of-app-auditor': ['apps/auditor/src/across.ts', '../../api/src/index'],
  'arrows-of-app-standalone': ['apps/standalone/src/across.ts', '../../auditor/src/index'],
  'arrows-of-app-player': ['apps/player/src/across.ts', '../../auditor/src/index'],
  'rooms-have-one-door': ['libs/history/src/window.ts', '../../rescue/src/inside'],
  'only-event-log-imports-pg': ['libs/personal-data/src/database.ts', 'pg'],
  'only-read-models-imports-typeorm': ['libs/event-log/src/entity.ts', 'typeorm'],
  'only-event-log-imports-eventstore-db-client': ['libs/history/src/store.ts', '@eventstore/db-client'],
  'only-notices-imports-kafkajs': ['libs/history/src/topic.ts', 'kafkajs'],
  'the-domain-is-pure': ['libs/rescue/src/impure.ts', 'node:fs'],
  'no-framework-below-the-apps': ['libs/history/src/framework.ts', '@nestjs/common'],
  'specs-are-not-imported': ['libs/history/src/from-spec.ts', './something.spec'],
  'testing-stays-in-tests': ['libs/rescue/src/leak.ts', './testing/given'],
};

describe('the arrows of the house', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'guitu-arrows-'));
    cpSync(path.join(root, '.dependency-cruiser.cjs'), path.join(folder, '.dependency-cruiser.cjs'));
    cpSync(path.join(root, 'tsconfig.json'), path.join(folder, 'tsconfig.json'));
    mkdirSync(path.join(folder, 'node_modules'));
    for (const name of ['pg', 'typeorm', '@nestjs'])
      symlinkSync(path.join(root, 'node_modules', name), path.join(folder, 'node_modules', name));
    for (const name of ['@eventstore/db-client', 'kafkajs']) plant(`node_modules/${name}/index.js`, '');
    for (const name of ['@eventstore/db-client', 'kafkajs'])
      plant(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    for (const name of ['standards', 'event-log', 'rescue', 'read-models', 'wiring', 'history'])
      plant(`libs/${name}/src/index.ts`, 'export {};');
    for (const name of ['api', 'projector', 'auditor']) plant(`apps/${name}/src/index.ts`, 'export {};');
    plant('libs/rescue/src/inside.ts', 'export {};');
    plant('libs/rescue/src/testing/given.ts', 'export {};');
    plant('libs/history/src/something.spec.ts', 'export {};');
    plant('libs/standards/src/round.ts', "import './round-again';");
    for (const [file, imports] of Object.values(planted)) plant(file, `import '${imports}';`);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function plant(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }

  it('have a planted violation for every rule', () => {
    expect(Object.keys(planted).sort()).toEqual(rules.forbidden.map(({ name }) => name).sort());
  });

  it('each fail when they are broken', () => {
    const { stdout } = spawnSync(
      path.join(root, 'node_modules/.bin/depcruise'),
      ['libs', 'apps', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
      {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 27,
      },
    );
    const { summary } = JSON.parse(stdout) as { summary: { violations: readonly { rule: { name: string }; from: string }[] } };
    const found = new Set(summary.violations.map(({ rule, from }) => `${rule.name} ${from}`));
    const missed = Object.entries(planted).filter(([rule, [file]]) => !found.has(`${rule} ${file}`));
    expect(missed).toEqual([]);
  });
});
