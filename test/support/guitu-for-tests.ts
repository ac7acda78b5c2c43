import { modeOf, openLogOnly, readSettings } from '@guitu/wiring';
import { runGuitu } from '../../apps/auditor/src/run-guitu';

export type Ended = Readonly<{ code: number; out: string; err: string }>;

/** Runs `guitu` in this process on a data folder. @param args without the data folder; texts with spaces stay whole in a list */
export async function guituOn(dataFolder: string, args: string | readonly string[]): Promise<Ended> {
  const [out, err]: [string[], string[]] = [[], []];
  const settings = () => readSettings({ GUITU_DATA_FOLDER: dataFolder });
  const code = await runGuitu(typeof args === 'string' ? args.split(' ') : args, {
    terminal: { print: (text) => out.push(text), complain: (text) => err.push(text) },
    settings,
    dataFolder: () => ({ path: dataFolder, mode: modeOf(dataFolder) }),
    serviceUrl: () => 'http://127.0.0.1:1',
    open: ({ databaseUrl }) => openLogOnly(settings(), databaseUrl),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}
