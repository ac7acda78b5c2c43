import type { Command } from 'commander';
import { explain } from './explain';
import { explanationText } from './explain-text';
import { BadUse } from './failures';
import { show, withLogOptions, withOpened, type CommonOptions, type Session } from './session';
import { auditStream } from './stored-history';
import { tellBreaks } from './tell-breaks';

type Options = CommonOptions & Readonly<{ case?: string }>;

export function addExplain(program: Command, session: Session): void {
  withLogOptions(program.command('explain'))
    .summary('解释责任 why a duty exists, how its limit was counted, what became of it')
    .description(
      [
        '解释一项责任：起因、条款、政策版本、逐日计算、证据、逾期与变动。',
        'One duty: its trigger, clause, policy version, the days counted step by step, evidence, breach and changes.',
        '用法 Use: guitu explain CASE DUTY，或 or guitu explain DUTY --case CASE',
      ].join('\n'),
    )
    .argument('<first>', '个案编号 the case, or the duty with --case')
    .argument('[duty]', '责任编号 the duty, such as D-F1-1')
    .option('--case <case>', '个案编号 the case, when only the duty is named')
    .action((first: string, second: string | undefined, options: Options) => run(session, named(first, second, options.case), options));
}

type Named = Readonly<{ name: string; dutyId: string }>;

function named(first: string, second: string | undefined, stated: string | undefined): Named {
  if (second !== undefined && stated !== undefined) throw new BadUse('个案只写一次 name the case once: before the duty, or with --case.');
  const dutyId = stated === undefined ? second : first;
  if (dutyId === undefined) throw new BadUse('责任编号只在个案内唯一 a duty is known inside its case only: guitu explain CASE DUTY.');
  return { name: stated ?? first, dutyId };
}

const run = (session: Session, { name, dutyId }: Named, options: Options): Promise<void> =>
  withOpened(session, options, async ({ log }) => {
    const audited = await auditStream(log, name);
    // A break is told even when the duty itself lies behind it and cannot be found.
    tellBreaks(session, audited);
    show(session, options, explain(audited, dutyId), explanationText);
  });
