import { auditor, playStory, type Played } from '@guitu/sandbox';
import { readStory, storyNames } from '../apps/player/src/stories';
import { caseOf, toldTogether } from './support/all-stories';
import { startSandboxForTests, type SandboxForTests } from './support/sandbox-for-tests';

const WITHIN_MS = 300_000;
const stories = storyNames().map((name) => readStory(name));

describe('The stories, played over HTTP at the same time against one sandbox', () => {
  let sandbox: SandboxForTests;
  let played: readonly Played[] = [];
  beforeAll(async () => {
    sandbox = await startSandboxForTests();
    played = await playStory(sandbox.client, toldTogether(stories));
  }, WITHIN_MS);
  afterAll(() => sandbox.instance.stop(), WITHIN_MS);

  const of = (name: string): readonly Played[] => played.filter(({ step }) => step.case.startsWith(`${name} `));
  const lastOf = (name: string, theCase = 'main'): Played | undefined =>
    of(name).findLast(({ step }) => step.case === caseOf(name, theCase));

  it.each(stories.map(({ name, title }) => [name, title]))('%s %s: nothing differs from the story', (name) => {
    const differing = of(name).filter(({ differences }) => differences.length > 0);
    expect(differing.map(({ step, differences }) => ({ line: step.line, what: step.what, differences }))).toEqual([]);
    expect(of(name).length).toBe(stories.find((story) => story.name === name)?.steps.length);
  });

  it('SC-1 closes on 2020-11-13 and no duty was ever breached', async () => {
    const { caseId = '', breaches } = lastOf('SC-1')?.after ?? {};
    expect(breaches).toEqual([]);
    const { body } = await sandbox.client.get(auditor, `/v1/cases/${caseId}`);
    expect(body['state']).toMatchObject({ feedback: { loops: { 'loop-1': { phase: 'CLOSED', since: '2020-11-13T10:00:00+08:00' } } } });
  });

  it('every refusal of the stories was asked for', () => {
    const refused = played.filter(({ refusedWith }) => refusedWith !== null);
    expect(refused.map(({ refusedWith }) => refusedWith)).toEqual(
      expect.arrayContaining(['DSP-CARRIER-NOT-ALLOWED', 'FBK-WRONG-SENDER', 'FBK-WRONG-ADDRESSEE', 'FBK-NOT-CROSS-REGION']),
    );
    expect(refused.filter(({ step }) => step.refused === undefined)).toEqual([]);
  });
});
