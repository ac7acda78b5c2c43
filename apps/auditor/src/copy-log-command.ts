import {
  copyLog,
  engineOf,
  openCopySource,
  openCopyTarget,
  type Copied,
  type CopyProgress,
  type CopySource,
  type CopyTarget,
} from '@guitu/event-log';
import { migrateDatabase } from '@guitu/wiring';
import { Option, type Command } from 'commander';
import { exitCodes } from './exit-codes';
import { BadUse, Refused } from './failures';
import { show, withCommonOptions, type CommonOptions, type Session } from './session';
import type { Terminal } from './terminal';

type Options = CommonOptions & Readonly<{ from?: string; to?: string }>;

export function addCopyLog(program: Command, session: Session): void {
  withCommonOptions(program.command('copy-log'))
    .summary('迁移日志 the log copied into another engine, compared at the end')
    .description(
      [
        '把全部日志复制到另一引擎（PostgreSQL 或 EventStoreDB）：编号、次序、字节、密文与登记时间不变；中断后再次执行即续传；最后逐流核对。',
        'Copies the whole log into another engine: ids, order, bytes, ciphertexts and recorded times stay. Killed, it goes on when started again.',
        'At the end both logs are read and compared; a difference ends in exit code 4. The target must be empty or a copy that was begun.',
        'Stop the services first: what is recorded after the end was reached is not in the copy. Read models are made anew from the copy.',
      ].join('\n'),
    )
    .addOption(new Option('--from <url>', '源 postgres://… or esdb://…; without it the log of the data folder').env('GUITU_COPY_FROM'))
    .addOption(new Option('--to <url>', '目标 postgres://… of the owner of the log, or esdb://…').env('GUITU_COPY_TO'))
    .action((options: Options) => run(session, options));
}

async function run(session: Session, options: Options): Promise<void> {
  const { from, to } = options;
  if (to === undefined) throw new BadUse('须指明目标 copy-log wants --to postgres://… or --to esdb://… (or GUITU_COPY_TO).');
  if (from === to) throw new BadUse('源与目标相同 --from and --to name the same log.');
  try {
    const copied = await withEnds(session, options, to, (source, target) =>
      copyLog({ source, target, onProgress: tellProgress(session.terminal) }),
    );
    show(session, options, copied, copiedText);
  } catch (error) {
    throw inOurWords(session, error);
  }
}

async function withEnds<T>(
  session: Session,
  options: Options,
  to: string,
  work: (source: CopySource, target: CopyTarget) => Promise<T>,
): Promise<T> {
  // Both addresses are looked at before anything is opened.
  for (const url of [to, ...(options.from === undefined ? [] : [options.from])]) engineOf(url);
  const source = options.from === undefined ? await sourceOfDataFolder(session, options) : await openCopySource(options.from);
  try {
    const target = await preparedTarget(to);
    try {
      return await work(source, target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function sourceOfDataFolder(session: Session, options: Options): Promise<CopySource> {
  const { log, close } = await session.open(options);
  return { readAll: (after, limit) => log.readAll(after, limit), close };
}

/** An empty database gets its tables first. */
async function preparedTarget(url: string): Promise<CopyTarget> {
  try {
    return await openCopyTarget(url);
  } catch (error) {
    if ((error as Partial<Error>).name !== 'StoreNotMigrated') throw error;
    await migrateDatabase(url);
    return openCopyTarget(url);
  }
}

const tellEveryMs = 1_000;

const steps: { readonly [K in CopyProgress['step']]: string } = {
  comparing: '比对已复制的 compared with the source',
  copying: '已复制 copied',
  verifying: '已核对 verified',
};

function tellProgress(terminal: Terminal): (progress: CopyProgress) => void {
  let toldAt = performance.now();
  return ({ step, records }) => {
    if (performance.now() - toldAt < tellEveryMs) return;
    toldAt = performance.now();
    terminal.complain(`${steps[step]}: ${records}`);
  };
}

const copiedText = ({ records, streams, digest, found, copied, position }: Copied): string =>
  [
    `已复制并核对 copied and verified: ${records} 条 records, ${streams} 流 streams`,
    `  本次 in this run ${copied}, 先前 before ${found}; 源位置 up to position ${position} of the source`,
    `  摘要 digest sha256:${digest}`,
  ].join('\n');

const refused: ReadonlySet<unknown> = new Set(['TargetHoldsOthers', 'TargetInUse']);
const mayNotImport = '42501';

/** What the copy throws, as the shell is told of it; everything else is told as with the other commands. */
function inOurWords(session: Session, error: unknown): unknown {
  const { name, message = '', code } = Object(error) as Partial<Error & { code: unknown }>;
  if (name === 'UnknownEngine') return new BadUse(message);
  if (refused.has(name)) return new Refused(message);
  if (code === mayNotImport)
    return new Refused('无权迁入 the login of --to may not bring records with their own times: it wants the owner of the log.');
  if (name === 'OutcomeUnknown')
    return Object.assign(new Error('目标未答复，请再次执行 the target did not answer; start the copy again, it goes on.'), {
      name: 'LogUnavailable',
    });
  if (name === 'CopyDiffers') session.finish(exitCodes.broken);
  return name === 'CopyDiffers' ? new Refused(message) : error;
}
