import type { CommandKinds, EventKinds, StreamKind } from '../stream-kind';
import { noAgency, type Agency } from './agency';
import { agencyClosed, closeAgency, type AgencyClosed, type CloseAgency } from './close-agency';
import { agencyMoved, moveAgency, type AgencyMoved, type MoveAgency } from './move-agency';
import { agencyRegistered, registerAgency, type AgencyRegistered, type RegisterAgency } from './register-agency';
import { agencyRenamed, renameAgency, type AgencyRenamed, type RenameAgency } from './rename-agency';
import { reportingLineSet, setReportingLine, type ReportingLineSet, type SetReportingLine } from './set-reporting-line';

/** Everything that can happen to an agency. */
export type AgencyEvent = AgencyRegistered | AgencyRenamed | AgencyMoved | ReportingLineSet | AgencyClosed;
/** Everything that can be asked of an agency's entry; by the registrar alone. */
export type AgencyCommand = RegisterAgency | RenameAgency | MoveAgency | SetReportingLine | CloseAgency;

const events: EventKinds<Agency, AgencyEvent> = {
  AgencyRegistered: agencyRegistered,
  AgencyRenamed: agencyRenamed,
  AgencyMoved: agencyMoved,
  ReportingLineSet: reportingLineSet,
  AgencyClosed: agencyClosed,
};
const commands: CommandKinds<Agency, AgencyCommand, AgencyEvent> = {
  RegisterAgency: registerAgency,
  RenameAgency: renameAgency,
  MoveAgency: moveAgency,
  SetReportingLine: setReportingLine,
  CloseAgency: closeAgency,
};

/** One agency's entry in the directory (机构名录). Its stream's id is the agency's id. */
export const agencyStream: StreamKind<Agency, AgencyEvent, AgencyCommand> = {
  category: 'agency',
  collection: 'agencies',
  zh: '机构',
  initial: noAgency,
  events,
  commands,
  duties: [],
};
