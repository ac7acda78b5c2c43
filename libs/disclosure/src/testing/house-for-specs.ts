import { openMemoryLog, type EventLog, type NewRecord } from '@guitu/event-log';
import { AuditTrail, commandId, readHistory, recordedOf, type Recorded } from '@guitu/history';
import { privacyStream, caseStream, type Actor, type AnyStreamKind } from '@guitu/rescue';
import { openTestDesk, requestOf } from '../../../history/src/testing/desk-for-tests';
import { directory } from '../../../rescue/src/testing/agencies';
import { DisclosureGate, type Shut } from '../gate';
import type { Reader } from '../reader';

const at = '2020-10-12T08:40:00+08:00';
export const police = 'taicang-police';
const staff = (user: string): Actor => ({ agency: police, user, client: 'c1', role: 'staff' });
const privacy = privacyStream as unknown as AnyStreamKind;
const cases = caseStream as unknown as AnyStreamKind;

/** What an audit stream says of one answer. */
export type Told = Readonly<{
  type: string;
  purpose: string;
  streams: readonly string[];
  classes: readonly string[];
  count: number;
  requestId: string;
  rule: string;
}>;

/** A gate on a memory log; the appends of its audit trail go through `around`. */
export async function houseForSpecs(around: (append: EventLog['append']) => EventLog['append'] = (append) => append) {
  const log = openMemoryLog();
  const { desk, keyring } = await openTestDesk(directory, log);
  const recording = { read: log.read.bind(log), readAll: log.readAll.bind(log), head: log.head.bind(log), close: log.close.bind(log) };
  const append = around((stream: string, version: number, records: readonly NewRecord[]) => log.append(stream, version, records));
  const trail = new AuditTrail({ log: { ...recording, append }, keyring, world: () => ({ now: at, directory }) });
  const gate = new DisclosureGate({ log, keyring, trail });
  let keys = 0;

  return {
    log,
    desk,
    keyring,
    trail,
    gate,
    async openCase(claims: Readonly<Record<string, string>> = { name: '王秀英' }): Promise<string> {
      const place = { division: '320585', text: '太仓市上海路' };
      const seen = { source: 'POLICE_PATROL', apparentSex: 'FEMALE', apparentAgeBand: 'FROM_19_TO_59', conditions: ['WALKS_BADLY'] };
      const data = { place, ...seen, claims };
      const { stream } = await desk.give(requestOf({ by: police, type: 'RecordEncounter', data, at, key: `case-${(keys += 1)}` }));
      return stream.slice('case-'.length);
    },
    /** Decides something about the personal data of a case. */
    async decide(caseId: string, type: string, data: object, user = 'u1'): Promise<void> {
      const id = commandId(user, 'c1', `privacy-${(keys += 1)}`);
      await desk.give({
        kind: privacy,
        streamId: caseId,
        command: { type, data, by: staff(user), at },
        commandId: id,
        requestText: type,
      });
    },
    /** The encounter of a case as its readers ask for it. */
    async shut(caseId: string): Promise<readonly Shut[]> {
      const { events } = await readHistory(log, cases, `case-${caseId}`);
      return events.slice(0, 1).map(({ stream, data }) => ({ stream, tree: data }));
    },
    async audited(): Promise<readonly Told[]> {
      const records: Recorded[] = [];
      for (let after = 0n; ;) {
        const page = await log.readAll(after, 1_000);
        const last = page.at(-1);
        if (last === undefined) break;
        records.push(...page.filter(({ stream }) => stream.startsWith('audit-')).map((record) => recordedOf(record)));
        after = last.position;
      }
      return records.map(({ type, data }) => ({ type, ...data }) as unknown as Told);
    },
  };
}

export const readerOf = (changes: Partial<Reader> = {}): Reader => ({
  by: staff('T-07'),
  purpose: 'CASE_HANDLING',
  requestId: 'r-1',
  rule: 'participant',
  ...changes,
});
