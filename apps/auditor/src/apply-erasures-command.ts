import { removeCiphertexts, type RemoveSecrets } from '@guitu/erasure';
import type { Database } from '@guitu/event-log';
import {
  applyErasures,
  beginNewLedger,
  sqlBlindIndexErasure,
  sqlKeyLife,
  sqlLedgerNote,
  sqlStreamsOf,
  type ErasuresApplied,
  type KeyRange,
} from '@guitu/personal-data';
import { erasureLedgerOf } from '@guitu/wiring';
import type { Command } from 'commander';
import { Refused } from './failures';
import { show, withCommonOptions, withOpened, type CommonOptions, type Opened, type Session } from './session';

type Options = CommonOptions & Readonly<{ ledgerLost?: true; confirm?: true }>;

export function addApplyErasures(program: Command, session: Session): void {
  withCommonOptions(program.command('apply-erasures'))
    .summary('执行删除台账 the erasures of the ledger, again, after a restore')
    .description(
      [
        '恢复备份后使用：按删除台账再次销毁密钥、删除索引、清空密文；此前服务拒绝打开。可重复执行，中断后续行。',
        'After a restore: destroys the keys of everybody who was erased since, takes index rows and ciphertexts away. Before, the service refuses to open.',
        'Started again it goes on; where everything was applied it changes nothing.',
        '--ledger-lost: the ledger is gone for good. Begins a new one; who was erased after the backup is then readable again, and nobody knows who it is.',
      ].join('\n'),
    )
    .option('--ledger-lost', '台账已无法找回 begin a new ledger; wants --confirm')
    .option('--confirm', '确认 needed with --ledger-lost')
    .action((options: Options) => run(session, options));
}

async function run(session: Session, options: Options): Promise<void> {
  const ledgerPath = erasureLedgerOf(session.settings(options));
  if (options.ledgerLost === true && options.confirm !== true)
    throw new Refused('启用新台账须加 --confirm a new ledger forgets who was erased since the backup: it wants --confirm.');
  const applied = await withOpened(session, options, async (opened) => {
    const store = await opened.openKeyStore();
    if (options.ledgerLost === true) await beginNewLedger(store, ledgerPath);
    return applyErasures({
      note: sqlLedgerNote(store),
      store,
      life: sqlKeyLife(store),
      index: sqlBlindIndexErasure(store),
      ledgerPath,
      emptyCiphertexts: (keys) => emptyCiphertexts(opened, store, keys),
    });
  });
  show(session, options, applied, appliedText);
}

/** An engine that cannot take ciphertexts out leaves them, unreadable. */
async function emptyCiphertexts({ log, removeSecrets }: Opened, store: Database, ranges: readonly KeyRange[]): Promise<number> {
  if (removeSecrets === undefined) return 0;
  let emptied = 0;
  const counted: RemoveSecrets = async (stream, digests) => {
    const removed = await removeSecrets(stream, digests);
    emptied += removed;
    return removed;
  };
  const named = await sqlStreamsOf(
    store,
    ranges.map(({ subject }) => subject),
  );
  for (const { stream, subjects } of named) {
    const keys = ranges.filter(({ subject }) => subjects.includes(subject)).flatMap(versionsOf);
    await removeCiphertexts(log, { stream, keys, removeSecrets: counted });
  }
  return emptied;
}

const versionsOf = ({ subject, class: dataClass, upTo }: KeyRange) =>
  Array.from({ length: upTo }, (_, index) => ({ subject, class: dataClass, version: index + 1 }));

const appliedText = ({ entries, alreadyApplied, keys, indexRows, ciphertexts }: ErasuresApplied): string =>
  [
    `台账已执行 applied: 本次 ${entries} 件，先前 ${alreadyApplied} 件 ${entries} erasures now, ${alreadyApplied} before`,
    `  密钥 ${keys} 把 keys destroyed, 索引 ${indexRows} 行 index rows, 密文 ${ciphertexts} 个 ciphertexts removed`,
  ].join('\n');
