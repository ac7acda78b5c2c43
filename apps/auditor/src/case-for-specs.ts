import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openMemoryLog, type EventLog, type StoredRecord } from '@guitu/event-log';
import { CommandDesk, commandId, type CommandAnswer } from '@guitu/history';
import { KeyEncryptionKey, Keyring, memoryKeyStore, type KeyringOptions, type KeyStore } from '@guitu/personal-data';
import { findStreamKind, foldDirectory, type Directory, type Instant, type Role } from '@guitu/rescue';
import { parseAgencies } from '@guitu/sandbox';
import { toMilliseconds } from '@guitu/standards';

const agenciesFile = path.resolve(__dirname, '../../../samples/stories/agencies.yaml');
/** The agencies that the case names, superiors first; the others of the list are left out. */
const named: ReadonlySet<string> = new Set(['suzhou-civil-affairs', 'taicang-civil-affairs', 'taicang-station', 'taicang-police']);

/** One step of a spec's case: who, when (and when it happened, if earlier), what. */
export type Step = Readonly<{ by: string; now: Instant; type: string; data: object; at?: Instant; role?: Role; backfillReason?: string }>;

/** A house in memory, or on the given log, in which commands make a case the way the service does. */
export type HouseForSpecs = Readonly<{
  log: EventLog;
  keyring: Keyring;
  give: (step: Step, stream?: string) => Promise<CommandAnswer>;
}>;

export const caseId = '6f1d2c3b-4a59-4e68-8777-8695a4b3c2d1';

/** What stands behind the house instead of memory. */
export type Behind = Readonly<{
  openLog: (clock: () => string) => Promise<EventLog> | EventLog;
  store: KeyStore;
  keyEncryptionKey: KeyringOptions['keyEncryptionKey'];
}>;

export async function houseForSpecs(behind: Partial<Behind> = {}): Promise<HouseForSpecs> {
  const { openLog = (clock) => openMemoryLog({ clock }), store = memoryKeyStore() } = behind;
  let now: Instant = '2020-10-01T08:00:00+08:00';
  let directory: Directory = new Map();
  let count = 0;
  const log = await openLog(() => new Date(toMilliseconds(now)).toISOString());
  const keyring = await Keyring.open({ store, keyEncryptionKey: behind.keyEncryptionKey ?? new KeyEncryptionKey(randomBytes(32)) });
  const desk = new CommandDesk({ log, keyring, world: () => ({ now, directory }) });
  const give = async (step: Step, stream = `case-${caseId}`): Promise<CommandAnswer> => {
    now = step.now;
    count += 1;
    const [category = ''] = stream.split('-', 1);
    const kind = findStreamKind(category);
    if (kind === undefined) throw new Error(`no kind of stream ${category}`);
    const { by, type, data, at = now, role = 'staff' } = step;
    const actor = { agency: by, user: 'u-7', client: 'c-1', role };
    const late = step.backfillReason === undefined ? {} : { backfillReason: step.backfillReason };
    const command = { type, data, by: actor, at, ...late };
    const id = commandId(by, 'c-1', `spec-${count}`);
    return desk.give({ kind, streamId: stream.slice(category.length + 1), command, commandId: id, requestText: JSON.stringify(data) });
  };
  for (const row of parseAgencies(readFileSync(agenciesFile, 'utf8'))) {
    if (!named.has(row.agencyId)) continue;
    const { reportsTo, ...facts } = row;
    const data = reportsTo !== undefined && named.has(reportsTo) ? row : facts;
    const { events } = await give({ by: 'registry', now, role: 'registrar', type: 'RegisterAgency', data }, `agency-${row.agencyId}`);
    directory = foldDirectory(
      events.map((event) => ({ agencyId: row.agencyId, event })),
      directory,
    );
  }
  return { log, keyring, give };
}

const statement = { condition: ['ELDERLY'], belongings: [{ item: '布包', quantity: 1 }], documents: [] };

/** An old woman is found on the street on 12 October 2020, handed to the station and admitted. */
export const shortCase: readonly Step[] = [
  {
    by: 'taicang-police',
    now: '2020-10-12T08:45:00+08:00',
    at: '2020-10-12T08:40:00+08:00',
    type: 'RecordEncounter',
    data: {
      place: { division: '320585', text: '上海东路公交站' },
      source: 'POLICE_PATROL',
      apparentSex: 'FEMALE',
      apparentAgeBand: 'FROM_60',
      conditions: ['ELDERLY'],
      claims: { name: '王秀英' },
    },
  },
  { by: 'taicang-police', now: '2020-10-12T08:50:00+08:00', type: 'InformOfHelp', data: { mode: 'GUIDED', cardGiven: true } },
  {
    by: 'taicang-police',
    now: '2020-10-12T09:10:00+08:00',
    type: 'OfferHandover',
    data: { handoverId: 'h1', kind: 'POLICE_STATION', to: 'taicang-station', statement },
  },
  { by: 'taicang-station', now: '2020-10-12T09:30:00+08:00', type: 'AcceptHandover', data: { handoverId: 'h1', statement } },
  {
    by: 'taicang-station',
    now: '2020-10-12T09:40:00+08:00',
    type: 'RegisterHelpRequest',
    data: { arrivalMode: 'POLICE', causes: ['LOST'], assistanceStatus: 'UNKNOWN' },
  },
  {
    by: 'taicang-station',
    now: '2020-10-12T10:00:00+08:00',
    type: 'RequestPoliceVerification',
    data: { queryId: 'q1', toPolice: 'taicang-police', means: ['DATABASE'] },
  },
];

/** The question to the police gets three more days, is missed all the same, and is answered late. */
export const lateAnswer: readonly Step[] = [
  {
    by: 'taicang-station',
    now: '2020-10-19T16:00:00+08:00',
    type: 'ExtendDuty',
    data: { dutyId: 'D-I4-1', dueAt: '2020-10-23T00:00:00+08:00', reason: '户籍地系统维护' },
  },
  { by: 'guitu', now: '2020-10-23T00:00:01+08:00', role: 'system', type: 'BreachDuty', data: { dutyId: 'D-I4-1' } },
  {
    by: 'taicang-police',
    now: '2020-10-26T09:00:00+08:00',
    type: 'ReplyPoliceVerification',
    data: { queryId: 'q1', result: 'NO_HIT' },
  },
];

export async function playedCase(steps: readonly Step[] = shortCase, behind: Partial<Behind> = {}): Promise<HouseForSpecs> {
  const house = await houseForSpecs(behind);
  for (const step of steps) await house.give(step);
  return house;
}

/** The same log as somebody with the rights of its administrator could have left it: each record passed through `change`. */
export function tampered(log: EventLog, change: (record: StoredRecord) => StoredRecord | undefined): EventLog {
  const changed = (records: readonly StoredRecord[]): readonly StoredRecord[] => records.flatMap((record) => change(record) ?? []);
  return {
    append: (stream, version, records) => log.append(stream, version, records),
    read: async (stream, options) => changed(await log.read(stream, options)),
    readAll: async (after, limit) => changed(await log.readAll(after, limit)),
    head: () => log.head(),
    close: () => log.close(),
  };
}
