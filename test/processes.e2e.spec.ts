import { randomUUID } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog } from '@guitu/event-log';
import { isDutyEvent, readCase, registerAgencies, type Noted, type SandboxClient, type Step } from '@guitu/sandbox';
import { openLogOnly } from '@guitu/wiring';
import { readAgencies, readStory } from '../apps/player/src/stories';
import { installation, StartRefused, type Installation, type PartProcess } from './support/separate-processes';

const WITHIN_MS = 300_000;
const STANDS_STILL = 3;
const CASES_PER_ROUND = 15;
/** How old the agency directory of a process may be. */
const DIRECTORY_AGE_MS = 300;
const UNAVAILABLE = 503;
const kebab = (command: string): string => command.replace(/(?<=[a-z0-9])[A-Z]/g, '-$&').toLowerCase();

/** Asks again until it is so; jest's own limit is the only one. */
async function until(met: () => Promise<boolean>): Promise<void> {
  while (!(await met())) await sleep(50);
}

/** Gives a step of a story as it is entered today: it happened then. While the service asks to come again, the same request is sent again. */
async function enter(client: SandboxClient, step: Step, caseId: string | undefined): Promise<Readonly<Record<string, unknown>>> {
  const place = caseId === undefined ? '/v1/cases' : `/v1/cases/${caseId}`;
  const message = {
    key: randomUUID(),
    body: { occurredAt: step.occurredAt ?? step.at, backfillReason: '按纸质档案补录', data: step.data ?? {} },
  };
  for (;;) {
    const { status, body } = await client.post({ agency: step.by ?? '', role: 'staff' }, `${place}/${kebab(step.command ?? '')}`, message);
    if (status !== UNAVAILABLE) return { status, ...body };
    await sleep(50);
  }
}

/** Registers the agencies, from the beginning while the service asks to come again: each has its key. */
const registered = (client: SandboxClient): Promise<void> =>
  until(() =>
    registerAgencies(client, readAgencies()).then(
      () => true,
      (error: Error) => {
        if (error.message.includes(`: ${UNAVAILABLE} `)) return false;
        throw error;
      },
    ),
  );

/** Every agency known to a process, which has not written them itself. */
async function directoryReaches(client: SandboxClient): Promise<void> {
  const agency = readAgencies().at(-1)?.agencyId ?? '';
  await until(async () => (await client.get({ agency: 'sandbox', role: 'registrar' }, `/v1/agencies/${agency}`)).status === 200);
  await sleep(DIRECTORY_AGE_MS);
}

/** Which limit of which duty each recorded breach is about. */
async function breachesIn(log: EventLog): Promise<readonly string[]> {
  const breaches: string[] = [];
  for (let after = 0n; ;) {
    const page = await log.readAll(after, 1_000);
    after = page.at(-1)?.position ?? after;
    if (page.length === 0) return breaches;
    for (const { stream, envelope } of page.filter(({ type }) => type === 'DutyBreached')) {
      const { data } = JSON.parse(Buffer.from(envelope).toString('utf8')) as { data: { dutyId: string; dueAt: string } };
      breaches.push(`${stream} ${data.dutyId} ${data.dueAt}`);
    }
  }
}

/** The rows are those of a rebuild, and nothing that time brought was written down twice. */
async function expectSound(house: Installation): Promise<void> {
  const opened = await openLogOnly(house.settings);
  try {
    const head = await opened.log.head();
    const readModels = await opened.openReadModels();
    expect(await readModels.waitForPosition(head, WITHIN_MS)).toBe(true);
    expect(await readModels.verify(opened.log)).toMatchObject({ differing: 0, differences: [] });
    const breaches = await breachesIn(opened.log);
    expect(breaches.length).toBeGreaterThan(0);
    expect(breaches.filter((breach, index) => breaches.indexOf(breach) !== index)).toEqual([]);
  } finally {
    await opened.close();
  }
}

describe('An installation of separate processes', () => {
  let house: Installation;
  beforeAll(async () => {
    house = await installation({ GUITU_LEASE_SECONDS: '2', GUITU_TIMEKEEPER_REST_SECONDS: '1' });
  }, WITHIN_MS);
  afterAll(() => house.stop(), WITHIN_MS);

  const leases = ['projector', 'timekeeper'] as const;
  /** Who holds each lease, as soon as somebody does. */
  async function holders(): Promise<readonly Readonly<{ pid: number; epoch: bigint }>[]> {
    for (;;) {
      const found = await Promise.all(leases.map((lease) => house.holderOf(lease)));
      const known = found.filter((holder) => holder !== undefined);
      if (known.length === leases.length) return known;
      await sleep(50);
    }
  }

  let apis: readonly PartProcess[] = [];
  let clients: readonly SandboxClient[] = [];

  it(
    'starts all at once on an empty database, whichever comes first',
    async () => {
      const parts = await Promise.all([
        house.start('api'),
        house.start('api'),
        house.start('projector'),
        house.start('projector'),
        house.start('timekeeper'),
        house.start('timekeeper'),
      ]);
      apis = parts.slice(0, 2);
      clients = apis.map((api) => house.clientOf(api));
      for (const part of parts) await until(async () => (await part.health()).status === 200);
      for (const name of leases)
        await until(async () => {
          const told = await Promise.all(parts.filter((part) => part.name === name).map((part) => part.health()));
          return (
            told
              .map(({ body }) => body['lease'])
              .sort()
              .join() === 'held,waiting'
          );
        });
    },
    WITHIN_MS,
  );

  it(
    'plays a story through two APIs in turn, and each shows what the other has recorded',
    async () => {
      const [one, other] = clients as [SandboxClient, SandboxClient];
      await registered(one);
      await directoryReaches(other);
      let caseId: string | undefined;
      for (const [index, step] of readStory('sc-1').steps.entries()) {
        if (step.command === undefined || step.refused !== undefined) continue;
        const answer = await enter(index % 2 === 0 ? one : other, step, caseId);
        const types = ((answer['events'] ?? []) as readonly Noted[]).map(({ type }) => type).filter((type) => !isDutyEvent(type));
        expect([step.what, answer['detail'], types]).toEqual([step.what, undefined, step.then?.events ?? types]);
        caseId ??= String(answer['caseId']);
        const position = { 'guitu-min-position': String(answer['position']) };
        const reader = index % 2 === 0 ? other : one;
        const place = `/v1/cases/${caseId}/timeline?limit=1`;
        const read = (): Promise<number> =>
          reader.get({ agency: step.by ?? '', role: 'staff' }, place, position).then(({ status }) => status);
        await until(async () => (await read()) !== UNAVAILABLE);
        expect([step.what, await read()]).toEqual([step.what, 200]);
      }
      for (const client of clients) expect((await readCase(client, caseId ?? '')).loops['loop-1']?.phase).toBe('CLOSED');
      await expectSound(house);
    },
    WITHIN_MS,
  );

  it(
    'whose projector and timekeeper stand still past their leases: others take over, and the awakened write nothing',
    async () => {
      const [encounter] = readStory('sc-1').steps as readonly [Step];
      for (let round = 0; round < STANDS_STILL; round += 1) {
        const before = await holders();
        const stopped = before.map(({ pid }) => pid);
        const giving = Promise.all(Array.from({ length: CASES_PER_ROUND }, (_, index) => enter(clients[index % 2]!, encounter, undefined)));
        for (const pid of stopped) process.kill(pid, 'SIGSTOP');
        const given = await giving;
        expect(given.map(({ status }) => status)).toEqual(given.map(() => 201));
        for (const [index, lease] of leases.entries())
          await until(async () => {
            const now = await house.holderOf(lease);
            return now !== undefined && now.epoch > before[index]!.epoch && now.pid !== before[index]!.pid;
          });
        const head = { 'guitu-min-position': String(given.at(-1)?.['position']) };
        await until(async () => {
          const read = await clients[0]!.get({ agency: 'taicang-police', role: 'staff' }, '/v1/desk', head);
          return read.status === 200;
        });
        for (const pid of stopped) process.kill(pid, 'SIGCONT');
        for (const [index, lease] of leases.entries()) await until(async () => (await house.holderOf(lease))?.pid !== before[index]?.pid);
      }
      await expectSound(house);
    },
    WITHIN_MS,
  );

  it(
    'refuses a process that brings other passwords, and keeps the first ones working',
    async () => {
      const file = path.join(house.settings.dataFolder, '..', 'other-passwords.json');
      const theirs = JSON.parse(readFileSync(path.join(house.settings.dataFolder, 'keys', 'role-passwords.json'), 'utf8')) as object;
      writeFileSync(file, JSON.stringify(Object.fromEntries(Object.keys(theirs).map((role) => [role, 'a-1/ %']))));
      const refusal = async (): Promise<StartRefused> => {
        const refused: unknown = await house.start('projector', { GUITU_ROLE_PASSWORDS_FILE: file }).catch((error: unknown) => error);
        if (refused instanceof StartRefused) return refused;
        throw new Error('It was not refused.');
      };
      chmodSync(file, 0o644);
      expect((await refusal()).said).toContain('chmod 600');
      chmodSync(file, 0o600);
      const { code, said } = await refusal();
      expect([code, said.trim().split('\n').length]).toEqual([2, 1]);
      expect(said).toContain('GUITU_ROLE_PASSWORDS_FILE');
      expect(said).not.toContain('a-1');
      const another = await house.start('projector');
      expect((await another.health()).status).toBe(200);
    },
    WITHIN_MS,
  );

  it(
    'ends each with SIGTERM and exit code 0, and lets go of its leases',
    async () => {
      const projector = await house.start('projector');
      const timekeeper = await house.start('timekeeper');
      for (const part of [projector, timekeeper]) expect(await part.stop()).toBe(0);
      for (const api of apis) {
        expect((await api.health()).status).toBe(200);
        expect([api.complained(), await api.stop()]).toEqual(['', 0]);
      }
    },
    WITHIN_MS,
  );
});
