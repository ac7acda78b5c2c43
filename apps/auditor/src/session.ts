import type { RemoveSecrets } from '@guitu/erasure';
import type { Database, EventLog } from '@guitu/event-log';
import type { Keyring } from '@guitu/personal-data';
import type { ReadModels } from '@guitu/read-models';
import type { Settings } from '@guitu/wiring';
import type { Command } from 'commander';
import type { ExitCode } from './exit-codes';
import { BadUse } from './failures';
import { asJson, type Terminal } from './terminal';

/** Options of every command. */
export type CommonOptions = Readonly<{ json?: true; dataFolder?: string; databaseUrl?: string }>;

/** What a command that looks at stored data opens. The read models and the keys are opened only when they are asked for. */
export type Opened = Readonly<{
  log: EventLog;
  openKeyring: () => Promise<Keyring>;
  /** The wrapped keys, for the operator's work on them; also before the erasure ledger was applied. */
  openKeyStore: () => Promise<Database>;
  /** Takes ciphertexts out of the records of a stream, by their digests; absent where the engine cannot. */
  removeSecrets?: RemoveSecrets;
  openReadModels: () => Promise<Pick<ReadModels, 'standing' | 'rebuild' | 'verify' | 'rowsSealedWith' | 'directory'>>;
  /** Also where the rows were made from another log. */
  forgetReadModels: () => Promise<void>;
  close: () => Promise<void>;
}>;

/** What the commands reach of the world around them. */
export type Surroundings = Readonly<{
  terminal: Terminal;
  open: (options: CommonOptions) => Promise<Opened>;
  /** The data folder that is meant, and the mode of its service; undefined where no service has worked yet. */
  dataFolder: (options: CommonOptions) => Readonly<{ path: string; mode: 'live' | 'sandbox' | undefined }>;
  /** The settings of the service, as the options change them. @throws WrongSettings */
  settings: (options: CommonOptions) => Settings;
  /** Where the service of these settings answers. */
  serviceUrl: (options: CommonOptions) => string;
}>;

/** One run of `guitu`: the surroundings, and the exit code that the command decides on. */
export type Session = Surroundings & Readonly<{ finish: (code: ExitCode) => void }>;

export const withCommonOptions = (command: Command): Command =>
  command
    .option('--json', '以JSON输出 print JSON')
    .option('--data-folder <folder>', '服务的数据目录 data folder of the service (GUITU_DATA_FOLDER, else .guitu)');

export const withLogOptions = (command: Command): Command =>
  withCommonOptions(command).option('--database-url <url>', '只读登录 a login that may read the log, used as it is, e.g. of a replica');

/** Opens what the options name, works, and closes it again whatever happens. */
export async function withOpened<T>(session: Session, options: CommonOptions, work: (opened: Opened) => Promise<T>): Promise<T> {
  checkUrl(options.databaseUrl);
  const opened = await session.open(options);
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

/** The message never repeats the URL: it may hold a password. */
function checkUrl(url: string | undefined): void {
  if (url !== undefined && !(URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)))
    throw new BadUse('--database-url 要求 postgres://… wants a URL like postgres://role:password@host:5432/database.');
}

/** Prints one result, as JSON or as text. */
export const show = <T>({ terminal }: Session, { json }: CommonOptions, result: T, inWords: (result: T) => string): void =>
  terminal.print(json === true ? asJson(result) : inWords(result));
