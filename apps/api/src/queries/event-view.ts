import type { Caller } from '@guitu/access';
import type { Recorded } from '@guitu/history';
import { eventKindOf, type AnyStreamKind } from '@guitu/rescue';

/**
 * One event as its readers see it, personal values still sealed. The staff number of whoever recorded it is for auditors and the recording agency.
 */
export function eventView(kind: AnyStreamKind, event: Recorded, caller: Caller): object {
  const { zh, basis } = eventKindOf(kind, event.type);
  const { actor, command, causation } = event.envelope;
  const seesUser = caller.role === 'auditor' || caller.agency === actor.agency;
  return {
    eventId: event.meta.id,
    type: event.type,
    zh,
    basis,
    version: event.version,
    position: String(event.position),
    occurredAt: event.meta.at,
    recordedAt: event.recordedAt,
    agency: actor.agency,
    ...(seesUser ? { user: actor.user } : {}),
    command: { id: command.id, type: command.type },
    causation,
    data: event.data,
    backfill: event.backfill,
  };
}
