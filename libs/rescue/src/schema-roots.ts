import type { AgencyCommand, AgencyEvent } from './agency/catalogue';
import type { AuditEvent } from './audit/catalogue';
import type { CaseCommand, CaseEvent } from './case/catalogue';
import type { DutyCommand } from './duties/duty-commands';
import type { DutyEvent } from './duties/duty-events';
import type { PrivacyCommand, PrivacyEvent } from './privacy/catalogue';

/** What the schema generator starts from: one property per collection and kind of message. */
export type SchemaRoots = {
  cases_commands: CaseCommand;
  cases_events: CaseEvent;
  agencies_commands: AgencyCommand;
  agencies_events: AgencyEvent;
  privacy_commands: PrivacyCommand;
  privacy_events: PrivacyEvent;
  audits_events: AuditEvent;
  duties_commands: DutyCommand;
  duties_events: DutyEvent;
};
