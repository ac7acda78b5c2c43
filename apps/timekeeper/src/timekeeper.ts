import { setTimeout as sleep } from 'node:timers/promises';
import { derivedId, InProgress, type CommandDesk } from '@guitu/history';
import { LeaseLost } from '@guitu/leases';
import type { DutyRow, ReadModels } from '@guitu/read-models';
import {
  countsInDays,
  findStreamKindOf,
  Refusal,
  reminderFrom,
  type Actor,
  type Command,
  type RefusalCode,
  type World,
} from '@guitu/rescue';
import { instantInChina, toMilliseconds, type Instant } from '@guitu/standards';
import { ClockInDoubt, type ClockWatch } from './clock-watch';

/** How long the timekeeper rests between two looks. Limits are hours and days; a minute late is soon enough. */
export const timekeeperRestMs = 30_000;
/** How far ahead of its due date a duty is looked at for its reminder: longer than any holiday with the working days before it. */
export const reminderHorizonMs = 31 * 86_400_000;
const pageSize = 200;

export type TimekeeperParts = Readonly<{
  desk: CommandDesk;
  readModels: ReadModels;
  /** What is true now; its `now` is the clock that everything here goes by. */
  world: () => Promise<World> | World;
  /** Watches the clock that `world` goes by: while it is in doubt, nothing is recorded. Without it the clock is believed: one that is moved by hand. */
  clock?: ClockWatch;
  restMs?: number;
  onFault?: (error: unknown) => void;
  /** Asked right before each command; when the lease is lost, it throws LeaseLost and the look ends. */
  mayAct?: () => Promise<void>;
}>;

/** What one look came to. `failed`: commands that could not be given; the next look tries again. */
export type Looked = Readonly<{ breached: number; reminded: number; failed: number }>;
/** A moment at which there is something to notice. */
export type Notice = Readonly<{ at: Instant; what: 'overdue' | 'reminder'; stream: string; dutyId: string }>;

const actor: Actor = { agency: 'guitu', user: 'timekeeper', client: 'timekeeper', role: 'system' };
/** The read model is a little behind: the rule, which sees the newest events, has the last word. */
const quiet: ReadonlySet<RefusalCode> = new Set<RefusalCode>(['DUTY-NOT-DUE', 'DUTY-CLOSED']);

/**
 * Writes down what time itself brings: overdue duties and reminders. It finds candidates through the duty read model and gives a command; the rule
 * decides again inside the stream. Command ids come from the duty and its limit, so that a second look, or a second timekeeper, changes nothing.
 */
export class Timekeeper {
  private stopping: AbortController | undefined;
  private running: Promise<void> | undefined;
  private lastFault: string | null = null;

  constructor(private readonly parts: TimekeeperParts) {}

  start(): void {
    if (this.running !== undefined) return;
    this.stopping = new AbortController();
    this.running = this.run(this.stopping.signal);
  }

  /** Finishes the look under way, then stops. */
  async stop(): Promise<void> {
    this.stopping?.abort();
    await this.running;
    this.running = undefined;
  }

  /** The reason why the last look failed, wholly or in part; null when it did not. */
  health(): Readonly<{ fault: string | null }> {
    return { fault: this.lastFault };
  }

  /** Looks once at every open duty whose limit has passed or comes near; a clock in doubt ends the look, as a fault. @throws LeaseLost */
  async runOnce(): Promise<Looked> {
    this.lastFault = null;
    const looked = { breached: 0, reminded: 0, failed: 0 };
    try {
      await this.parts.clock?.mustAgree();
      await this.look(looked);
    } catch (error) {
      if (!(error instanceof ClockInDoubt)) throw error;
      this.fault(error);
    }
    return looked;
  }

  private async look(looked: { breached: number; reminded: number; failed: number }): Promise<void> {
    const world = await this.parts.world();
    this.parts.clock?.mustHold();
    const now = toMilliseconds(world.now);
    for await (const duty of this.candidates(now + reminderHorizonMs)) {
      const what = noticeable(duty, world);
      if (what === undefined) continue;
      const outcome = await this.give(what, duty, world);
      if (outcome === 'failed') looked.failed += 1;
      else if (outcome === 'recorded') looked[what === 'BreachDuty' ? 'breached' : 'reminded'] += 1;
    }
  }

  /** The first moment after `after` at which a duty is overdue or may be reminded; undefined when nothing is open. For a clock moved by hand. */
  async nextNotice(after: Instant): Promise<Notice | undefined> {
    const world = await this.parts.world();
    const start = toMilliseconds(after);
    const firstDue = await this.parts.readModels.nextDueAfter(start);
    if (firstDue === undefined) return undefined;
    let next: Readonly<{ ms: number; notice: Notice }> | undefined;
    for await (const duty of this.candidates(firstDue + reminderHorizonMs)) {
      for (const { ms, what } of moments(duty, world)) {
        if (ms <= start || (next !== undefined && ms >= next.ms)) continue;
        next = { ms, notice: { at: instantInChina(ms), what, stream: duty.stream, dutyId: duty.dutyId } };
      }
    }
    return next?.notice;
  }

  private async *candidates(before: number): AsyncGenerator<DutyRow> {
    for (let cursor: string | undefined; ;) {
      const page = await this.parts.readModels.dutiesToNotice({ before }, { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) });
      yield* page.rows;
      if (page.next === null) return;
      cursor = page.next;
    }
  }

  private async give(type: 'BreachDuty' | 'RemindDuty', duty: DutyRow, world: World): Promise<'recorded' | 'already' | 'failed'> {
    const { stream, streamId, dutyId, dueAt } = duty;
    const command: Command = { type, data: { dutyId }, by: actor, at: world.now };
    const request = { kind: findStreamKindOf(stream), streamId, command };
    const commandId = derivedId('timekeeper', type, stream, dutyId, dueAt);
    try {
      await this.parts.mayAct?.();
      this.parts.clock?.mustHold();
      const answer = await this.parts.desk.give({ ...request, commandId, requestText: JSON.stringify([type, stream, dutyId, dueAt]) });
      return answer.events.length > 0 && !answer.replayed ? 'recorded' : 'already';
    } catch (error) {
      if (error instanceof LeaseLost || error instanceof ClockInDoubt) throw error;
      if (error instanceof Refusal && quiet.has(error.code)) return 'already';
      if (error instanceof InProgress) return 'already';
      this.fault(error);
      return 'failed';
    }
  }

  private fault(error: unknown): void {
    this.lastFault = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown fault';
    this.parts.onFault?.(error);
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.runOnce().catch((error: unknown) => this.fault(error));
      await sleep(this.parts.restMs ?? timekeeperRestMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** What there is to notice about a duty now, as far as its row tells. */
function noticeable(duty: DutyRow, world: World): 'BreachDuty' | 'RemindDuty' | undefined {
  const now = toMilliseconds(world.now);
  for (const { ms, what } of moments(duty, world)) if (ms <= now) return what === 'overdue' ? 'BreachDuty' : 'RemindDuty';
  return undefined;
}

/** When a duty is overdue, and when its debtor may be reminded. Soft limits are never overdue; limits in hours have no reminder. */
function moments(duty: DutyRow, world: World): readonly Readonly<{ ms: number; what: Notice['what'] }>[] {
  const overdue = duty.force === 'soft' ? [] : [{ ms: duty.dueAtMs + 1, what: 'overdue' as const }];
  const remind =
    duty.remindedAt === null && countsInDays(duty.dueAt)
      ? [{ ms: toMilliseconds(reminderFrom(duty, world)), what: 'reminder' as const }]
      : [];
  return [...overdue, ...remind];
}
