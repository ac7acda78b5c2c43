import { describeContent } from './contract/content';
import { describeIdempotence } from './contract/idempotence';
import { describeLateCommits } from './contract/late-commits';
import { describeReading } from './contract/reading';
import { describeVersions } from './contract/versions';
import { describeWriters } from './contract/writers';
import type { EventLog } from './port';

export type OpenedLog = Readonly<{
  log: EventLog;
  /** Where an engine sees that an event id is taken: EventStoreDB looks at the stream only. */
  idsAreUniqueIn: 'log' | 'stream';
  /** A second log of the same kind, on the same records where the engine keeps any, for specs that close it. */
  openAnother(): Promise<EventLog>;
  close(): Promise<void>;
}>;

/** What every engine must do. An adapter that passes may be chosen in wiring; three lines of spec run it. */
export function describeEventLog(name: string, open: () => Promise<OpenedLog>): void {
  describe(`the event log on ${name}`, () => {
    let current: OpenedLog;
    const opened = () => current;

    beforeAll(async () => {
      current = await open();
    });
    afterAll(async () => {
      await current.close();
    });

    describeVersions(opened);
    describeIdempotence(opened);
    describeReading(opened);
    describeContent(opened);
    describeWriters(opened);
    describeLateCommits(opened);
  });
}
