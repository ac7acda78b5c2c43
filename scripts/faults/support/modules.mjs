import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The invariants of a folder, by id: every .mjs file directly in it is one, and exports `{ id, title, promise?, run(context) }`.
 *
 * `run` gives one result or a list of them (one per engine or kind of fault):
 * `{ what?, engine?, runs, faults, violations, figures, naive: { what, violations, runs } }`, or `{ what?, engine?, skipped: 'why' }`.
 * The context: `{ seed, random, size: 'short' | 'full', scale, amount(short, full), tell(text) }`; see support/random.mjs.
 */
export async function findModules(folder, only) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.mjs'));
  const modules = [];
  for (const file of files) {
    const module = await import(pathToFileURL(path.join(folder, file)).href);
    if (typeof module.id !== 'string' || typeof module.run !== 'function' || typeof module.title !== 'string')
      throw new Error(`${file} exports no id, title and run`);
    modules.push(module);
  }
  const unknown = (only ?? []).filter((id) => !modules.some((module) => module.id === id));
  if (unknown.length > 0) throw new Error(`--only names ${unknown.join(', ')}: there is no such invariant here`);
  return modules.filter(({ id }) => only === undefined || only.includes(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}
