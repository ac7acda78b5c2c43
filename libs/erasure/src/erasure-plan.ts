import type { EventLog } from '@guitu/event-log';
import type { KeyStore, KeyVersion, Sql, StoredKey, Subject } from '@guitu/personal-data';
import { isHeld, type DataClass, type ErasurePhase, type Whose } from '@guitu/rescue';
import { caseStreamOf, keyOfSeal, keysNamed, keyText, privacyStreamOf, readDecided, sealsIn } from './what-is-named';

/** One human being whose keys would go, by the random reference that sealed values carry. */
export type PlannedSubject = Readonly<{
  subject: string;
  whose: string;
  /** The event that names them, and where in its data; null for the person of the case. */
  event: string | null;
  pointer: string | null;
  keys: readonly Readonly<{ class: DataClass; version: number; state: StoredKey['state'] }>[];
}>;

export type PlannedEvent = Readonly<{ eventId: string; type: string; version: number; values: number }>;

/** What an erasure would destroy. Holds no personal value. */
export type ErasurePlan = Readonly<{
  caseId: string;
  persons: readonly Whose[];
  classes: readonly DataClass[];
  /** A legal hold is in force: nothing would be destroyed now. */
  held: boolean;
  /** An erasure of this case that is not over. */
  underWay: Readonly<{ erasureId: string; phase: ErasurePhase }> | null;
  subjects: readonly PlannedSubject[];
  /** Versions of keys that would be destroyed. */
  keys: number;
  /** Rows of the blind index about these people; those of other classes would stay. */
  indexRows: number;
  /** Events of the case with values that would become unreadable. */
  events: readonly PlannedEvent[];
  values: number;
  /** Rows of the read models with such values, by table. */
  rows: Readonly<Record<string, number>>;
}>;

export type PlanParts = Readonly<{
  log: EventLog;
  keys: Pick<KeyStore, 'subjectsOf' | 'findKeys'>;
  indexRows: (subjects: readonly string[]) => Promise<number>;
  rowsSealedWith: (stream: string, keys: readonly KeyVersion[]) => Promise<Readonly<Record<string, number>>>;
}>;
export type PlannedErasure = Readonly<{ caseId: string; persons: readonly Whose[]; classes: readonly DataClass[] }>;

/** Lists before what an erasure would destroy (删除预览). Changes nothing, and opens nothing. A case that does not exist gives empty lists. */
export async function erasurePlan(parts: PlanParts, { caseId, persons, classes }: PlannedErasure): Promise<ErasurePlan> {
  const stream = caseStreamOf(caseId);
  const { state } = await readDecided(parts.log, privacyStreamOf(caseId));
  const named = await keysNamed(parts.keys, stream, { persons, classes });
  const stored = await parts.keys.findKeys(named.flatMap(({ names }) => names));
  const alive = stored.filter((key) => key.state !== 'destroyed');
  const subjects = named.map(({ subject }) => plannedSubject(subject, stored)).filter(({ keys }) => keys.length > 0);
  const events = await eventsSealedWith(parts.log, stream, new Set(alive.map(keyText)));
  const open = Object.values(state.erasures).find(({ phase }) => phase !== 'WITHDRAWN' && phase !== 'COMPLETED');
  return {
    ...{ caseId, persons, classes, subjects, events },
    held: isHeld(state),
    underWay: open === undefined ? null : { erasureId: open.erasureId, phase: open.phase },
    keys: alive.length,
    indexRows: await parts.indexRows(subjects.map(({ subject }) => subject)),
    values: events.reduce((sum, { values }) => sum + values, 0),
    rows: await parts.rowsSealedWith(
      stream,
      alive.map(({ subject, class: dataClass, version }) => ({ subject, class: dataClass, version })),
    ),
  };
}

/** Counts rows of the blind index, as `guitu_keys` or `guitu_erasure`. */
export async function countIndexRows(sql: Sql, subjects: readonly string[]): Promise<number> {
  const count = 'select count(*)::int as rows from personal_data.blind_index where subject_ref = any ($1::uuid[])';
  return (await sql.query<{ rows: number }>(count, [subjects]))[0]?.rows ?? 0;
}

function plannedSubject({ subject, role, event, pointer }: Subject, stored: readonly StoredKey[]): PlannedSubject {
  const keys = stored.filter((key) => key.subject === subject);
  return {
    ...{ subject, whose: role, event: event === '' ? null : event, pointer: event === '' ? null : pointer },
    keys: keys.map(({ class: dataClass, version, state }) => ({ class: dataClass, version, state })),
  };
}

async function eventsSealedWith(log: EventLog, stream: string, keys: ReadonlySet<string>): Promise<readonly PlannedEvent[]> {
  const records = await log.read(stream);
  return records.flatMap((record) => {
    const values = sealsIn(record).filter((seal) => keys.has(keyText(keyOfSeal(seal)))).length;
    return values === 0 ? [] : [{ eventId: record.id, type: record.type, version: record.version, values }];
  });
}
