import { decideDue, retentionList, type CaseDue, type DecidedDue } from '@guitu/erasure';
import { CommandDesk } from '@guitu/history';
import type { Actor } from '@guitu/rescue';
import { dateInChina, instantInChina, isCalendarDate, type CalendarDate } from '@guitu/standards';
import type { Command } from 'commander';
import { BadUse, Refused } from './failures';
import { show, withCommonOptions, withOpened, type CommonOptions, type Opened, type Session } from './session';

type Options = CommonOptions & Readonly<{ dryRun?: true; asOf?: string; agency?: string; user?: string }>;
type Listed = Readonly<{ asOf: CalendarDate; due: readonly CaseDue[]; decided: readonly DecidedDue[] }>;

export function addRetention(program: Command, session: Session): void {
  withCommonOptions(program.command('retention'))
    .summary('到期的个人信息 what the terms of keeping let go')
    .description(
      [
        '列出保管期限已满的个人信息：个案、何人、类别、到期日、依据。--dry-run 只列出，可用 --as-of 指定日期。',
        'Lists the personal data whose term of keeping is over: case, whose, classes, due day, ground. --dry-run changes nothing and takes --as-of.',
        '不加 --dry-run：以 --agency 和 --user 的名义作出删除决定；仍须另一人在服务中确认，有保全的略过。',
        'Without it an erasure of each is decided in the name of --agency and --user; somebody else confirms it in the service. What is held is left alone.',
      ].join('\n'),
    )
    .option('--dry-run', '只列出 change nothing')
    .option('--as-of <date>', '截至日期 as of this day (with --dry-run); else today in China')
    .option('--agency <id>', '作出决定的机构 the agency that decides')
    .option('--user <number>', '作出决定的人 the number of the member of staff who decides')
    .action((options: Options) => run(session, options));
}

async function run(session: Session, options: Options): Promise<void> {
  const { dryRun, asOf = dateInChina(instantInChina(Date.now())) } = options;
  if (!isCalendarDate(asOf)) throw new BadUse(`--as-of 要求日期 wants a day (2051-01-31), not ${asOf}.`);
  const by = dryRun === true ? undefined : deciderOf(session, options);
  const listed = await withOpened(session, options, async (opened): Promise<Listed> => {
    const due: CaseDue[] = [];
    for await (const one of retentionList(opened.log, asOf)) due.push(one);
    return { asOf, due, decided: by === undefined ? [] : await decideAll(opened, { by, on: asOf, due }) };
  });
  show(session, options, listed, inWords);
}

/** @throws BadUse, Refused */
function deciderOf(session: Session, options: Options): Actor {
  const { agency, user, asOf } = options;
  if (asOf !== undefined) throw new BadUse('--as-of 须与 --dry-run 同用 --as-of belongs to --dry-run: what is decided is due today.');
  if (agency === undefined || user === undefined)
    throw new Refused('须说明由谁决定 an erasure has a decider: --agency ID --user NUMBER; or only list: --dry-run.');
  if (session.dataFolder(options).mode === 'sandbox')
    throw new Refused(
      '演练环境的时钟由服务移动 a sandbox has a clock of its own: decide over HTTP there; or only list: --dry-run --as-of DATE.',
    );
  return { agency, user, client: 'guitu-retention', role: 'staff' };
}

async function decideAll(
  opened: Opened,
  { by, on, due }: Readonly<{ by: Actor; on: CalendarDate; due: readonly CaseDue[] }>,
): Promise<readonly DecidedDue[]> {
  const { directory } = await (await opened.openReadModels()).directory();
  const world = () => ({ now: instantInChina(Date.now()), directory });
  const desk = new CommandDesk({ log: opened.log, keyring: await opened.openKeyring(), world });
  const decided: DecidedDue[] = [];
  for (const one of due.filter(({ held }) => !held)) decided.push(await decideDue({ desk, world }, { by, on, due: one }));
  return decided;
}

const inWords = ({ asOf, due, decided }: Listed): string =>
  [
    `截至 ${asOf} 到期 ${due.length} 项 due by that day: ${due.length}`,
    ...due.map(
      ({ caseId, dueOn, persons, classes, basis, inCharge, held }) =>
        `  ${dueOn}  ${caseId}  ${persons.join('+')}  ${classes.join('+')}  ${inCharge ?? '-'}${held ? '  留存保全 held' : ''}\n    ${basis}`,
    ),
    ...decided.map(
      ({ caseId, erasureId, outcome }) =>
        `  ${caseId} ${erasureId}: ${outcome === 'decided' ? '已决定，待确认 decided, to be confirmed' : outcome}`,
    ),
  ].join('\n');
