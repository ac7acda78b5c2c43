import type { EventLog } from '@guitu/event-log';
import { readHistory } from '@guitu/history';
import {
  agencyInCharge,
  caseStream,
  retentionDue,
  retentionFactsOf,
  type AgencyId,
  type AnyStreamKind,
  type Case,
  type CaseEvent,
  type RetentionDue,
} from '@guitu/rescue';
import type { CalendarDate } from '@guitu/standards';
import { caseIdOf, privacyStreamOf, readDecided } from './what-is-named';

/** Data of a case whose term of keeping is over, and the agency that answers for them. */
export type CaseDue = RetentionDue & Readonly<{ caseId: string; inCharge: AgencyId | null }>;

const pageSize = 1_000;
const archived: CaseEvent['type'] = 'CaseArchived';
const kind = caseStream as unknown as AnyStreamKind;

/**
 * What is due for erasure on a day by the terms of keeping, over all cases, in the order of their archiving. Changes nothing. Every archived case is read;
 * memory holds their names alone.
 */
export async function* retentionList(log: EventLog, today: CalendarDate): AsyncGenerator<CaseDue> {
  for (const stream of await archivedStreams(log)) {
    const caseId = caseIdOf(stream);
    const { situation } = await readHistory(log, kind, stream);
    const state = situation.state as Case;
    const { state: privacy } = await readDecided(log, privacyStreamOf(caseId));
    const inCharge = agencyInCharge(state) ?? null;
    for (const due of retentionDue(retentionFactsOf(state, privacy), today)) yield { ...due, caseId, inCharge };
  }
}

async function archivedStreams(log: EventLog): Promise<ReadonlySet<string>> {
  const streams = new Set<string>();
  for (let after = 0n; ;) {
    const records = await log.readAll(after, pageSize);
    for (const { type, stream } of records) if (type === archived) streams.add(stream);
    const last = records.at(-1);
    if (last === undefined) return streams;
    after = last.position;
  }
}
