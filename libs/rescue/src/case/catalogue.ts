import type { CommandKinds, EventKinds, StreamKind } from '../stream-kind';
import { noCase, type Case } from './case';
import { guard } from './guard';
import { handoverCommands, handoverEvents, type HandoverCommand, type HandoverEvent } from './handover/catalogue';
import { leavingCommands, leavingEvents, type LeavingCommand, type LeavingEvent } from './leaving/catalogue';
import { encounterCommands, encounterDuties, encounterEvents, type EncounterCommand, type EncounterEvent } from './encounter/catalogue';
import { receptionCommands, receptionDuties, receptionEvents, type ReceptionCommand, type ReceptionEvent } from './reception/catalogue';
import { hospitalCommands, hospitalDuties, hospitalEvents, type HospitalCommand, type HospitalEvent } from './hospital/catalogue';
import { identityCommands, identityDuties, identityEvents, type IdentityCommand, type IdentityEvent } from './identity/catalogue';
import { dispatchCommands, dispatchDuties, dispatchEvents, type DispatchCommand, type DispatchEvent } from './dispatch/catalogue';
import { ladderCommands, ladderDuties, ladderEvents, type LadderCommand, type LadderEvent } from './ladder/catalogue';
import { feedbackCommands, feedbackDuties, feedbackEvents, type FeedbackCommand, type FeedbackEvent } from './feedback/catalogue';

/** Everything that can happen in a case. */
export type CaseEvent =
  | HandoverEvent
  | EncounterEvent
  | LeavingEvent
  | ReceptionEvent
  | HospitalEvent
  | IdentityEvent
  | FeedbackEvent
  | DispatchEvent
  | LadderEvent;
/** Everything that can be asked of a case. */
export type CaseCommand =
  | HandoverCommand
  | EncounterCommand
  | LeavingCommand
  | ReceptionCommand
  | HospitalCommand
  | IdentityCommand
  | FeedbackCommand
  | DispatchCommand
  | LadderCommand;

const events: EventKinds<Case, CaseEvent> = {
  ...handoverEvents,
  ...encounterEvents,
  ...leavingEvents,
  ...receptionEvents,
  ...hospitalEvents,
  ...identityEvents,
  ...feedbackEvents,
  ...dispatchEvents,
  ...ladderEvents,
};
const commands: CommandKinds<Case, CaseCommand, CaseEvent> = {
  ...handoverCommands,
  ...encounterCommands,
  ...leavingCommands,
  ...receptionCommands,
  ...hospitalCommands,
  ...identityCommands,
  ...feedbackCommands,
  ...dispatchCommands,
  ...ladderCommands,
};

/** The case (救助个案): from the street to the closed loop. */
export const caseStream: StreamKind<Case, CaseEvent, CaseCommand> = {
  category: 'case',
  collection: 'cases',
  zh: '救助个案',
  initial: noCase,
  events,
  commands,
  guard,
  duties: [
    ...encounterDuties,
    ...receptionDuties,
    ...hospitalDuties,
    ...identityDuties,
    ...feedbackDuties,
    ...dispatchDuties,
    ...ladderDuties,
  ],
};
