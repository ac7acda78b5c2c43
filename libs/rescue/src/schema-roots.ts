import type { AgencyCommand, AgencyEvent } from './agency/catalogue';
import type { CaseCommand, CaseEvent } from './case/catalogue';
import type { DutyCommand } from './duties/duty-commands';
import type { DutyEvent } from './duties/duty-events';

/** What the schema generator starts from: one property per collection and kind of message. */
export type SchemaRoots = {
  cases_commands: CaseCommand;
  cases_events: CaseEvent;
  agencies_commands: AgencyCommand;
  agencies_events: AgencyEvent;
  duties_commands: DutyCommand;
  duties_events: DutyEvent;
};
