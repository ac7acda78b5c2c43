import type { RegisterCategory, SpecialCategory } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Personal } from '../../words';
import type { Case } from '../case';
import { notNow } from '../only-owner';

export type PersonCategory = SpecialCategory | RegisterCategory;

/** Categories that speak of mental or intellectual impairment: no self-departure. */
const impairing: readonly PersonCategory[] = ['MENTAL', 'ALZHEIMER', 'INTELLECTUAL'];
/** Categories of S002-A1 §3(1)1 that ask for an escort. */
const escorted: readonly PersonCategory[] = [...impairing, 'PHYSICAL', 'LONE_ELDERLY', 'MINOR_DIFFICULTY', 'LEFT_BEHIND_CHILD'];

/** What kind of special care the person needs (特殊类别标记). Signs seen before stay; a category adds to them. */
export type SpecialCategorySet = Event<
  'SpecialCategorySet',
  {
    /**
     * @minItems 1
     * @maxItems 13
     * @uniqueItems true
     */
    categories: Personal<'health', readonly PersonCategory[]>;
    /**
     * @minLength 1
     * @maxLength 500
     */
    evidence: Personal<'health'>;
    limitedCapacity: boolean;
    needsEscort: boolean;
  }
>;
export const specialCategorySet: EventKind<Case, SpecialCategorySet> = {
  zh: '特殊类别标记',
  basis: '[P] dossier 4.5; S001 §2(5)',
  sealed: { categories: 'health', evidence: 'health' },
  apply: (state, { limitedCapacity, needsEscort }) => ({
    ...state,
    person: {
      ...state.person,
      limitedCapacity: state.person.limitedCapacity || limitedCapacity,
      needsEscort: state.person.needsEscort || needsEscort,
    },
  }),
};

export type SetSpecialCategories = Command<'SetSpecialCategories', Omit<SpecialCategorySet['data'], 'limitedCapacity' | 'needsEscort'>>;
export const setSpecialCategories: CommandKind<Case, SetSpecialCategories, SpecialCategorySet> = {
  zh: '标记特殊类别',
  by: ['STATION', 'HOSPITAL'],
  decide: ({ data, by }, { owner, custody, hospital, location }) => {
    if (![owner, custody.holder, hospital.staysAt].includes(by.agency))
      throw new Refusal('ACT-WRONG-AGENCY', 'The station or hospital that cares for the person says so.');
    if (!['REGISTERED', 'IN_STATION', 'IN_HOSPITAL'].includes(location)) throw notNow('The person is not in care.');
    const any = (list: readonly PersonCategory[]): boolean => data.categories.some((one) => list.includes(one));
    return [{ type: 'SpecialCategorySet', data: { ...data, limitedCapacity: any(impairing), needsEscort: any(escorted) } }];
  },
};
