import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keyFileLifetimeMs } from '@guitu/personal-data';
import type { SandboxClient } from '@guitu/sandbox';
import { exitCodes } from '../apps/auditor/src/exit-codes';
import { guituOn } from './support/guitu-for-tests';
import { startSandboxForTests, type SandboxForTests } from './support/sandbox-for-tests';

const WITHIN_MS = 400_000;
const callers = 3;
const restMs = 60;
const readersAtOnce = 8;
const keyBytes = 32;
const police = { agency: 'taicang-police', role: 'staff', user: 'P-1' } as const;

type Kept = Readonly<{ caseId: string; eventId: string; name: string }>;
type Load = Readonly<{ kept: Kept[]; failed: string[]; counts: { commands: number; reads: number } }>;

let sandbox: SandboxForTests;
let keyFile: string;
beforeAll(async () => {
  sandbox = await startSandboxForTests();
  keyFile = path.join(sandbox.instance.dataFolder, 'keys', 'key-encryption-key');
}, WITHIN_MS);
afterAll(() => sandbox.instance.stop(), WITHIN_MS);

const guitu = (line: string) => guituOn(sandbox.instance.dataFolder, line);
const load: Load = { kept: [], failed: [], counts: { commands: 0, reads: 0 } };

async function findPerson(client: SandboxClient, number: number): Promise<void> {
  const name = `轮换${number}`;
  const data = {
    place: { division: '320585', text: '太仓市上海路' },
    source: 'POLICE_PATROL',
    apparentSex: 'FEMALE',
    apparentAgeBand: 'FROM_60',
    conditions: ['ELDERLY'],
    claims: { name },
  };
  const { status, body } = await client.post(police, '/v1/cases/record-encounter', { key: `found-${number}-000000000000`, body: { data } });
  load.counts.commands += 1;
  if (status !== 201) return void load.failed.push(`command ${status} ${String(body['code'])}`);
  const [event] = body['events'] as readonly Readonly<{ id: string }>[];
  load.kept.push({ caseId: String(body['caseId']), eventId: String(event?.id), name });
}

async function reads(client: SandboxClient, { caseId, eventId, name }: Kept): Promise<void> {
  const { status, body } = await client.get(police, `/v1/cases/${caseId}/events/${eventId}`);
  load.counts.reads += 1;
  if (status !== 200) load.failed.push(`read ${status} ${String(body['code'])}`);
  else if (!JSON.stringify(body).includes(name)) load.failed.push(`read without ${name}`);
}

/** Keeps the service busy with new persons and old values until it is told to end. */
function keepBusy(client: SandboxClient, first: number): Readonly<{ end: () => Promise<void> }> {
  let on = true;
  const call = async (caller: number): Promise<void> => {
    for (let number = first + caller; on; number += callers) {
      await findPerson(client, number);
      await reads(client, load.kept[(number * 7_919) % load.kept.length] as Kept);
      await sleep(restMs);
    }
  };
  const calls = Array.from({ length: callers }, (_, caller) => call(caller));
  return {
    end: async () => {
      on = false;
      await Promise.all(calls);
    },
  };
}

// In this order: each goes on with what the one before has left.
describe('the key-encryption key is replaced while requests run over HTTP', () => {
  it(
    'no request fails, and the former key is let go only when nothing is wrapped by it and nobody can wrap with it any more',
    async () => {
      await findPerson(sandbox.client, 0);
      const former = readFileSync(keyFile);
      const busy = keepBusy(sandbox.client, 1);
      await sleep(2_000);
      const atOnce = await guitu('keys rotate-kek --no-wait --json');
      expect([atOnce.code, atOnce.err]).toEqual([exitCodes.fine, '']);
      expect(JSON.parse(atOnce.out)).toMatchObject({ unreadable: 0, serviceKeys: expect.any(Number) });
      expect((await guitu('keys forget-kek --confirm')).code).toBe(exitCodes.refused);
      expect(readFileSync(keyFile).subarray(keyBytes)).toEqual(former);

      // A service may have wrapped with the former one since: then the same rotation goes on, else a new one begins. Both end alike.
      const rotated = await guitu('keys rotate-kek --json');
      expect(rotated.code).toBe(exitCodes.fine);
      expect(JSON.parse(rotated.out)).toMatchObject({ unreadable: 0, leftUnderFormer: 0 });
      expect(Date.now() - statSync(keyFile).mtimeMs).toBeGreaterThanOrEqual(2 * keyFileLifetimeMs);
      expect((await guitu('keys forget-kek')).code).toBe(exitCodes.refused);
      expect((await guitu('keys forget-kek --confirm')).code).toBe(exitCodes.fine);
      expect(readFileSync(keyFile)).toHaveLength(keyBytes);
      expect(readFileSync(keyFile)).not.toEqual(former);
      await sleep(2_000);
      await busy.end();

      expect(load.failed).toEqual([]);
      const checked = await guitu('keys check --json');
      expect([checked.code, JSON.parse(checked.out)]).toMatchObject([exitCodes.fine, { doNotUnwrap: 0 }]);
      const { commands, reads: read } = load.counts;
      process.stdout.write(`rotation under load: ${commands} commands and ${read} reads over HTTP, ${load.failed.length} failed\n`);
      expect(Math.min(commands, read)).toBeGreaterThan(50);
    },
    WITHIN_MS,
  );

  it(
    'a person gets new keys for new values, and the old ones stay readable',
    async () => {
      const { caseId } = load.kept[0] as Kept;
      const { code, out } = await guitu(`keys new-version ${caseId} --json`);
      expect(code).toBe(exitCodes.fine);
      expect((JSON.parse(out) as { versions: { version: number }[] }).versions.map(({ version }) => version)).toContain(2);
      expect((await guitu('keys new-version 00000000-0000-4000-8000-000000000000')).code).toBe(exitCodes.badUse);
    },
    WITHIN_MS,
  );

  it(
    'everything that was sealed before, in between and after opens in a service that remembers nothing',
    async () => {
      await sandbox.instance.killAndRestart();
      const waiting = [...load.kept];
      const reader = async (): Promise<void> => {
        for (let kept = waiting.pop(); kept !== undefined; kept = waiting.pop()) await reads(sandbox.client, kept);
      };
      await Promise.all(Array.from({ length: readersAtOnce }, reader));
      expect(load.failed).toEqual([]);
      process.stdout.write(`opened after the rotation: ${load.kept.length} of ${load.kept.length}\n`);
    },
    WITHIN_MS,
  );
});
