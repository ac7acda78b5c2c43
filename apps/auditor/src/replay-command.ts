import { purposeCodes, purposeOf, type Purpose } from '@guitu/disclosure';
import { type Command, Option } from 'commander';
import { clocks, parsePointOfPast, type Clock } from './as-of-moment';
import { pastView } from './as-of';
import { pastText } from './as-of-text';
import { gateAtTheTerminal } from './at-the-terminal';
import { BadUse, Refused } from './failures';
import { keepShut, type Disclosure } from './personal';
import { replay } from './replay';
import { replayText } from './replay-text';
import { show, withLogOptions, withOpened, type CommonOptions, type Opened, type Session } from './session';
import { auditStream, type Audited } from './stored-history';
import { tellBreaks } from './tell-breaks';

type Options = CommonOptions & Readonly<{ open?: true; reason?: string; purpose?: Purpose; asOf?: string; by: Clock }>;

export function addReplay(program: Command, session: Session): void {
  withLogOptions(program.command('replay'))
    .summary('重放个案 the readable history of a case, or its state at a moment')
    .description(
      [
        '重放个案：每条记录的机构、三个时间、责任的产生与了结，并校验链条。',
        'The history of a case: who recorded what, three times each, what it did to duties; the chain of envelopes is checked.',
        '--as-of TIME：截至该时间的状态。一天指该日24:00（中国时间）。The state at that point; a day means its end in China.',
        '--by recorded：当时日志已知的 what the log knew then (default)；--by occurred：按所述发生时间 what is said to have happened by then.',
      ].join('\n'),
    )
    .argument('<case>', '个案编号 id of a case, or the name of any stream such as agency-taicang-station')
    .option('--as-of <moment>', '日志位置、日期或带时区的时间 a position, a day, or a time with offset')
    .addOption(new Option('--by <clock>', '以登记时间或发生时间为准 which time counts').choices(clocks).default('recorded'))
    .option('--open', '打开个人信息 open personal values; wants --reason and the key file; the reading is recorded in the log first')
    .option('--reason <text>', '打开的用途 why they are opened; printed with the result')
    .addOption(new Option('--purpose <code>', '用途代码，默认AUDIT the purpose that is recorded (AUDIT)').choices(auditorPurposes))
    .action((name: string, options: Options) => run(session, name, options));
}

async function run(session: Session, name: string, options: Options): Promise<void> {
  const reason = reasonOf(options);
  const point = options.asOf === undefined ? undefined : parsePointOfPast(options.asOf, options.by);
  if (point !== undefined && reason !== undefined)
    throw new BadUse('--as-of 不含个人信息 a state holds no personal values: leave --open out.');
  await withOpened(session, options, async (opened) => {
    const audited = await auditStream(opened.log, name);
    if (point !== undefined) show(session, options, pastView(audited, point), pastText);
    else
      show(session, options, await replay(audited, await disclosureFor(opened, audited, { reason, purpose: options.purpose })), replayText);
    tellBreaks(session, audited);
  });
}

/** Refuses to open personal values without a stated reason (bad-use row: personal data to a terminal). */
function reasonOf({ open, reason, purpose }: Options): string | undefined {
  if (open !== true) {
    if (reason !== undefined || purpose !== undefined)
      throw new BadUse('--reason、--purpose 须与 --open 同用 --reason and --purpose belong to --open.');
    return undefined;
  }
  const stated = reason?.trim() ?? '';
  if (stated === '') throw new Refused('打开个人信息须说明用途 personal values are opened for a stated reason only: --open --reason TEXT.');
  return stated;
}

/** The purposes that somebody who reads every case may have. */
const auditorPurposes = purposeCodes.filter((code) => 'purpose' in purposeOf(code, 'auditor'));

type Stated = Readonly<{ reason: string | undefined; purpose: Purpose | undefined }>;

async function disclosureFor(
  { log, openKeyring }: Opened,
  { directory }: Audited,
  { reason, purpose = 'AUDIT' }: Stated,
): Promise<Disclosure> {
  if (reason === undefined) return keepShut;
  return { open: true, reason, ...gateAtTheTerminal({ log, keyring: await openKeyring(), directory }, purpose) };
}
