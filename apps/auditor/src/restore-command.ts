import { copyLog, openCopyTarget, openDatabase } from '@guitu/event-log';
import { keyStoreTables, putKeyStoreRows, type KeyStoreRows } from '@guitu/personal-data';
import { erasureLedgerOf, keyFileOf, openForRestore, type EmptyInstallation } from '@guitu/wiring';
import type { Command } from 'commander';
import { checkBackup, damaged, readBackup } from './backup-file';
import { sourceOfBackup } from './backup-of-log';
import { Refused } from './failures';
import { show, withCommonOptions, type CommonOptions, type Session } from './session';

type Options = CommonOptions & Readonly<{ log: string; keys: string }>;
type About = Readonly<{ moment: string; mode: 'live' | 'sandbox'; firstEvent: string | null; position: bigint }>;
type Restored = Readonly<{
  dataFolder: string;
  records: number;
  streams: number;
  digest: string;
  rows: number;
  keyFile: string;
  keyEncryptionKeys: readonly string[];
  erasureLedger: string;
}>;

export function addRestore(program: Command, session: Session): void {
  withCommonOptions(program.command('restore'))
    .summary('恢复 a backup into an empty data folder')
    .description(
      [
        '把备份恢复到空的数据目录：先核对摘要，编号、次序、字节与登记时间不变；完成前任何服务都不能打开该目录。',
        'Brings a backup into an empty data folder: digests first, then ids, order, bytes and recorded times as they were.',
        'By hand before the first start: put the key file and the erasure ledger in place, then guitu apply-erasures; the service refuses to open before.',
      ].join('\n'),
    )
    .requiredOption('--log <file>', '日志备份 the backup of the log')
    .requiredOption('--keys <file>', '密钥备份 the backup of the keys, made with the log or later')
    .action((options: Options) => run(session, options));
}

async function run(session: Session, options: Options): Promise<void> {
  const [log, keys] = [await aboutOf('log', options.log), await aboutOf('keys', options.keys)];
  checkPair(log, keys);
  const settings = session.settings(options);
  const target = await openForRestore(settings, log.mode);
  try {
    const copied = await bringLog(options.log, target);
    const brought = await bringKeys(options.keys, target);
    target.finish();
    const places = { dataFolder: settings.dataFolder, keyFile: keyFileOf(settings), erasureLedger: erasureLedgerOf(settings) };
    show(session, options, { ...copied, ...brought, ...places }, restoredText);
  } finally {
    await target.close();
  }
}

/** Reads the whole file. @throws BackupDamaged */
async function aboutOf(kind: 'log' | 'keys', file: string): Promise<About> {
  const { moment, mode, firstEvent, position } = (await checkBackup(kind, file)).first;
  const known =
    typeof moment === 'string' && (mode === 'live' || mode === 'sandbox') && typeof position === 'string' && /^\d+$/.test(position);
  if (!known || (firstEvent !== null && typeof firstEvent !== 'string')) throw damaged(file, 'its first line does not tell what it is');
  return { moment, mode, firstEvent, position: BigInt(position) };
}

function checkPair(log: About, keys: About): void {
  if (log.mode !== keys.mode || (log.firstEvent !== null && log.firstEvent !== keys.firstEvent))
    throw new Refused('日志与密钥备份不属于同一系统 the two backups are not of the same installation.');
  if (keys.position < log.position)
    throw new Refused(
      `密钥备份早于日志备份 the keys (${keys.moment}) are older than the log (${log.moment}): values recorded in between would never open again; take later keys.`,
    );
}

async function bringLog(file: string, { superuserUrl }: EmptyInstallation): Promise<Pick<Restored, 'records' | 'streams' | 'digest'>> {
  const source = sourceOfBackup(file);
  const target = await openCopyTarget(superuserUrl);
  try {
    const { records, streams, digest } = await copyLog({ source, target });
    return { records, streams, digest };
  } finally {
    await target.close();
    await source.close();
  }
}

/** All rows or none. */
async function bringKeys(file: string, { superuserUrl }: EmptyInstallation): Promise<Pick<Restored, 'rows' | 'keyEncryptionKeys'>> {
  const database = openDatabase({ connectionString: superuserUrl, poolSize: 1 });
  try {
    return await database.transaction(async (query) => {
      let rows = 0;
      for await (const line of readBackup('keys', file)) {
        if ('format' in line || 'end' in line) continue;
        const page = pageOf(line, file);
        await putKeyStoreRows(query, page);
        rows += page.rows.length;
      }
      const ids = await query<{ id: string }>(
        `select kek_id as id from personal_data.service_key union select kek_id from personal_data.subject_key where wrapped is not null order by 1`,
      );
      return { rows, keyEncryptionKeys: ids.map(({ id }) => id) };
    });
  } finally {
    await database.close();
  }
}

function pageOf({ table, rows }: Readonly<Record<string, unknown>>, file: string): KeyStoreRows {
  const known = keyStoreTables.find((name) => name === table);
  if (known === undefined || !Array.isArray(rows) || !rows.every((row) => typeof row === 'string'))
    throw damaged(file, 'a line holds no rows of the key store');
  return { table: known, rows };
}

const restoredText = (restored: Restored): string =>
  [
    `已恢复并核对 restored and compared: ${restored.records} 条 records, ${restored.streams} 流 streams, ${restored.rows} 行密钥数据 rows of the key store`,
    `  摘要 digest sha256:${restored.digest}`,
    '启动前请手工完成 before the service starts, by hand:',
    `  1. 主密钥文件 key file (${restored.keyEncryptionKeys.join(', ') || '无 none'}) → ${restored.keyFile}`,
    `  2. 删除台账 erasure ledger → ${restored.erasureLedger}`,
    `  3. guitu apply-erasures --data-folder ${restored.dataFolder}`,
  ].join('\n');
