import type { Command } from 'commander';
import { Refused } from './failures';
import { show, withCommonOptions, withOpened, type CommonOptions, type Session } from './session';

type ForgetOptions = CommonOptions & Readonly<{ confirm?: true }>;

export function addForgetReadModels(program: Command, session: Session): void {
  withCommonOptions(program.command('forget-read-models'))
    .summary('丢弃查询表 throw the read models away, so that they follow another log')
    .description(
      [
        '日志迁往另一引擎后使用：先停止全部进程，丢弃查询表，下次启动时由新日志从头生成。日志和密钥不受影响。',
        'For a log that has moved to another engine: stop every process, throw the rows away, and the next start makes them from the new log.',
        'The log and the keys stay as they are.',
      ].join('\n'),
    )
    .option('--confirm', '确认丢弃 always needed')
    .action((options: ForgetOptions) => forget(session, options));
}

async function forget(session: Session, options: ForgetOptions): Promise<void> {
  if (options.confirm !== true) throw new Refused('丢弃查询表须加 --confirm throwing the read models away wants --confirm.');
  await withOpened(session, options, (opened) => opened.forgetReadModels());
  show(session, options, { forgotten: true }, () => '查询表已丢弃，下次启动时重新生成 thrown away; the next start makes them anew');
}
