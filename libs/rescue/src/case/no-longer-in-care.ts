/** The person is no longer in the station's care: what was owed for a person in care has lost its ground. */
export const noLongerInCare = {
  SelfDepartureDeclared: true,
  ReleasedToRelatives: true,
  HandedToHouseholdTownship: true,
  AssistanceTerminated: true,
  AbsenceConcluded: true,
  DeathRecorded: true,
} as const;
