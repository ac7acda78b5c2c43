import type { CommandAnswer } from '@guitu/history';
import { eventKindOf, type AnyStreamKind, type RecordedEvent } from '@guitu/rescue';

/** What the answer tells of an event: its id and type, its place, and the ids that its data names. No personal data, no free text. */
export function eventNote(kind: AnyStreamKind, event: RecordedEvent, version: number): Readonly<Record<string, unknown>> {
  const sealed = eventKindOf(kind, event.type).sealed ?? {};
  const ids = Object.entries(event.data).filter(
    ([field, value]) => typeof value === 'string' && /(?:^|[a-z])Id$/.test(field) && !Object.hasOwn(sealed, field),
  );
  return { id: event.meta.id, type: event.type, version, ...Object.fromEntries(ids.filter(([field]) => !ownFields.has(field))) };
}
const ownFields: ReadonlySet<string> = new Set(['id', 'type', 'version']);

/** The body of the answer to a command; the first answer and its replays are the same. */
export function answerBody(kind: AnyStreamKind, streamId: string, answer: CommandAnswer): Readonly<Record<string, unknown>> {
  const first = answer.version - answer.events.length + 1;
  return {
    [`${kind.category}Id`]: streamId,
    version: answer.version,
    position: String(answer.position),
    recordedAt: answer.recordedAt,
    events: answer.events.map((event, index) => eventNote(kind, event, first + index)),
  };
}
