import type { CaseEvent } from './catalogue';

/** The person is no longer in the station's care: what was owed for a person in care has lost its ground. */
export const noLongerInCare: { readonly [T in CaseEvent['type']]?: true } = {
  SelfDepartureDeclared: true,
  ReleasedToRelatives: true,
  HandedToHouseholdTownship: true,
  AssistanceTerminated: true,
  AbsenceConcluded: true,
  DispatchArrivalHandedOver: true,
  DeathRecorded: true,
  AssistanceRefused: true,
};
