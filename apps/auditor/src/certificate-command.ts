import { certificateOf, certificateText } from '@guitu/erasure';
import type { Command } from 'commander';
import { show, withLogOptions, withOpened, type CommonOptions, type Session } from './session';

type Options = CommonOptions & Readonly<{ erasure?: string }>;

export function addCertificate(program: Command, session: Session): void {
  withLogOptions(program.command('certificate'))
    .summary('删除证明 the certificate of an erasure')
    .description(
      [
        '个人信息删除证明：各步骤的事件编号与叶散列、已销毁的密钥、各处结果与时间。只读日志，不含个人信息。',
        'The certificate of an erasure: its events with their leaf hashes, the keys that are gone, every place with what was done there and when.',
        'Made from the log alone; it holds no personal value.',
      ].join('\n'),
    )
    .argument('<case>', '个案编号 id of a case')
    .option('--erasure <id>', '删除编号；默认最近一次 the id of the erasure; else the newest one')
    .action((caseId: string, options: Options) => run(session, caseId, options));
}

async function run(session: Session, caseId: string, options: Options): Promise<void> {
  const certificate = await withOpened(session, options, ({ log }) => certificateOf(log, caseId, options.erasure));
  show(session, options, certificate, certificateText);
}
