import type { Relation } from '@guitu/standards';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Personal } from '../../words';
import { isInCare, type Case } from '../case';
import { notNow, onlyOwner } from '../only-owner';

export type RelativesAnswer = 'WILL_COLLECT' | 'CANNOT' | 'REFUSE' | 'UNREACHABLE';

/** The station contacted relatives or the employer (联系亲属, Order 381 art 7(4)). Each attempt is a record of its own. */
export type RelativesContacted = Event<
  'RelativesContacted',
  {
    result: RelativesAnswer;
    relation?: Personal<'contact', Relation, 'relative'>;
    /** @maxLength 60 */
    name?: Personal<'contact', string, 'relative'>;
    /** @maxLength 30 */
    phone?: Personal<'contact', string, 'relative'>;
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const relativesContacted: EventKind<Case, RelativesContacted> = {
  zh: '联系亲属',
  basis: 'Order 381 art 7(4)',
  sealed: { relation: 'contact of relative', name: 'contact of relative', phone: 'contact of relative', note: 'narrative' },
  apply: (state) => state,
};

export type ContactRelatives = Command<'ContactRelatives', RelativesContacted['data']>;
export const contactRelatives: CommandKind<Case, ContactRelatives, RelativesContacted> = {
  zh: '登记联系亲属',
  by: ['STATION'],
  decide: ({ data, by }, state) => {
    onlyOwner(state, by);
    if (!isInCare(state)) throw notNow('The person is no longer in care.');
    return [{ type: 'RelativesContacted', data }];
  },
};
