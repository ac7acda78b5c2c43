import type { DutyRule } from '../../duties/duty';
import type { CommandKinds, EventKinds } from '../../stream-kind';
import type { Case } from '../case';
import type { CaseEvent } from '../catalogue';
import { closeEscalation, escalationClosed, type CloseEscalation, type EscalationClosed } from './close-escalation';
import { coordinationDecided, decideCoordination, type CoordinationDecided, type DecideCoordination } from './decide-coordination';
import { coordinate } from './duties/coordinate';
import { reportRefusalUpward } from './duties/report-refusal-upward';
import { escalateRefusal, refusalEscalated, type EscalateRefusal, type RefusalEscalated } from './escalate-refusal';
import { coordinationOpened, openCoordination, type CoordinationOpened, type OpenCoordination } from './open-coordination';

export type LadderEvent = RefusalEscalated | CoordinationOpened | CoordinationDecided | EscalationClosed;
export type LadderCommand = EscalateRefusal | OpenCoordination | DecideCoordination | CloseEscalation;

export const ladderEvents: EventKinds<Case, LadderEvent> = {
  RefusalEscalated: refusalEscalated,
  CoordinationOpened: coordinationOpened,
  CoordinationDecided: coordinationDecided,
  EscalationClosed: escalationClosed,
};
export const ladderCommands: CommandKinds<Case, LadderCommand, LadderEvent> = {
  EscalateRefusal: escalateRefusal,
  OpenCoordination: openCoordination,
  DecideCoordination: decideCoordination,
  CloseEscalation: closeEscalation,
};
export const ladderDuties: readonly DutyRule<Case, CaseEvent>[] = [reportRefusalUpward, coordinate];
