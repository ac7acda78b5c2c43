import { sealedValuesIn } from '@guitu/personal-data';
import type { Recorded } from '@guitu/history';
import { eventKindOf, findCommandKind, isDutyEvent, type Instant } from '@guitu/rescue';
import { dutyView, type DutyView } from './duty-view';
import type { Audited } from './stored-history';
import { nameAt } from './words';

/** One recorded event as an auditor reads it; the shape of `--json`. */
export type EventView = Readonly<{
  version: number;
  /** Of the log, as text: it may go beyond what a number of JSON holds safely. */
  position: string;
  id: string;
  type: string;
  zh: string;
  basis: string;
  /** When it happened, as its recorder states. */
  occurredAt: Instant;
  /** When the log wrote it down: the server's clock. */
  recordedAt: Instant;
  actor: Readonly<{ agency: string; name: string; user: string; role: string }>;
  command: Readonly<{ id: string; type: string; zh: string; index: number; count: number }>;
  causation: string | null;
  /** Why it was recorded late. */
  backfill: unknown;
  /** Personal values are opened, or replaced by their class. */
  data: unknown;
  /** Set for events of duties: what it did to which duty. */
  duty: DutyView | null;
}>;

/** What an event says, with its personal values opened or replaced. */
export type Contents = Readonly<{ data: object; backfill: object | null }>;

export function viewEvent(event: Recorded, { history, directory }: Audited, { data, backfill }: Contents): EventView {
  const { kind, events } = history;
  const { zh, basis } = eventKindOf(kind, event.type);
  const { actor, command, causation } = event.envelope;
  return {
    version: event.version,
    position: String(event.position),
    id: event.meta.id,
    type: event.type,
    zh,
    basis,
    occurredAt: event.meta.at,
    recordedAt: event.recordedAt,
    actor: { agency: actor.agency, name: nameAt(directory, actor.agency, event.meta.at), user: actor.user, role: actor.role },
    command: {
      id: command.id,
      type: command.type,
      zh: findCommandKind(kind, command.type)?.zh ?? command.type,
      index: command.index,
      count: command.count,
    },
    causation,
    backfill: backfill === null ? null : (backfill as { backfillReason?: unknown }).backfillReason,
    data,
    duty: isDutyEvent(event.type) ? { ...dutyView(event, { kind, events, directory }), reason: statedIn(data) } : null,
  };
}

const statedIn = (data: unknown): unknown => (data as { reason?: unknown }).reason ?? null;

/** How many personal values these events hold. */
export const personalValuesIn = (events: readonly Recorded[]): number =>
  events.reduce((sum, { data, backfill }) => sum + sealedValuesIn([data, backfill]).length, 0);
