import type { EventLog, StoredRecord } from '@guitu/event-log';
import { recordedOf, type Recorded } from '@guitu/history';
import { evolve, findStreamKind, foldDirectory, nothing, type AnyStreamKind, type Directory, type Situation } from '@guitu/rescue';
import { checkChain, type Break, type Chain } from './check-chain';
import { BadUse } from './failures';

/** All that an auditor's command may do to the log. */
export type ReadableLog = Pick<EventLog, 'read' | 'readAll' | 'head'>;

/** One stream as it lies in the log: its events up to the first break of its chain, if there is one. */
export type StoredHistory = Readonly<{ kind: AnyStreamKind; stream: string; events: readonly Recorded[]; chain: Chain }>;

/** What a command needs to tell a case: its history, the agencies that it names, and every break in what was read. */
export type Audited = Readonly<{ history: StoredHistory; situation: Situation; directory: Directory; breaks: readonly Break[] }>;

/** The stream that a user names: `case-6f…`, `agency-taicang-station`, or the id of a case alone. */
function streamNamed(name: string): Readonly<{ kind: AnyStreamKind; stream: string }> {
  const category = name.split('-', 1)[0] ?? '';
  const named = findStreamKind(category);
  if (named !== undefined && name.length > category.length + 1) return { kind: named, stream: name };
  const cases = findStreamKind('case');
  if (cases === undefined) throw new Error('There is no kind of stream for cases.');
  return { kind: cases, stream: `case-${name}` };
}

/**
 * Reads one case (or any other stream) and the streams of the agencies that it names; nothing else of the log is read.
 * @throws BadUse when there is no such stream; UnknownEventType, UnknownEventVersion when this program is too old for it
 */
export async function auditStream(log: ReadableLog, name: string): Promise<Audited> {
  const { kind, stream } = streamNamed(name);
  const history = await readStored(log, kind, stream);
  if (history.chain.records === 0) throw new BadUse(`日志中没有 ${stream} There is no ${stream} in this log.`);
  const situation = situationAfter(kind, history.events);
  const { directory, breaks } = await readAgencies(log, situation);
  return { history, situation, directory, breaks: [...(history.chain.broken === null ? [] : [history.chain.broken]), ...breaks] };
}

/** Where a stream stands after these of its events. */
export const situationAfter = (kind: AnyStreamKind, events: readonly Recorded[]): Situation =>
  events.reduce((situation, event) => evolve(kind, situation, event), nothing<unknown>(kind.initial));

async function readStored(log: ReadableLog, kind: AnyStreamKind, stream: string): Promise<StoredHistory> {
  const records = await log.read(stream);
  const chain = checkChain(stream, records);
  const reliable = chain.broken === null ? records : records.slice(0, chain.broken.version - 1);
  return { kind, stream, events: readable(reliable, kind, chain), chain };
}

/** A record before a break may itself be the changed one and make no sense; then reading ends before it. */
function readable(records: readonly StoredRecord[], kind: AnyStreamKind, chain: Chain): readonly Recorded[] {
  const events: Recorded[] = [];
  let situation = nothing<unknown>(kind.initial);
  for (const record of records) {
    try {
      const event = recordedOf(record, kind);
      situation = evolve(kind, situation, event);
      events.push(event);
    } catch (error) {
      if (chain.broken !== null) return events;
      throw error;
    }
  }
  return events;
}

async function readAgencies(
  log: ReadableLog,
  { parties }: Situation,
): Promise<Readonly<{ directory: Directory; breaks: readonly Break[] }>> {
  let directory: Directory = new Map();
  const breaks: Break[] = [];
  const agencies = findStreamKind('agency');
  if (agencies === undefined) throw new Error('There is no kind of stream for agencies.');
  for (const agencyId of parties) {
    const { events, chain } = await readStored(log, agencies, `agency-${agencyId}`);
    directory = foldDirectory(
      events.map((event) => ({ agencyId, event })),
      directory,
    );
    if (chain.broken !== null) breaks.push(chain.broken);
  }
  return { directory, breaks };
}
