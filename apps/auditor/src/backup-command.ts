import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { readKeyStore, type KeyStoreRows, type KeyStoreTable } from '@guitu/personal-data';
import { holdsEverything, modeOf } from '@guitu/wiring';
import type { Command } from 'commander';
import { refuseToReplace, writeBackup } from './backup-file';
import { recordLines } from './backup-of-log';
import { BadUse, Refused } from './failures';
import { show, withCommonOptions, withOpened, type CommonOptions, type Opened, type Session } from './session';

type Options = CommonOptions & Readonly<{ log: string; keys: string }>;

/** `position`: of the last record in the backup. Both files name the first event, so that files of two installations are not taken for one. */
type Backup = Readonly<{
  log: string;
  keys: string;
  records: number;
  position: string;
  digest: string;
  rows: Readonly<Record<string, number>>;
}>;

export function addBackup(program: Command, session: Session): void {
  withCommonOptions(program.command('backup'))
    .summary('备份 the log and the wrapped keys, into two files')
    .description(
      [
        '备份内嵌数据库：日志与已加密的个人密钥分存两个文件，服务可照常运行。主密钥文件和删除台账不在其中，须另行保管。',
        'Backs the embedded database up while the service runs: the log into one file, the wrapped keys into another (keep them apart).',
        'Neither the key file nor the erasure ledger is in a backup: keep copies of both elsewhere. Read models are made anew after a restore.',
      ].join('\n'),
    )
    .requiredOption('--log <path>', '日志备份 a new file for the log, or a folder')
    .requiredOption('--keys <path>', '密钥备份 a new file for the wrapped keys, or a folder')
    .action((options: Options) => run(session, options));
}

async function run(session: Session, options: Options): Promise<void> {
  const settings = session.settings(options);
  if (!holdsEverything(settings))
    throw new Refused(
      '仅用于内嵌数据库 this backs up the embedded database; a PostgreSQL or EventStoreDB of your own has its own tools: docs/guides/backup-and-restore.md.',
    );
  const mode = modeOf(settings.dataFolder);
  const moment = new Date().toISOString();
  const [logFile, keysFile] = [fileFor(options.log, 'log', moment), fileFor(options.keys, 'keys', moment)];
  if (logFile === keysFile) throw new BadUse('日志和密钥须分存两个文件 --log and --keys want two files.');
  for (const file of [logFile, keysFile]) refuseInside(file, settings.dataFolder);
  const made = await withOpened(session, options, (opened) => backUp(opened, { logFile, keysFile, moment, mode: mode ?? 'live' }));
  show(session, options, made, backupText);
}

type Wanted = Readonly<{ logFile: string; keysFile: string; moment: string; mode: 'live' | 'sandbox' }>;

/** First the log, then the keys: every value in the log has its key in the keys. A key that was destroyed in between is in neither. */
async function backUp({ log, openKeyStore }: Opened, { logFile, keysFile, moment, mode }: Wanted): Promise<Backup> {
  const [head, firstRecord] = [await log.head(), (await log.readAll(0n, 1))[0]];
  const about = { moment, mode, firstEvent: firstRecord?.id ?? null, position: String(head) };
  const written = await writeBackup(logFile, { kind: 'log', first: about, lines: recordLines(log, head), last: () => ({}) });
  try {
    const rows: Partial<Record<KeyStoreTable, number>> = {};
    const counted = async function* (pages: AsyncIterable<KeyStoreRows>) {
      for await (const page of pages) {
        rows[page.table] = (rows[page.table] ?? 0) + page.rows.length;
        yield page;
      }
    };
    const keys = await readKeyStore(await openKeyStore(), (pages) =>
      writeBackup(keysFile, { kind: 'keys', first: about, lines: counted(pages), last: () => ({ rows }) }),
    );
    await written.place();
    await keys.place();
    return { log: logFile, keys: keysFile, records: written.count, position: String(head), digest: written.digest, rows };
  } finally {
    await written.drop();
  }
}

function fileFor(given: string, what: 'log' | 'keys', moment: string): string {
  const wanted = path.resolve(given);
  const isFolder = existsSync(wanted) && statSync(wanted).isDirectory();
  const file = isFolder ? path.join(wanted, `guitu-${what}-${moment.replace(/[-:.]/g, '')}.jsonl.gz`) : wanted;
  if (!existsSync(path.dirname(file))) throw new BadUse(`没有该目录 there is no folder ${path.dirname(file)}.`);
  refuseToReplace(file);
  return file;
}

/** What lies in the data folder goes when it goes, and the service takes it for foreign. */
function refuseInside(file: string, dataFolder: string): void {
  if (!existsSync(dataFolder)) return;
  const inside = path.relative(realpathSync(dataFolder), path.join(realpathSync(path.dirname(file)), path.basename(file)));
  if (!inside.startsWith('..') && !path.isAbsolute(inside))
    throw new Refused(`备份须在数据目录之外 a backup lies outside the data folder ${dataFolder}.`);
}

const backupText = ({ log, keys, records, position, digest, rows }: Backup): string =>
  [
    `已备份 backed up: ${records} 条 records, 至位置 up to position ${position}`,
    `  日志 log  ${log}`,
    `  密钥 keys ${keys}（${rows['subject_key'] ?? 0} 把，均已加密 wrapped keys）`,
    `  摘要 digest sha256:${digest}`,
    '主密钥文件与删除台账不在备份中，请另存 the key file and the erasure ledger are not in it: keep copies of them elsewhere',
  ].join('\n');
