import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event } from '../../words';
import type { Case } from '../case';
import { onlyOwner } from '../only-owner';

/** `DEFERRED`: an emergency did not allow it yet (PIPL art 18); that is recorded, and the notice is still owed. */
export type NoticeMode = 'ORAL' | 'WRITTEN' | 'DEFERRED' | 'TO_GUARDIAN';

/** The person was told what is processed about him or her and why (个人信息处理告知; PIPL arts 17, 18, 35). */
export type NoticeGiven = Event<
  'NoticeGiven',
  {
    mode: NoticeMode;
    /**
     * @minLength 1
     * @maxLength 40
     */
    textVersion: string;
  }
>;
export const noticeGiven: EventKind<Case, NoticeGiven> = {
  zh: '个人信息处理告知',
  basis: 'PIPL arts 17, 18, 35',
  apply: (state, { mode }) => ({
    ...state,
    reception: { ...state.reception, noticeGiven: state.reception.noticeGiven || mode !== 'DEFERRED' },
  }),
};

export type GiveNotice = Command<'GiveNotice', NoticeGiven['data']>;
export const giveNotice: CommandKind<Case, GiveNotice, NoticeGiven> = {
  zh: '告知个人信息处理',
  by: ['STATION'],
  decide: ({ data, by }, state) => {
    onlyOwner(state, by);
    return state.reception.noticeGiven ? [] : [{ type: 'NoticeGiven', data }];
  },
};
