import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BadStory, parseAgencies, parseStory, type AgencyRow, type Story } from '@guitu/sandbox';

/** The folder of the shipped stories, from the built player or from its source. */
export function storiesFolder(from = __dirname): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const stories = path.join(folder, 'samples', 'stories');
    if (existsSync(stories)) return stories;
    if (folder === path.dirname(folder)) throw new Error('The folder samples/stories is missing.');
  }
}

/** The names of the shipped stories: those of the dossier in the order of their numbers, then those that play every step. */
export function storyNames(folder = storiesFolder()): readonly string[] {
  const names = readdirSync(folder).flatMap((file) => (/^(sc-\d+|all-steps-[a-z]+)\.yaml$/.test(file) ? [file.replace('.yaml', '')] : []));
  return names.sort((a, b) => orderOf(a) - orderOf(b) || (a < b ? -1 : 1));
}

const orderOf = (name: string): number => (name.startsWith('sc-') ? Number(name.slice(3)) : Number.MAX_SAFE_INTEGER);

/** A shipped story by its name (`sc-1`, in any case), or a story file. @throws BadStory */
export function readStory(name: string, folder = storiesFolder()): Story {
  const file = existsSync(name) ? name : path.join(folder, `${name.toLowerCase()}.yaml`);
  if (!existsSync(file)) throw new BadStory(name, [`There is no such story; there are: ${storyNames(folder).join(', ')}.`]);
  return parseStory(file, readFileSync(file, 'utf8'));
}

/** The invented agencies of the sandbox. */
export const readAgencies = (folder = storiesFolder()): readonly AgencyRow[] =>
  parseAgencies(readFileSync(path.join(folder, 'agencies.yaml'), 'utf8'));
