import type { Rebuilt, RowDifference, Verified } from '@guitu/read-models';
import type { Command } from 'commander';
import { exitCodes } from './exit-codes';
import { BadUse, Refused } from './failures';
import { show, withCommonOptions, withOpened, type CommonOptions, type Opened, type Session } from './session';

type RebuildOptions = CommonOptions & Readonly<{ confirm?: true }>;

export function addRebuild(program: Command, session: Session): void {
  withCommonOptions(program.command('rebuild'))
    .summary('重建查询表 read models anew from the log, compared and switched')
    .description(
      [
        '由日志重建全部查询表：在旧表旁重建，逐行比对，一次切换；其间查询不中断。差异时退出码4，旧表保留。',
        'Rebuilds the read models from the log beside the old ones, compares them row by row and switches in one transaction.',
        'Differences end in exit code 4; the old rows are then kept. A live service wants --confirm.',
      ].join('\n'),
    )
    .option('--confirm', '确认重建 needed on the data folder of a live service')
    .action((options: RebuildOptions) => rebuild(session, options));
}

export function addVerifyReadModels(program: Command, session: Session): void {
  withCommonOptions(program.command('verify-read-models'))
    .summary('核对查询表 the log replayed against the read models')
    .description(
      '由日志重放并逐行核对查询表，不改动任何数据。Replays the log against the tables and names the rows that differ; changes nothing.',
    )
    .action((options: CommonOptions) => verify(session, options));
}

async function rebuild(session: Session, options: RebuildOptions): Promise<void> {
  if (session.dataFolder(options).mode === 'live' && options.confirm !== true)
    throw new Refused('正式数据的重建须加 --confirm a rebuild on a live data folder wants --confirm.');
  const result = await withOpened(session, options, async (opened) => (await prepared(opened)).rebuild(opened.log));
  show(session, options, result, rebuiltText);
  if (result.differing > 0) session.finish(exitCodes.broken);
}

async function verify(session: Session, options: CommonOptions): Promise<void> {
  const result = await withOpened(session, options, async (opened) => (await prepared(opened)).verify(opened.log));
  show(session, options, result, verifiedText);
  if (result.differing > 0) session.finish(exitCodes.broken);
}

async function prepared(opened: Opened): Promise<Awaited<ReturnType<Opened['openReadModels']>>> {
  const readModels = await opened.openReadModels();
  if ((await readModels.standing()).generation === 0)
    throw new BadUse('尚无查询表 there are no read models yet: start the service once, it makes them.');
  return readModels;
}

const rebuiltText = (result: Rebuilt): string =>
  [
    `已重建并切换 rebuilt and switched: 第${result.generation}代 generation ${result.generation}`,
    ...countLines(result),
    ...(result.sameCode ? [] : ['旧表由另一版本程序生成，未逐行比对 the old rows were made by another version and were not compared']),
    ...(result.kept === null ? [] : [`旧表保留为第${result.kept}代 the old rows are kept as generation ${result.kept}`]),
    ...differenceLines(result),
  ].join('\n');

const verifiedText = (result: Verified): string => ['核对完毕 verified', ...countLines(result), ...differenceLines(result)].join('\n');

const countLines = ({ events, position, rows }: Rebuilt | Verified): readonly string[] => [
  `重放 ${events} 条，至位置 ${position} replayed ${events} events up to position ${position}`,
  ...Object.entries(rows).map(([table, count]) => `  ${table} ${count} 行 rows`),
];

function differenceLines({ differing, differences }: Rebuilt | Verified): readonly string[] {
  if (differing === 0) return ['无差异 no differences'];
  const hidden = differing - differences.length;
  return [
    `差异 ${differing} 行 ${differing} rows differ`,
    ...differences.map(rowInWords),
    ...(hidden > 0 ? [`  另有 ${hidden} 行未列出 and ${hidden} more`] : []),
  ];
}

/** Which row, and which columns; never their values, which a terminal does not need to see. */
function rowInWords({ table, key, before, after }: RowDifference): string {
  const where = `  ${table} [${key.join(' ')}]`;
  if (before === null) return `${where} 表中缺少 missing in the tables`;
  if (after === null) return `${where} 日志中没有 not in the log`;
  return `${where} 列不同 columns differ: ${columnsThatDiffer(before, after).join(', ')}`;
}

function columnsThatDiffer(before: string, after: string): readonly string[] {
  const [old, fresh] = [JSON.parse(before) as Record<string, unknown>, JSON.parse(after) as Record<string, unknown>];
  const columns = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  const differing = columns.filter((column) => JSON.stringify(old[column]) !== JSON.stringify(fresh[column]));
  return differing.length > 0 ? differing : ['(bytes)'];
}
