import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import type { Belonging } from '../handover/statement';
import { notNow, onlyOwner } from '../only-owner';

/** A thing that the station keeps for the person. */
export type KeptThing = Belonging &
  Readonly<{
    /**
     * What it is worth, in fen, where somebody knows.
     * @asType integer
     * @minimum 0
     */
    valueFen?: number;
  }>;

/** The station lists what it keeps for the person (物品登记). A second list gets an id of its own; a list is never rewritten. */
export type BelongingsRegistered = Event<
  'BelongingsRegistered',
  {
    inventoryId: LocalId;
    /**
     * @minItems 1
     * @maxItems 100
     */
    items: Personal<'narrative', readonly KeptThing[]>;
    /** Who signed: the person, or somebody of the station because the person cannot. */
    signature: 'BY_PERSON' | 'CANNOT_SIGN';
    /**
     * @minLength 1
     * @maxLength 60
     */
    signedBy: Personal<'contact', string, 'staff'>;
  }
>;
export const belongingsRegistered: EventKind<Case, BelongingsRegistered> = {
  zh: '物品登记',
  basis: '规程 [X]; dossier P2(3)',
  sealed: { items: 'narrative', signedBy: 'contact of staff' },
  apply: (state, { inventoryId }, { id }) => ({
    ...state,
    reception: { ...state.reception, inventories: { ...state.reception.inventories, [inventoryId]: id } },
  }),
};

export type RegisterBelongings = Command<'RegisterBelongings', BelongingsRegistered['data']>;
export const registerBelongings: CommandKind<Case, RegisterBelongings, BelongingsRegistered> = {
  zh: '登记物品',
  by: ['STATION'],
  decide: ({ data, by }, state) => {
    onlyOwner(state, by);
    if (Object.hasOwn(state.reception.inventories, data.inventoryId))
      throw new Refusal('ID-TAKEN', `There is a list ${data.inventoryId} already.`, { pointer: '/inventoryId' });
    if (!['REGISTERED', 'IN_STATION', 'DECEASED'].includes(state.location)) throw notNow('The person is not in the station.');
    return [{ type: 'BelongingsRegistered', data }];
  },
};
