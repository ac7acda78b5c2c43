import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { settingVariables } from '@guitu/wiring';
import { parse } from 'yaml';

type Service = Readonly<{
  image?: string;
  build?: string;
  command?: readonly string[];
  environment?: Readonly<Record<string, string>>;
  healthcheck?: object;
  ports?: readonly string[];
  volumes?: readonly string[];
  networks: readonly string[];
}>;
type Compose = Readonly<{
  services: Readonly<Record<string, Service>>;
  networks: Readonly<Record<string, Readonly<{ internal?: boolean }> | null>>;
}>;
const root = path.resolve(__dirname, '..');
const text = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');
const { services, networks } = parse(text, { merge: true }) as Compose;
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);
const asked = [...text.matchAll(/\$\{(\w+)(:?[-?][^}]*)?\}/g)];
/** Both forms that are in use; a machine that has neither skips, by name. */
const composers = [['docker', 'compose'], ['docker-compose']].filter(
  ([program = '', ...first]) => spawnSync(program, [...first, 'version'], { encoding: 'utf8' }).status === 0,
);

function config(filledIn: Readonly<Record<string, string>>): ReturnType<typeof spawnSync> {
  const [program = '', ...first] = composers[0] ?? [];
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...filledIn };
  return spawnSync(program, [...first, '--file', 'docker-compose.yml', '--env-file', '.env.example', 'config'], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
}

describe('docker-compose.yml', () => {
  it('brings up both databases and a process each for HTTP, read models, time and erasures', () => {
    expect(Object.keys(services).sort()).toEqual(['api', 'custodian', 'kurrentdb', 'postgres', 'projector', 'timekeeper']);
    const mains = ours.map(([name, { command = [] }]) => [name, command.at(-1)]);
    expect(mains).toEqual(['api', 'projector', 'timekeeper', 'custodian'].map((name) => [name, `dist/apps/${name}/src/main.js`]));
    for (const [name] of mains) expect(existsSync(path.join(root, `apps/${name}/src/main.ts`))).toBe(true);
  });

  it('pins every image to a version and checks the health of every service', () => {
    for (const [name, { image, build, healthcheck }] of Object.entries(services)) {
      expect([name, image === undefined ? build : image]).toEqual([name, expect.stringMatching(/^\.$|:\d+\.\d+/)]);
      expect([name, healthcheck]).toEqual([name, expect.anything()]);
    }
  });

  it('has no default password: what is secret or local must be set, or nothing starts', () => {
    expect(asked.length).toBeGreaterThan(0);
    for (const [, name, rule] of asked) expect([name, rule]).toEqual([name, expect.stringMatching(/^:\?/)]);
    const example = readFileSync(path.join(root, '.env.example'), 'utf8');
    for (const [, name] of asked) expect(example).toMatch(new RegExp(`^${name}=$`, 'm'));
  });

  it('gives the processes only settings that they know, and shows the API to this machine alone', () => {
    for (const [name, { environment = {}, ports = [] }] of ours) {
      for (const variable of Object.keys(environment)) expect(settingVariables).toContain(variable);
      expect(ports.length).toBe(name === 'api' ? 1 : 0);
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
  });

  it('keeps the databases on a network without a way out, reached by no port', () => {
    expect(networks['inner']).toEqual({ internal: true });
    for (const name of ['postgres', 'kurrentdb']) {
      expect(services[name]?.networks).toEqual(['inner']);
      expect(services[name]?.ports).toBeUndefined();
    }
  });

  it('gives the key-encryption key to those who seal or open, and not to the projector', () => {
    const holders = ours.filter(([, { volumes = [] }]) => volumes.some((volume) => volume.startsWith('keys:'))).map(([name]) => name);
    expect(holders).toEqual(['api', 'timekeeper', 'custodian']);
    for (const name of holders) expect(services[name]?.environment?.['GUITU_KEY_FILE']).toMatch(/^\/var\/lib\/guitu-keys\//);
  });

  const when = composers.length > 0 ? it : it.skip;
  when('is accepted by compose when everything is filled in, and refused by the name of what is missing', () => {
    const filledIn = Object.fromEntries(asked.map(([, name = '']) => [name, name === 'GUITU_JWKS_FILE' ? './jwks.json' : 'a0b1c2']));
    const accepted = config(filledIn);
    expect([accepted.status, accepted.stderr]).toEqual([0, '']);
    const missing = config({});
    expect(missing.status).not.toBe(0);
    expect(missing.stderr).toMatch(/set it in .env/);
  });
});
