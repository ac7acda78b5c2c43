import { compareInstants, dueInWords } from '@guitu/standards';
import type { Case, Location } from './case/case';
import type { Duty } from './duties/duty';
import type { Situation } from './situation';
import type { AnyStreamKind } from './stream-kind';
import { nameOf } from './world/directory';
import type { World } from './world/world';

/** Chinese is what station staff read; English on request. */
export type WordsLanguage = 'zh' | 'en';
type Said = Readonly<Record<WordsLanguage, string>>;

/** Where the person is, in words. */
export const locationWords: { readonly [L in Location]: Said } = {
  STREET: { zh: '在街面，尚未登记求助', en: 'on the street, not yet registered by a station' },
  REGISTERED: { zh: '已登记求助，待甄别', en: 'registered, eligibility not decided' },
  IN_STATION: { zh: '在站', en: 'in the station' },
  IN_HOSPITAL: { zh: '在院', en: 'in hospital' },
  IN_TRANSIT: { zh: '返乡途中', en: 'on the way home' },
  MISSING: { zh: '走失', en: 'missing' },
  LEFT: { zh: '已离站', en: 'has left' },
  REFUSED: { zh: '不予救助', en: 'help was refused' },
  DECEASED: { zh: '已死亡', en: 'deceased' },
  ARCHIVED: { zh: '已归档', en: 'archived' },
};

/**
 * Where a case stands, in sentences: where the person is, who has the person, then for each open duty on whom it waits, until when, by which clause
 * ("等待凤阳县救助管理站于2020-10-26 24:00前完成：回执，依据…"). The most urgent duty first.
 */
export function wordsOfCase(kind: AnyStreamKind, situation: Situation<Case>, world: World, language: WordsLanguage): readonly string[] {
  const { state, duties } = situation;
  const holder = state.custody.holder;
  const custody =
    holder === null
      ? { zh: '目前不在任何机构照管之下', en: 'no agency has custody' }
      : { zh: `由${nameOf(world, holder, world.now)}照管`, en: `${nameOf(world, holder, world.now)} has custody` };
  const where = locationWords[state.location];
  const open = Object.values(duties.open).sort((a, b) => compareInstants(a.dueAt, b.dueAt) || (a.dutyId < b.dutyId ? -1 : 1));
  const first = language === 'zh' ? `人员${where.zh}；${custody.zh}。` : `The person is ${where.en}; ${custody.en}.`;
  return [first, ...open.map((duty) => wordsOfDuty(kind, duty, world, language))];
}

/** One duty as a sentence. */
export function wordsOfDuty(kind: AnyStreamKind, duty: Duty, world: World, language: WordsLanguage): string {
  const rule = kind.duties.find(({ key }) => key === duty.key);
  const debtor = nameOf(world, duty.owedBy, world.now);
  const due = dueInWords(duty.dueAt);
  const late = compareInstants(world.now, duty.dueAt) > 0;
  if (language === 'zh') {
    const overdue = late ? '，已逾期' : '';
    return `等待${debtor}于${due}前${rule?.zh ?? duty.key}${overdue}，依据${rule?.basis ?? ''}（${duty.dutyId}）。`;
  }
  return `Waiting for ${debtor} until ${due}: ${rule?.en ?? duty.key}${late ? ', overdue' : ''}, by ${rule?.basis ?? ''} (${duty.dutyId}).`;
}
