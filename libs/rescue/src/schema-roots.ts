import type { CaseCommand, CaseEvent } from './case/catalogue';
import type { DutyCommand } from './duties/duty-commands';
import type { DutyEvent } from './duties/duty-events';

/** What the schema generator starts from: one property per collection and kind of message. */
export type SchemaRoots = {
  cases_commands: CaseCommand;
  cases_events: CaseEvent;
  duties_commands: DutyCommand;
  duties_events: DutyEvent;
};
