/** The events by which a person leaves without a carrier: with them falls whatever was owed for a return home in preparation. */
export const leavingEndsIt = {
  SelfDepartureDeclared: true,
  ReleasedToRelatives: true,
  HandedToHouseholdTownship: true,
  AssistanceTerminated: true,
  AbsenceConcluded: true,
  DeathRecorded: true,
} as const;
