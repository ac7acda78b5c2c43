#!/usr/bin/env node
import path from 'node:path';
import {
  hasSandboxIssuer,
  openSandboxIssuer,
  playStory,
  readClock,
  registerAgencies,
  SandboxClient,
  type AgencyRow,
  type Played,
  type Story,
} from '@guitu/sandbox';
import { compareInstants } from '@guitu/standards';
import { Command } from 'commander';
import { printed } from './printed-step';
import { readAgencies, readStory } from './stories';
import { startThrowaway, type Throwaway } from './throwaway';

const EXIT_DIFFERS = 1;
const EXIT_BAD_USE = 2;

type Options = Readonly<{ keep?: boolean; url?: string; dataFolder: string; run?: string; quiet?: boolean }>;

async function play(name: string, options: Options): Promise<void> {
  const story = readStory(name);
  const agencies = readAgencies();
  const runningOn = path.resolve(options.dataFolder);
  if (options.url !== undefined && !hasSandboxIssuer(runningOn))
    throw new Error(`${runningOn} is not the data folder of a sandbox; name the one of ${options.url} with --data-folder.`);
  const instance = options.url === undefined ? await startThrowaway() : undefined;
  const url = options.url?.replace(/\/+$/, '') ?? instance?.url ?? '';
  const stopped = stopOnSignal(instance);
  try {
    const client = new SandboxClient(url, await openSandboxIssuer(instance?.dataFolder ?? runningOn));
    const differing = await playOn(client, { story, agencies }, options);
    console.log(
      differing === 0
        ? `\n${story.name} 与剧本一致。Played as written.`
        : `\n${story.name} 有 ${differing} 处与剧本不符。${differing} differences.`,
    );
    if (differing > 0) process.exitCode = EXIT_DIFFERS;
    if (instance !== undefined && options.keep === true) await keep(instance);
  } finally {
    stopped();
    await instance?.stop();
  }
}

type Told = Readonly<{ story: Story; agencies: readonly AgencyRow[] }>;

async function playOn(client: SandboxClient, { story, agencies }: Told, { quiet, run }: Options): Promise<number> {
  await checkClock(client, story, run);
  await registerAgencies(client, agencies);
  const names = new Map([...agencies, ...agenciesOf(story)].map(({ agencyId, name }) => [agencyId, name]));
  console.log(`${story.name}  ${story.title}\n`);
  const onStep = (one: Played): void => {
    if (quiet !== true || one.differences.length > 0) console.log(printed(one, names));
  };
  const played = await playStory(client, story, { onStep, ...(run === undefined ? {} : { run }) });
  return played.reduce((sum, { differences }) => sum + differences.length, 0);
}

/** Those that enter the directory in the course of the story. */
const agenciesOf = ({ steps }: Story): readonly Pick<AgencyRow, 'agencyId' | 'name'>[] =>
  steps.flatMap(({ agency, data }) =>
    agency !== undefined && data?.['name'] !== undefined ? [{ agencyId: agency, name: String(data['name']) }] : [],
  );

/** A new run needs a clock that has not passed its beginning; an earlier run may be repeated whenever. */
async function checkClock(client: SandboxClient, story: Story, run: string | undefined): Promise<void> {
  const stands = await readClock(client);
  const begins = story.steps[0]?.at ?? stands;
  if (run === undefined && compareInstants(stands, begins) > 0)
    throw new Error(
      `The sandbox clock stands at ${stands}, after the beginning of ${story.name} (${begins}), and never goes back; start a new sandbox.`,
    );
}

async function keep(instance: Throwaway): Promise<void> {
  console.log(`\n沙盒仍在运行 The sandbox goes on at ${instance.url} (data ${instance.dataFolder}); Ctrl-C ends it and removes the data.`);
  await instance.untilStopped();
}

/** Ctrl-C ends the sandbox as well; what waits for it goes on from there. */
function stopOnSignal(instance: Throwaway | undefined): () => void {
  const stop = (): void => void instance?.process().kill('SIGTERM');
  if (instance === undefined) return () => undefined;
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
}

new Command('play')
  .description('Plays a story over HTTP as its agencies and checks every step. Exit code 1: something differs from the story; 2: bad use.')
  .argument('<story>', 'sc-1, sc-2, … or a story file')
  .option('--keep', 'leave the throwaway instance running')
  .option('--url <url>', 'play against a running sandbox')
  .option(
    '--data-folder <folder>',
    "the running sandbox's data folder, for its token key (GUITU_DATA_FOLDER)",
    process.env['GUITU_DATA_FOLDER'] ?? '.guitu',
  )
  .option('--run <name>', 'name of the run; the same name sends the same commands again')
  .option('--quiet', 'print only what differs')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT_BAD_USE))
  .action(play)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(EXIT_BAD_USE);
  });
