import type { Database, EventLog } from '@guitu/event-log';
import { derivedId, readHistory, type CommandAnswer, type CommandDesk } from '@guitu/history';
import {
  destroyKeys,
  destructionWaitMs,
  KeysStillCached,
  rangesOf,
  retireKeys,
  sqlBlindIndexErasure,
  sqlKeyLife,
  type DestroyedKey,
  type ErasureEntry,
  type Keyring,
  type KeyRange,
} from '@guitu/personal-data';
import {
  caseStream,
  isHeld,
  privacyStream,
  Refusal,
  type Actor,
  type AnyStreamKind,
  type Erasure,
  type PrivacyCommand,
  type World,
} from '@guitu/rescue';
import { toMilliseconds } from '@guitu/standards';
import { putValues } from './custodian-page';
import { indexedValuesOf } from './index-values';
import { placesOf } from './places';
import { removeCiphertexts, type RemoveSecrets } from './remove-ciphertexts';
import { changeNote, end, lockNote, type ErasureName, type FollowedEngine } from './under-way';
import { caseIdOf, caseStreamOf, findErasureIn, keysNamed, keyText, readDecided, type Decided } from './what-is-named';

export type EraserParts = Readonly<{
  log: EventLog;
  desk: CommandDesk;
  keyring: Keyring;
  world: () => Promise<World> | World;
  /** The key store as `guitu_erasure`. */
  database: Database;
  /** What keeps the log; PostgreSQL unless said. */
  engine?: FollowedEngine;
  /** Writes an erasure into the ledger outside the database, once; see `recordErasure`. */
  recordInLedger: (entry: ErasureEntry) => Promise<unknown>;
  /** Absent where the engine cannot take ciphertexts out of its records. */
  removeSecrets?: RemoveSecrets;
  /** True as soon as the read models have come up to the position. Absent where nobody keeps read models. */
  waitForPosition?: (position: bigint, timeoutMs: number) => Promise<boolean>;
  /** How long a key rests after it was retired, in milliseconds: see `destructionWaitMs`, from the longest lifetime of any key cache on this store. */
  waitMs?: number;
  /** Asked right before each step; when the lease is lost, it throws LeaseLost and the step is not done. */
  mayAct?: () => Promise<void>;
}>;

/** How far an erasure came. `held`: a legal hold came before it. `wait`: nothing more can be done before this moment (milliseconds since 1970). */
export type Advanced = 'completed' | 'withdrawn' | 'held' | Readonly<{ wait: number }>;

const actor: Actor = { agency: 'guitu', user: 'custodian', client: 'custodian', role: 'system' };
const kind = privacyStream as unknown as AnyStreamKind;
/** How long the rows may take to pass the event that says the keys are gone; then the erasure waits for them. */
const rowsWithinMs = 5_000;

/**
 * Carries out confirmed erasures. Each step can be done again after a kill at any point, by this process or another one, and comes to the same end:
 * what was done is read from the stream, the key store and the ledger, never remembered.
 */
export class Eraser {
  constructor(private readonly parts: EraserParts) {}

  /** As far as it goes now. @throws LeaseLost, and what log, key store and ledger throw */
  async advance(erasure: ErasureName): Promise<Advanced> {
    for (;;) {
      const decided = await readDecided(this.parts.log, erasure.stream);
      const found = findErasureIn(decided, erasure.erasureId);
      switch (found?.phase) {
        case 'CONFIRMED':
          if (isHeld(decided.state) || !(await this.start(erasure))) return 'held';
          break;
        case 'STARTED': {
          const outcome = await this.destroy(erasure, found, decided);
          if (outcome !== 'recorded') return outcome;
          break;
        }
        case 'DESTROYED':
          if (!(await this.complete(erasure, decided))) return { wait: Date.now() };
          break;
        case 'COMPLETED':
        case 'WITHDRAWN':
          await this.act(() => end(this.parts.database.query, erasure));
          return found.phase === 'COMPLETED' ? 'completed' : 'withdrawn';
        case 'DECIDED':
        case undefined:
          throw new Error(`The erasure ${erasure.erasureId} of ${erasure.stream} is under way here and was not confirmed there.`);
      }
    }
  }

  /** False when a hold came first: the rule, which sees the newest events, has the last word. */
  private async start(erasure: ErasureName): Promise<boolean> {
    try {
      await this.give(erasure, { type: 'StartKeyDestruction', data: { erasureId: erasure.erasureId } });
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'PRV-HELD') return false;
      throw error;
    }
  }

  private async destroy(erasure: ErasureName, named: Erasure, decided: Decided): Promise<'recorded' | Readonly<{ wait: number }>> {
    const ranges = await this.act(() => this.retire(erasure, named, keysDestroyedBefore(decided)));
    let destroyed: readonly DestroyedKey[];
    try {
      const { database, waitMs = destructionWaitMs() } = this.parts;
      destroyed = await this.act(() => destroyKeys(sqlKeyLife(database), ranges, waitMs));
    } catch (error) {
      if (error instanceof KeysStillCached) return { wait: toMilliseconds(error.until) };
      throw error;
    }
    for (const { subject } of ranges) this.parts.keyring.forget(subject);
    await this.act(() => this.cleanIndex(erasure, ranges));
    const last = destroyed
      .map(({ destroyedAt }) => destroyedAt)
      .sort()
      .at(-1);
    const erasedAt = last ?? new Date().toISOString();
    await this.act(() => this.parts.recordInLedger({ ...erasure, erasedAt, keys: ranges }));
    const before = keysDestroyedBefore(decided);
    const keys = destroyed.flatMap(({ subject, class: dataClass, version }) => ({ subject, class: dataClass, version }));
    const data = { erasureId: erasure.erasureId, keys: keys.filter((key) => !before.has(keyText(key))) };
    await this.give(erasure, { type: 'RecordKeysDestroyed', data });
    return 'recorded';
  }

  /**
   * The boundary is noted in the transaction that draws it: whatever is sealed later is no part of this erasure, however often it is begun again. What
   * the ledger destroyed after a restore belongs to it, too.
   */
  private retire(erasure: ErasureName, named: Erasure, before: ReadonlySet<string>): Promise<readonly KeyRange[]> {
    return this.parts.database.transaction(async (query) => {
      const note = await lockNote(query, erasure);
      if (note.retired !== null) return note.retired;
      const life = sqlKeyLife({ query });
      const subjects = await keysNamed(life, caseStreamOf(caseIdOf(erasure.stream)), named);
      const names = subjects.flatMap((one) => one.names);
      await retireKeys(life, names);
      const sealsNoMore = (await life.findKeys(names)).filter((key) => key.state !== 'active' && !before.has(keyText(key)));
      const retired = rangesOf(sealsNoMore);
      await changeNote(query, erasure, { ...note, retired });
      return retired;
    });
  }

  /** All rows of these people go; those whose values still open come back at once, in the same transaction. */
  private async cleanIndex(erasure: ErasureName, ranges: readonly KeyRange[]): Promise<void> {
    const { log, database, keyring } = this.parts;
    const subjects = new Set(ranges.map(({ subject }) => subject));
    const { events } = await readHistory(log, caseStream as unknown as AnyStreamKind, caseStreamOf(caseIdOf(erasure.stream)));
    const left = (await indexedValuesOf(keyring, events)).filter(({ subject }) => subjects.has(subject));
    await database.transaction(async (query) => {
      const note = await lockNote(query, erasure);
      const before = await countRows(query, subjects);
      for (const subject of subjects) await sqlBlindIndexErasure({ query }).removeSubject(subject);
      await putValues(query, keyring, left);
      await changeNote(query, erasure, { ...note, indexRows: note.indexRows + before - (await countRows(query, subjects)) });
    });
  }

  /** False while the read models have not come past the event that says the keys are gone. */
  private async complete(erasure: ErasureName, decided: Decided): Promise<boolean> {
    const { log, database, removeSecrets, waitForPosition, world } = this.parts;
    const recorded = decided.events.find((event) => isOf(event, 'KeysDestroyed', erasure.erasureId));
    if (recorded === undefined) throw new Error(`The stream ${erasure.stream} does not tell which keys were destroyed.`);
    const { keys } = recorded.data as KeysDestroyed;
    const stream = caseStreamOf(caseIdOf(erasure.stream));
    const ciphertexts = await this.act(() =>
      removeCiphertexts(log, { stream, keys, ...(removeSecrets === undefined ? {} : { removeSecrets }) }),
    );
    if (waitForPosition !== undefined && !(await waitForPosition(recorded.position, rowsWithinMs))) return false;
    const { now } = await world();
    const { indexRows } = await database.transaction((query) => lockNote(query, erasure));
    const destroyed = await destroyKeys(sqlKeyLife(database), rangesOf(keys), 0);
    const times = { now, rows: waitForPosition !== undefined, emptied: removeSecrets !== undefined };
    const places = placesOf({ destroyed, keys, indexRows, ciphertexts, ...times });
    const ciphertextRemoved = removeSecrets !== undefined && ciphertexts > 0;
    await this.give(erasure, { type: 'CompleteErasure', data: { erasureId: erasure.erasureId, places, ciphertextRemoved } });
    return true;
  }

  /** Ids come from the erasure: given again, a command that was recorded changes nothing. */
  private async give({ stream, erasureId }: ErasureName, { type, data }: Pick<PrivacyCommand, 'type' | 'data'>): Promise<CommandAnswer> {
    const { now } = await this.parts.world();
    const request = { kind, streamId: caseIdOf(stream), command: { type, data, by: actor, at: now } };
    const commandId = derivedId('custodian', type, stream, erasureId);
    return this.act(() => this.parts.desk.give({ ...request, commandId, requestText: JSON.stringify([type, stream, erasureId]) }));
  }

  private async act<T>(step: () => Promise<T>): Promise<T> {
    await this.parts.mayAct?.();
    return step();
  }
}

type KeysDestroyed = Extract<PrivacyCommand, { type: 'RecordKeysDestroyed' }>['data'];

const isOf = ({ type, data }: Decided['events'][number], wanted: string, erasureId: string): boolean =>
  type === wanted && (data as Readonly<{ erasureId: string }>).erasureId === erasureId;

const keysDestroyedBefore = ({ events }: Decided): ReadonlySet<string> =>
  new Set(events.flatMap(({ type, data }) => (type === 'KeysDestroyed' ? (data as KeysDestroyed).keys.map(keyText) : [])));

async function countRows(query: Database['query'], subjects: ReadonlySet<string>): Promise<number> {
  const sql = 'select count(*)::int as rows from personal_data.blind_index where subject_ref = any ($1::uuid[])';
  return (await query<{ rows: number }>(sql, [[...subjects]]))[0]?.rows ?? 0;
}
