import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredRecord } from '@guitu/event-log';
import { openSandboxIssuer, registerAgencies, SandboxClient } from '@guitu/sandbox';
import { modeOf, openLogOnly, readSettings } from '@guitu/wiring';
import { runGuitu } from '../apps/auditor/src/run-guitu';
import { readAgencies } from '../apps/player/src/stories';
import { freePort } from '../apps/player/src/throwaway';
import { startGuitu, type Running } from '../apps/standalone/src/start-guitu';

const WITHIN_MS = 240_000;
const station = 'taicang-station';
const dataFolder = path.join(mkdtempSync(path.join(tmpdir(), 'guitu-erasure-')), 'data');
/** A person who does not exist, and whose mother does not either. */
const canary = { name: '苑雀生', idNumber: '341126198503120317', mother: '苑雀母', phone: '13987654321' } as const;
const song = new RegExp(Object.values(canary).join('|'));

let service: Running;
let client: SandboxClient;
let caseId: string;
let before: readonly StoredRecord[];
const faults: string[] = [];

const ask = async (place: string, data: object, user = 'P-1'): Promise<Record<string, unknown>> => {
  const { status, body } = await client.post({ agency: station, role: 'staff', user }, `/v1/${place}`, {
    key: randomUUID(),
    body: { data },
  });
  expect([place, status, body['code']]).toEqual([place, 201, undefined]);
  return body;
};
const seen = async (place: string): Promise<string> => {
  const { status, body } = await client.get({ agency: station, role: 'staff', user: 'P-1' }, `/v1/${place}`);
  expect([place, status]).toEqual([place, 200]);
  return JSON.stringify(body);
};
const findable = async (kind: string, value: string): Promise<readonly unknown[]> => {
  const { status, body } = await client.post({ agency: station, role: 'staff', user: 'P-1' }, '/v1/searches', { body: { kind, value } });
  expect(status).toBe(200);
  return body['cases'] as readonly unknown[];
};
const settings = () => readSettings({ GUITU_DATA_FOLDER: dataFolder, GUITU_MODE: 'sandbox', GUITU_KEY_CACHE_SECONDS: '0' });
async function guitu(line: string): Promise<Readonly<{ code: number; out: string }>> {
  const said: string[] = [];
  const code = await runGuitu(line.split(' '), {
    terminal: { print: (text) => said.push(text), complain: (text) => said.push(text) },
    dataFolder: () => ({ path: dataFolder, mode: modeOf(dataFolder) }),
    settings,
    serviceUrl: () => service.url,
    open: () => openLogOnly(settings()),
  });
  return { code, out: said.join('\n') };
}
const until = async (met: () => Promise<boolean>): Promise<void> => {
  while (!(await met())) await sleep(100);
};
const caughtUp = async (): Promise<void> =>
  until(async () => service.house.readModels.waitForPosition(await service.house.log.head(), 1_000));

beforeAll(async () => {
  const port = await freePort();
  const environment = { GUITU_DATA_FOLDER: dataFolder, GUITU_MODE: 'sandbox', GUITU_KEY_CACHE_SECONDS: '0', GUITU_PORT: String(port) };
  service = await startGuitu(readSettings(environment), (who, error) => faults.push(`${who}: ${String(error)}`));
  client = new SandboxClient(service.url, await openSandboxIssuer(dataFolder));
  await registerAgencies(client, readAgencies());
  const opened = await ask('cases/register-help-request', {
    ...{ arrivalMode: 'SELF', causes: ['LOST'], assistanceStatus: 'UNKNOWN' },
    claims: { name: canary.name, idNumber: canary.idNumber },
    relatives: [{ name: canary.mother, relation: 'PARENT', phone: canary.phone }],
  });
  caseId = String(opened['caseId']);
  await ask(`cases/${caseId}/claim-identity`, { name: canary.name, home: '安徽省凤阳县', source: 'SELF' });
  await caughtUp();
}, WITHIN_MS);
afterAll(async () => {
  await service?.stop();
  rmSync(path.dirname(dataFolder), { recursive: true, force: true });
}, WITHIN_MS);

// In this order: one person is erased, and then looked for everywhere.
describe('a person who is erased', () => {
  it(
    'can be read and found before by those entitled',
    async () => {
      expect(await seen(`cases/${caseId}/timeline`)).toMatch(song);
      await until(async () => (await findable('phone', canary.phone)).length > 0);
      expect(await findable('id-number', canary.idNumber)).toEqual([{ caseId }]);
      expect((await guitu(`erase ${caseId} --dry-run --person person relative`)).out).not.toMatch(song);
      before = await service.house.log.read(`case-${caseId}`);
    },
    WITHIN_MS,
  );

  it(
    'is erased after two people said so',
    async () => {
      const ground = { reason: 'UNLAWFUL', legalBasis: 'PIPL-47-1-4' };
      const all = { persons: ['person', 'relative'], classes: ['identity', 'contact', 'health', 'minor', 'narrative'] };
      await ask(`privacy/${caseId}/decide-erasure`, { erasureId: 'e1', ...all, ...ground });
      await ask(`privacy/${caseId}/confirm-erasure`, { erasureId: 'e1' }, 'P-2');
      expect(await seen(`cases/${caseId}/timeline`)).not.toMatch(song);
      await until(async () => (await service.house.log.read(`privacy-${caseId}`)).some(({ type }) => type === 'ErasureCompleted'));
      await caughtUp();
      expect(faults).toEqual([]);
    },
    WITHIN_MS,
  );

  it('is read and found nowhere over HTTP', async () => {
    const timeline = await seen(`cases/${caseId}/timeline`);
    expect(timeline).not.toMatch(song);
    expect(timeline).toContain('"erased":true');
    for (const [kind, value] of [
      ['phone', canary.phone],
      ['id-number', canary.idNumber],
      ['alias', canary.name],
    ] as const)
      expect(await findable(kind, value)).toEqual([]);
  });

  it('does not come back by replay, by a look at the past, or by the keys that are left', async () => {
    for (const line of [`replay ${caseId} --open --reason inspection`, `replay ${caseId} --as-of 2090-01-01`, `replay ${caseId} --json`]) {
      const { code, out } = await guitu(line);
      expect([line, code]).toEqual([line, 0]);
      expect(out).not.toMatch(song);
    }
  });

  it('leaves every byte that was hashed as it was, and no ciphertext', async () => {
    const after = await service.house.log.read(`case-${caseId}`);
    expect(after.map(({ envelope }) => Buffer.from(envelope).toString('hex'))).toEqual(
      before.map(({ envelope }) => Buffer.from(envelope).toString('hex')),
    );
    expect(before.some(({ secrets }) => Object.keys(secrets).length > 0)).toBe(true);
    expect(after.every(({ secrets }) => Object.keys(secrets).length === 0)).toBe(true);
  });

  it(
    'is not in the rows that a rebuild makes, which are the live ones',
    async () => {
      const { log, readModels } = service.house;
      expect(await readModels.verify(log)).toMatchObject({ differing: 0, differences: [] });
      expect(await readModels.rebuild(log)).toMatchObject({ differing: 0 });
      expect(await seen(`cases/${caseId}/timeline`)).not.toMatch(song);
    },
    WITHIN_MS,
  );

  it('leaves a certificate that names every place', async () => {
    const { code, out } = await guitu(`certificate ${caseId} --json`);
    expect(code).toBe(0);
    expect(out).not.toMatch(song);
    const { completed, steps, places, keys } = JSON.parse(out) as Record<string, never[]>;
    expect([completed, steps!.length, keys!.length]).toEqual([true, 5, 3]);
    expect(places!.map(({ place, outcome }) => `${place} ${outcome}`)).toEqual(
      expect.arrayContaining([
        'KEY_STORE DESTROYED',
        'BLIND_INDEX REMOVED',
        'EVENT_LOG REMOVED',
        'READ_MODELS REMOVED',
        'ERASURE_LEDGER RECORDED',
      ]),
    );
    expect((await guitu(`certificate ${caseId}`)).out).toMatch(/^个人信息删除证明/);
  });

  it(
    'can be read and found again by what is recorded later, and by nothing else',
    async () => {
      const later = '苑新名';
      await ask(`cases/${caseId}/claim-identity`, { name: later, home: '安徽省凤阳县', source: 'SELF' });
      await caughtUp();
      const timeline = await seen(`cases/${caseId}/timeline`);
      expect(timeline).toContain(later);
      expect(timeline).not.toMatch(song);
      await until(async () => (await findable('alias', later)).length > 0);
      expect(await findable('alias', canary.name)).toEqual([]);
    },
    WITHIN_MS,
  );

  it('does not keep the case from going on', async () => {
    await ask(`cases/${caseId}/decide-eligibility`, { eligible: false, helpFirst: false, ground: 'HAS_MEANS' });
  });
});
