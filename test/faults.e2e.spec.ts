import { playStory, type Played } from '@guitu/sandbox';
import { readStory } from '../apps/player/src/stories';
import { comparable, readHistory, type ReadEvent } from './support/case-history';
import { startSandboxForTests, type SandboxForTests } from './support/sandbox-for-tests';

const WITHIN_MS = 240_000;
const story = readStory('sc-1');
/** One name for every run: the same keys, and so the same ids of case and events, in every sandbox. */
const run = 'the-same-run';

/** After how many steps the service is killed, and how many milliseconds later: before, within and after a command. */
const kills = new Map([
  [1, 0],
  [5, 4],
  [11, 12],
  [16, 25],
  [22, 8],
  [24, 45],
  [29, 2],
  [33, 5],
]);

const caseIdOf = (played: readonly Played[]): string => played.findLast(({ after }) => after !== null)?.after?.caseId ?? '';
const differencesIn = (played: readonly Played[]): readonly string[] => played.flatMap(({ differences }) => differences);
const versionsOf = (history: readonly ReadEvent[]): readonly number[] => history.map(({ version }) => version);
const upTo = (length: number): readonly number[] => Array.from({ length }, (_, index) => index + 1);

describe('SC-1 ends in the same history whatever happens to the service and its callers', () => {
  const open: SandboxForTests[] = [];
  const start = async (): Promise<SandboxForTests> => {
    const sandbox = await startSandboxForTests();
    open.push(sandbox);
    return sandbox;
  };
  let quiet: SandboxForTests;
  let undisturbed: readonly ReadEvent[] = [];
  let caseId = '';

  beforeAll(async () => {
    quiet = await start();
    const played = await playStory(quiet.client, story, { run });
    expect(differencesIn(played)).toEqual([]);
    caseId = caseIdOf(played);
    undisturbed = await readHistory(quiet.client, caseId);
  }, WITHIN_MS);
  afterAll(async () => void (await Promise.all(open.map(({ instance }) => instance.stop()))), WITHIN_MS);

  it('undisturbed, its events are numbered without a hole and hold the personal values that were sent', () => {
    expect(versionsOf(undisturbed)).toEqual(upTo(undisturbed.length));
    expect(undisturbed.length).toBeGreaterThan(story.steps.length);
    expect(undisturbed.find(({ type }) => type === 'IdentityConfirmed')?.['data']).toMatchObject({ name: '赵根生' });
  });

  it(
    'killing the service (-9) again and again and starting it on the same folder changes nothing',
    async () => {
      const sandbox = await start();
      let steps = 0;
      let killed = 0;
      const onStep = (): void => {
        const delay = kills.get((steps += 1));
        if (delay === undefined) return;
        const victim = sandbox.instance.process();
        setTimeout(() => void (killed += victim.kill('SIGKILL') ? 1 : 0), delay);
      };
      const played = await playStory(await sandbox.reviver(), story, { run, onStep });
      // On a fast machine the story can be over before the last kill, and a kill can meet a process that is already dead.
      expect(killed).toBeGreaterThanOrEqual(kills.size / 2);
      expect(differencesIn(played)).toEqual([]);
      expect(caseIdOf(played)).toBe(caseId);
      expect(comparable(await readHistory(sandbox.client, caseId))).toEqual(comparable(undisturbed));
    },
    WITHIN_MS,
  );

  it(
    'sending every command a second time with its key gives the first answers again and records nothing',
    async () => {
      const again = await playStory(quiet.client, story, { run });
      expect(differencesIn(again)).toEqual([]);
      expect(again.filter(({ step, again: replayed }) => step.command !== undefined && !replayed).map(({ step }) => step.what)).toEqual([]);
      expect(await readHistory(quiet.client, caseId)).toEqual(undisturbed);
    },
    WITHIN_MS,
  );

  it(
    'two clients that play it at once with the same keys make one history without a hole',
    async () => {
      const sandbox = await start();
      const clients = [sandbox.client, await sandbox.reviver()];
      const both = await Promise.all(clients.map((client) => playStory(client, story, { run, shared: true })));
      for (const played of both) expect(differencesIn(played)).toEqual([]);
      const history = await readHistory(sandbox.client, caseId);
      expect(versionsOf(history)).toEqual(upTo(history.length));
      expect(comparable(history)).toEqual(comparable(undisturbed));
    },
    WITHIN_MS,
  );

  it(
    'a story with refusals can be repeated as well: a refusal belongs to its moment and is not asked for again',
    async () => {
      const sandbox = await start();
      const refusing = readStory('sc-2');
      const played = await playStory(sandbox.client, refusing, { run });
      expect(differencesIn(played)).toEqual([]);
      const before = await readHistory(sandbox.client, caseIdOf(played));
      expect(differencesIn(await playStory(sandbox.client, refusing, { run }))).toEqual([]);
      expect(await readHistory(sandbox.client, caseIdOf(played))).toEqual(before);
    },
    WITHIN_MS,
  );

  it(
    'another run of the same story is another case',
    async () => {
      const sandbox = await start();
      const [first] = (await playStory(sandbox.client, { ...story, steps: story.steps.slice(0, 1) }, { run: 'another-run' })) ?? [];
      expect(first?.after?.caseId).not.toBe(caseId);
      expect(first?.differences).toEqual([]);
    },
    WITHIN_MS,
  );
});
