import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { compareStatements, type Agreement, type Difference } from '../handover/statement';
import { onlyOwner } from '../only-owner';
import type { BelongingsRegistered, KeptThing } from './register-belongings';

/** The station gives back what it kept, on one list (物品退还); what differs from that list is computed and kept. */
export type BelongingsReturned = Event<
  'BelongingsReturned',
  {
    inventoryId: LocalId;
    /** `AGENCY`: whoever has the person from now on takes the things along. */
    to: 'PERSON' | 'RELATIVE' | 'AGENCY';
    /** @maxItems 100 */
    items: Personal<'narrative', readonly KeptThing[]>;
    /** Whether the same things come back in the same numbers; `UNKNOWN`: the list was erased. */
    agreement: Agreement;
    /** Where they differ: `giver` is what was listed, `receiver` what comes back. */
    differences: Personal<'narrative', readonly Difference[]>;
    /**
     * Who took them, if not the person.
     * @maxLength 60
     */
    receivedBy?: Personal<'identity', string, 'relative'>;
    /**
     * @minLength 1
     * @maxLength 60
     */
    signedBy: Personal<'contact', string, 'staff'>;
  }
>;
export const belongingsReturned: EventKind<Case, BelongingsReturned> = {
  zh: '物品退还',
  basis: '规程 [X]; dossier P2(3), 4.4',
  sealed: { items: 'narrative', differences: 'narrative', receivedBy: 'identity of relative', signedBy: 'contact of staff' },
  apply: (state, { inventoryId }) => ({
    ...state,
    reception: { ...state.reception, returnedInventories: [...state.reception.returnedInventories, inventoryId] },
  }),
};

export type ReturnBelongings = Command<'ReturnBelongings', Omit<BelongingsReturned['data'], 'agreement' | 'differences'>>;
export const returnBelongings: CommandKind<Case, ReturnBelongings, BelongingsReturned> = {
  zh: '退还物品',
  by: ['STATION'],
  needs: ({ inventoryId }, { reception }) => {
    const listed = findList(reception.inventories, inventoryId);
    return listed === undefined ? [] : [listed];
  },
  decide: ({ data, by }, state, { opened }) => {
    onlyOwner(state, by);
    const listed = findList(state.reception.inventories, data.inventoryId);
    if (listed === undefined)
      throw new Refusal('unknown-reference', `There is no list ${data.inventoryId} in this case.`, { pointer: '/inventoryId' });
    if (state.reception.returnedInventories.includes(data.inventoryId)) return [];
    if (data.to === 'PERSON' && (state.location === 'DECEASED' || state.location === 'MISSING'))
      throw new Refusal('validation-failed', 'The person is not there to take anything back.', { pointer: '/to' });
    const list = opened.get(listed) as BelongingsRegistered['data'] | 'erased' | undefined;
    const { comparison, differences } = compareStatements(list === undefined || list === 'erased' ? 'erased' : { belongings: list.items }, {
      belongings: data.items,
    });
    return [{ type: 'BelongingsReturned', data: { ...data, agreement: comparison.belongings, differences } }];
  },
};

const findList = (lists: Case['reception']['inventories'], id: LocalId): string | undefined =>
  Object.hasOwn(lists, id) ? lists[id] : undefined;
