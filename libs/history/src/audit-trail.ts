import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { maxBytesPerAppend, maxRecordsPerAppend, OutcomeUnknown, type EventLog, type NewRecord } from '@guitu/event-log';
import type { Keyring } from '@guitu/personal-data';
import { auditStream, type World } from '@guitu/rescue';
import { dateInChina } from '@guitu/standards';
import { auditRecord, bytesOf, type AuditEntry } from './audit-record';
import { leafOf } from './envelope';

/** An audit stream is begun anew after so many events, so that each can be read at once. */
export const maxEventsPerAuditStream = 10_000;
/** How many entries may wait for their record; more are refused, and so is what they stand for. */
export const maxAuditEntriesWaiting = 10_000;
/** How often an append whose outcome is unknown is sent in all, and the first pause between; each pause is twice the one before. */
export const maxAuditSends = 4;
const firstPauseMs = 20;

/** More entries wait than may, or the trail was closed. Nothing was recorded: nothing may be released. */
export class AuditTrailFull extends Error {
  constructor(why: string) {
    super(`The audit trail takes no entry: ${why}.`);
    this.name = 'AuditTrailFull';
  }
}

export type AuditTrailParts = Readonly<{
  log: EventLog;
  keyring: Pick<Keyring, 'digest'>;
  world: () => Promise<World> | World;
  maxWaiting?: number;
}>;

type Waiting = Readonly<{ entry: AuditEntry; done: () => void; failed: (error: unknown) => void }>;
/** This process's own stream: nobody else writes to it, so its version is known without reading. */
type OwnStream = Readonly<{ name: string; day: string; version: number; leaf: string | null }>;

/**
 * Records who read what, before it is released. All entries that come while one append is under way travel in the next; each caller learns whether
 * its own entry lies in the log. A stream of its own for each process, day and {@link maxEventsPerAuditStream} events; after any failure the next one
 * is begun, so that a version is never guessed.
 */
export class AuditTrail {
  private readonly process = randomBytes(8).toString('hex');
  private waiting: Waiting[] = [];
  private own: OwnStream | undefined;
  private begun = 0;
  private running: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly parts: AuditTrailParts) {}

  /**
   * Done when the entry lies in the log.
   * @throws AuditTrailFull, and what the log throws: then nothing may be released, whether or not the entry was written
   */
  record(entry: AuditEntry): Promise<void> {
    if (this.closed) return Promise.reject(new AuditTrailFull('it is closed'));
    const most = this.parts.maxWaiting ?? maxAuditEntriesWaiting;
    if (this.waiting.length >= most) return Promise.reject(new AuditTrailFull(`${most} wait already`));
    return new Promise((done, failed) => {
      this.waiting.push({ entry, done, failed });
      // What else this tick brings goes along.
      this.running ??= new Promise<void>((tick) => setImmediate(tick)).then(() => this.run());
    });
  }

  /** Records what waits, then takes nothing more. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) await this.recordAll(this.waiting.splice(0, maxRecordsPerAppend));
    this.running = undefined;
  }

  /** Tells each caller what became of its entry; an append that failed fails all that did not lie in the log before it. */
  private async recordAll(taken: readonly Waiting[]): Promise<void> {
    let rest = taken;
    try {
      const world = await this.parts.world();
      while (rest.length > 0) {
        const appended = await this.append(rest, world);
        for (const { done } of rest.slice(0, appended)) done();
        rest = rest.slice(appended);
      }
    } catch (error) {
      this.own = undefined;
      for (const { failed } of rest) failed(error);
    }
  }

  /** Appends as many of the entries as fit into one append and into the stream. @returns how many */
  private async append(entries: readonly Waiting[], world: World): Promise<number> {
    const own = this.streamAt(dateInChina(world.now));
    const { records, leaf } = this.recordsOf(entries.slice(0, maxEventsPerAuditStream - own.version), own, world);
    await this.send(own, records);
    this.own = { ...own, version: own.version + records.length, leaf };
    return records.length;
  }

  private streamAt(day: string): OwnStream {
    const { own } = this;
    if (own !== undefined && own.day === day && own.version < maxEventsPerAuditStream) return own;
    this.begun += 1;
    const name = `${auditStream.category}-${day.replaceAll('-', '')}-${this.process}-${this.begun}`;
    return { name, day, version: 0, leaf: null };
  }

  private recordsOf(
    entries: readonly Waiting[],
    own: OwnStream,
    world: World,
  ): Readonly<{ records: readonly NewRecord[]; leaf: string | null }> {
    const records: NewRecord[] = [];
    let { leaf } = own;
    let bytes = 0;
    for (const { entry } of entries) {
      const version = own.version + records.length;
      const record = auditRecord(entry, { stream: own.name, version, prev: leaf, world, keyring: this.parts.keyring });
      bytes += bytesOf(record);
      if (bytes > maxBytesPerAppend && records.length > 0) break;
      records.push(record);
      leaf = leafOf(record.envelope);
    }
    return { records, leaf };
  }

  /** The same ids again tell what became of an append without an answer. */
  private async send({ name, version }: OwnStream, records: readonly NewRecord[]): Promise<void> {
    for (let sent = 1; ; sent += 1) {
      try {
        await this.parts.log.append(name, version, records);
        return;
      } catch (error) {
        if (!(error instanceof OutcomeUnknown) || sent >= maxAuditSends) throw error;
        await sleep(firstPauseMs * 2 ** (sent - 1));
      }
    }
  }
}
