import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEventStoreLog } from '@guitu/event-log';
import { openSandboxIssuer, playStory, registerAgencies, SandboxClient, type Played } from '@guitu/sandbox';
import { openLogOnly, readSettings } from '@guitu/wiring';
import { readAgencies, readStory, storyNames } from '../apps/player/src/stories';
import { freePort } from '../apps/player/src/throwaway';
import { startEventStoreDouble, type EventStoreDouble } from '../libs/event-log/src/testing/eventstore-double';
import { toldTogether } from './support/all-stories';
import { startService, type ServiceProcess } from './support/service-process';

const WITHIN_MS = 400_000;
const EXIT_CANNOT_START = 2;
const stories = storyNames().map((name) => readStory(name));

/** Stories want a server of their own: what other specs write is no history of this house. */
const emptyServerVariable = 'GUITU_TEST_EVENTSTORE_EMPTY';

async function emptyServer(): Promise<string | undefined> {
  const url = process.env[emptyServerVariable];
  if (!url) return undefined;
  const log = await openEventStoreLog({ connectionString: url });
  const empty = (await log.head()) === 0n;
  await log.close();
  if (!empty) throw new Error(`The EventStoreDB that ${emptyServerVariable} names is not empty.`);
  return url;
}

// The double stands in for the server where none is named: what is shown then is that the house runs on the adapter, not what EventStoreDB does.
describe(`The house with its history in ${process.env[emptyServerVariable] ? 'EventStoreDB' : 'the double of EventStoreDB'}`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-on-eventstore-'));
  const settings: Record<`GUITU_${string}`, string> = { GUITU_MODE: 'sandbox', GUITU_DATA_FOLDER: path.join(folder, 'data') };
  const postgresAlone = { ...settings };
  let double: EventStoreDouble | undefined;
  let service: ServiceProcess | undefined;
  let played: readonly Played[] = [];

  beforeAll(async () => {
    const server = await emptyServer();
    if (server === undefined) double = await startEventStoreDouble();
    const port = await freePort();
    Object.assign(settings, {
      GUITU_EVENT_LOG: 'eventstoredb',
      GUITU_EVENTSTORE_URL: server ?? double?.url,
      GUITU_PORT: String(port),
    });
    service = startService(settings);
    await service.started;
    const client = new SandboxClient(`http://127.0.0.1:${port}`, await openSandboxIssuer(settings['GUITU_DATA_FOLDER'] ?? ''));
    await registerAgencies(client, readAgencies());
    played = await playStory(client, toldTogether(stories));
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
  }, WITHIN_MS);

  afterAll(async () => {
    service?.child.kill('SIGTERM');
    await service?.ended;
    await double?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, WITHIN_MS);

  it.each(stories.map(({ name, title }) => [name, title]))('%s %s: nothing differs from the story', (name) => {
    const own = played.filter(({ step }) => step.case.startsWith(`${name} `));
    const differing = own.filter(({ differences }) => differences.length > 0);
    expect(differing.map(({ step, differences }) => ({ line: step.line, what: step.what, differences }))).toEqual([]);
    expect(own.length).toBe(stories.find((story) => story.name === name)?.steps.length);
  });

  it(
    'keeps the rest in PostgreSQL: rows as a rebuild makes them, and no event',
    async () => {
      const opened = await openLogOnly(readSettings(settings));
      const readModels = await opened.openReadModels();
      expect(await readModels.verify(opened.log)).toMatchObject({ differing: 0, position: await opened.log.head() });
      await opened.close();
      const here = await openLogOnly(readSettings(postgresAlone));
      expect(await here.log.head()).toBe(0n);
      await expect(here.openReadModels()).rejects.toThrow('made from another event log');
      await here.close();
    },
    WITHIN_MS,
  );

  it(
    'refuses to start on another log than the one that the rows were made from',
    async () => {
      service?.child.kill('SIGTERM');
      await service?.ended;
      const another = startService({ ...postgresAlone, GUITU_PORT: String(await freePort()) });
      expect(await another.ended).toBe(EXIT_CANNOT_START);
      expect(another.said().stderr).toContain('guitu forget-read-models --confirm');
    },
    WITHIN_MS,
  );
});
