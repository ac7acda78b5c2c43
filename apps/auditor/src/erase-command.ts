import { classWords, countIndexRows, erasurePlan, planText, whoseWords } from '@guitu/erasure';
import { sqlKeyLife } from '@guitu/personal-data';
import type { DataClass, Whose } from '@guitu/rescue';
import { type Command, Option } from 'commander';
import { Refused } from './failures';
import { show, withCommonOptions, withOpened, type CommonOptions, type Session } from './session';

const classes = Object.keys(classWords) as readonly DataClass[];
const persons = Object.keys(whoseWords) as readonly Whose[];

type Options = CommonOptions & Readonly<{ dryRun?: true; class: readonly DataClass[]; person: readonly Whose[] }>;

export function addErase(program: Command, session: Session): void {
  withCommonOptions(program.command('erase'))
    .summary('删除预览 what an erasure would destroy')
    .description(
      [
        '删除预览：将销毁哪些密钥，涉及哪些事件、查询表行和索引行。不作任何更改，不打开个人信息。',
        'Lists which keys an erasure would destroy, and which events, rows and index rows hold values under them. Changes nothing and opens nothing.',
        '删除须经两人在服务中决定和确认 An erasure itself is decided and confirmed by two people in the service, never here.',
      ].join('\n'),
    )
    .argument('<case>', '个案编号 id of a case')
    .option('--dry-run', '预览 always needed')
    .addOption(new Option('--class <classes...>', '信息类别 classes of data').choices(classes).default(classes))
    .addOption(new Option('--person <persons...>', '何人 whose').choices(persons).default(['person']))
    .action((caseId: string, options: Options) => run(session, caseId, options));
}

async function run(session: Session, caseId: string, options: Options): Promise<void> {
  if (options.dryRun !== true)
    throw new Refused(
      '此处只作预览，须加 --dry-run an erasure is decided and confirmed by two people in the service; here it is listed: --dry-run.',
    );
  const plan = await withOpened(session, options, async ({ log, openKeyStore, openReadModels }) => {
    const store = await openKeyStore();
    const readModels = await openReadModels();
    const parts = {
      ...{ log, keys: sqlKeyLife(store) },
      indexRows: (subjects: readonly string[]) => countIndexRows(store, subjects),
      rowsSealedWith: readModels.rowsSealedWith.bind(readModels),
    };
    return erasurePlan(parts, { caseId, persons: options.person, classes: options.class });
  });
  show(session, options, plan, planText);
}
