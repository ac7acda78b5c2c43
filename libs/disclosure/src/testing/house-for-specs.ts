import { randomBytes } from 'node:crypto';
import { openMemoryLog, type EventLog, type NewRecord } from '@guitu/event-log';
import { AuditTrail, CommandDesk, commandId, readHistory, recordedOf, type Recorded } from '@guitu/history';
import {
  KeyEncryptionKey,
  Keyring,
  memoryBlindIndex,
  memoryKeyStore,
  openBlindIndex,
  retireKeys,
  type DataClass,
  type KeyVersion,
} from '@guitu/personal-data';
import { privacyStream, caseStream, type Actor, type AnyStreamKind } from '@guitu/rescue';
import { requestOf } from '../../../history/src/testing/desk-for-tests';
import { directory } from '../../../rescue/src/testing/agencies';
import { DisclosureGate, type Shut } from '../gate';
import type { Reader } from '../reader';

const at = '2020-10-12T08:40:00+08:00';
export const police = 'taicang-police';
export const station = 'taicang-station';
export const staff = (user: string, agency = police): Actor => ({ agency, user, client: 'c1', role: 'staff' });
export const custodian: Actor = { agency: 'guitu', user: 'custodian', client: 'custodian', role: 'system' };
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
  const store = memoryKeyStore();
  const keyring = await Keyring.open({ store, keyEncryptionKey: new KeyEncryptionKey(randomBytes(32)) });
  const world = () => ({ now: at, directory });
  const desk = new CommandDesk({ log, keyring, world });
  const recording = { read: log.read.bind(log), readAll: log.readAll.bind(log), head: log.head.bind(log), close: log.close.bind(log) };
  const append = around((stream: string, version: number, records: readonly NewRecord[]) => log.append(stream, version, records));
  const trail = new AuditTrail({ log: { ...recording, append }, keyring, world });
  const gate = new DisclosureGate({ log, keyring, trail });
  const blindIndex = await openBlindIndex(keyring, memoryBlindIndex());
  let keys = 0;

  return {
    blindIndex,
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
    async decide(caseId: string, type: string, data: object, who: string | Actor = 'u1'): Promise<void> {
      const by = typeof who === 'string' ? staff(who) : who;
      const id = commandId(by.user, 'c1', `privacy-${(keys += 1)}`);
      await desk.give({
        kind: privacy,
        streamId: caseId,
        command: { type, data, by, at },
        commandId: id,
        requestText: type,
      });
    },
    /** Somebody asks a station for help; then the person says, as often as told, who they are. */
    async claim(name: string, caseId?: string): Promise<string> {
      const help = { arrivalMode: 'SELF', causes: ['LOST'], assistanceStatus: 'UNKNOWN', claims: { name } };
      const asked =
        caseId === undefined
          ? { type: 'RegisterHelpRequest', data: help }
          : { type: 'ClaimIdentity', data: { name, source: 'SELF' }, caseId };
      const { stream } = await desk.give(requestOf({ by: station, at, key: `claim-${(keys += 1)}`, ...asked }));
      return stream.slice('case-'.length);
    },
    /** Retires the person's keys of a class, so that what is sealed next gets a newer version. They go on opening. */
    async retire(caseId: string, dataClass: DataClass): Promise<readonly KeyVersion[]> {
      const persons = (await store.subjectsOf(`case-${caseId}`)).filter(({ role }) => role === 'person');
      const retired = await retireKeys(
        store,
        persons.map(({ subject }) => ({ subject, class: dataClass })),
      );
      for (const { subject } of persons) keyring.forget(subject);
      return retired.map(({ subject, class: one, version }) => ({ subject, class: one, version }));
    },
    /** The first events of a case as its readers ask for them. */
    async shut(caseId: string, howMany = 1): Promise<readonly Shut[]> {
      const { events } = await readHistory(log, cases, `case-${caseId}`);
      return events.slice(0, howMany).map(({ stream, data }) => ({ stream, tree: data }));
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
