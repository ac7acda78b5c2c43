import { readFileSync } from 'node:fs';
import path from 'node:path';
import { settingVariables } from '@guitu/wiring';
import { parse } from 'yaml';

type Service = Readonly<{
  image?: string;
  build?: string;
  environment: Readonly<Record<string, string>>;
  healthcheck?: object;
  ports?: readonly string[];
}>;
const root = path.resolve(__dirname, '..');
const text = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');
const { services } = parse(text) as { services: Readonly<Record<string, Service>> };

describe('docker-compose.yml', () => {
  it('pins every image to a version and checks the health of every service', () => {
    for (const [name, { image, build, healthcheck }] of Object.entries(services)) {
      expect([name, image === undefined ? build : image]).toEqual([name, expect.stringMatching(/^\.$|:\d+\.\d+/)]);
      expect([name, healthcheck]).toEqual([name, expect.anything()]);
    }
  });

  it('has no default password: what is secret or local must be set, or nothing starts', () => {
    const asked = [...text.matchAll(/\$\{(\w+)(:?[-?][^}]*)?\}/g)];
    expect(asked.length).toBeGreaterThan(0);
    for (const [, name, rule] of asked) expect([name, rule]).toEqual([name, expect.stringMatching(/^:\?/)]);
    const example = readFileSync(path.join(root, '.env.example'), 'utf8');
    for (const [, name] of asked) expect(example).toMatch(new RegExp(`^${name}=$`, 'm'));
  });

  it('gives the service only settings that it knows, and shows it to this machine alone', () => {
    const guitu = services['guitu'];
    for (const name of Object.keys(guitu?.environment ?? {})) expect(settingVariables).toContain(name);
    expect(guitu?.ports?.every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
  });
});
