#!/usr/bin/env node
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  BadStory,
  openSandboxIssuer,
  parseAgencies,
  parseStory,
  playStory,
  registerAgencies,
  SandboxClient,
  type Played,
  type Story,
} from '@guitu/sandbox';
import { Command } from 'commander';
import { printed } from './printed-step';
import { startThrowaway, type Throwaway } from './throwaway';

const EXIT_DIFFERS = 1;
const EXIT_BAD_USE = 2;
const stories = path.resolve(__dirname, '../../../../samples/stories');

type Options = Readonly<{ keep?: boolean; url?: string; dataFolder?: string; run?: string; quiet?: boolean }>;

async function play(name: string, options: Options): Promise<void> {
  const story = readStory(name);
  const instance = options.url === undefined ? await startThrowaway() : undefined;
  const url = options.url ?? instance?.url ?? '';
  const folder = instance?.dataFolder ?? path.resolve(options.dataFolder ?? '.guitu');
  try {
    const differing = await playOn(new SandboxClient(url, await openSandboxIssuer(folder)), story, options);
    console.log(
      differing === 0
        ? `\n${story.name} 与剧本一致。Played as written.`
        : `\n${story.name}: ${differing} 处与剧本不符。${differing} differences.`,
    );
    if (differing > 0) process.exitCode = EXIT_DIFFERS;
  } finally {
    await leave(instance, options);
  }
}

async function playOn(client: SandboxClient, story: Story, options: Options): Promise<number> {
  await registerAgencies(client, parseAgencies(readFileSync(path.join(stories, 'agencies.yaml'), 'utf8')));
  console.log(`${story.name}  ${story.title}\n`);
  const show = (one: Played): void => {
    if (options.quiet !== true || one.differences.length > 0) console.log(printed(one));
  };
  const played = await playStory(client, story, { onStep: show, ...(options.run === undefined ? {} : { run: options.run }) });
  return played.reduce((sum, { differences }) => sum + differences.length, 0);
}

async function leave(instance: Throwaway | undefined, options: Options): Promise<void> {
  if (instance === undefined) return;
  if (options.keep !== true) return await instance.stop();
  console.log(`\n沙盒仍在运行 The sandbox goes on at ${instance.url} (data ${instance.dataFolder}); Ctrl-C ends it.`);
  await instance.untilStopped();
}

function readStory(name: string): Story {
  const file = existsSync(name) ? name : path.join(stories, `${name.toLowerCase()}.yaml`);
  if (!existsSync(file)) {
    const known = readdirSync(stories)
      .filter((one) => one.startsWith('sc-'))
      .map((one) => one.replace('.yaml', ''));
    throw new BadStory(name, [`There is no such story; there are: ${known.join(', ')}.`]);
  }
  return parseStory(file, readFileSync(file, 'utf8'));
}

new Command('play')
  .description('Plays a story over HTTP as its agencies and checks every step. Exit code 1: something differs from the story; 2: bad use.')
  .argument('<story>', 'sc-1, sc-2, … or a story file')
  .option('--keep', 'leave the throwaway instance running')
  .option('--url <url>', 'play against a running sandbox')
  .option('--data-folder <folder>', "the running sandbox's data folder, for its token key", '.guitu')
  .option('--run <name>', 'name of the run; the same name sends the same commands again')
  .option('--quiet', 'print only what differs')
  .action(play)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(EXIT_BAD_USE);
  });
