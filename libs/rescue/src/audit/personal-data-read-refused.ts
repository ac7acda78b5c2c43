import type { EventKind } from '../stream-kind';
import type { Event } from '../words';
import type { Audit } from './audit';
import type { Reading } from './personal-data-read';

/** Personal values were asked for and not released (拒绝查阅个人信息). */
export type PersonalDataReadRefused = Event<'PersonalDataReadRefused', Reading>;
export const personalDataReadRefused: EventKind<Audit, PersonalDataReadRefused> = {
  zh: '拒绝查阅个人信息',
  basis: '[P] dossier 4.13, 9.3; [L] PIPL arts 51, 54',
  apply: (state) => ({ ...state, refusals: state.refusals + 1 }),
};
