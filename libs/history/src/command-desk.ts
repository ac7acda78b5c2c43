import { setTimeout as sleep } from 'node:timers/promises';
import { AppendTooLarge, EventIdTaken, LogUnavailable, OutcomeUnknown, VersionConflict, type EventLog } from '@guitu/event-log';
import { isErased, openTree, openValues, sealedValuesIn, type Keyring } from '@guitu/personal-data';
import {
  decideAndEvolve,
  findCommandKind,
  kindAbout,
  Refusal,
  type AnyStreamKind,
  type Command,
  type RecordedEvent,
  type Situation,
  type World,
} from '@guitu/rescue';
import { eventId } from './command-id';
import { sealBatch } from './sealing';
import type { Recorded } from './recorded';
import { RememberedStreams } from './remembered-streams';
import { emptyHistory, readHistory, type StreamHistory } from './situation-of';

/** How often a command is decided again after a version conflict. Deciding again is always safe: it is the rule. */
export const MAX_DECISIONS = 5;
const JITTER_MS = 5;

/** A command on its way to a stream. */
export type CommandRequest = Readonly<{
  kind: AnyStreamKind;
  streamId: string;
  command: Command;
  /** Derived from the caller's idempotency key; see `commandId`. */
  commandId: string;
  /** The text that must be the same when the same key comes again. */
  requestText: string;
  /** Only if nothing happened since the caller looked. */
  expectedVersion?: number;
  /** Refuses a caller who may not know of the stream, before anything is decided; `about`: where the stream stands that it is about, if any. */
  mayKnow?: (situation: Situation, about?: Situation) => void;
  causation?: string;
}>;

/** What a command came to. `events` are those of this command, in order, as they lie in the log; none means that it was so already. */
export type CommandAnswer = Readonly<{
  stream: string;
  version: number;
  position: bigint;
  recordedAt: string | null;
  events: readonly RecordedEvent[];
  /** The same key had come before: this is the first answer again. */
  replayed: boolean;
}>;

/** The same idempotency key came with another request. */
export class KeyReused extends Error {
  constructor() {
    super('This idempotency key was used for another request.');
    this.name = 'KeyReused';
  }
}
/** `If-Match` names a version that is no longer the newest. */
export class StaleVersion extends Error {
  constructor(readonly current: number) {
    super(`The stream is at version ${current}.`);
    this.name = 'StaleVersion';
  }
}
/** The same key is being worked on in this moment. */
export class InProgress extends Error {
  constructor() {
    super('A request with this idempotency key is being worked on.');
    this.name = 'InProgress';
  }
}

/** A history as it was read; or one from memory, which has no events but `known`: the commands that the stream holds. */
type KnownHistory = StreamHistory & Readonly<{ known?: Set<string> }>;

export type Desk = Readonly<{ log: EventLog; keyring: Keyring; world: () => Promise<World> | World }>;

/** Takes commands: reads the stream, looks for its own ids, decides, seals, appends; again from the start on a version conflict. */
export class CommandDesk {
  private readonly underWay = new Set<string>();
  private readonly remembered = new RememberedStreams();

  constructor(private readonly desk: Desk) {}

  /** @throws Refusal, KeyReused, StaleVersion, InProgress, and what the log throws */
  async give(request: CommandRequest): Promise<CommandAnswer> {
    if (this.underWay.has(request.commandId)) throw new InProgress();
    this.underWay.add(request.commandId);
    try {
      return (await this.attemptFromMemory(request)) ?? (await this.attempt(request));
    } finally {
      this.underWay.delete(request.commandId);
    }
  }

  /**
   * Where the stream is remembered, the command is decided on that. Only an append counts, because the log compares the version: whatever else
   * comes of it (a refusal, nothing new, a conflict) is found out again on what the log holds now.
   */
  private async attemptFromMemory(request: CommandRequest): Promise<CommandAnswer | undefined> {
    const stream = streamOf(request);
    const standing = this.remembered.get(stream);
    if (standing === undefined || standing.commands.has(request.commandId) || commandKindOf(request)?.needs !== undefined) return undefined;
    try {
      const answer = await this.decideOn(request, { ...standing, events: [], known: standing.commands });
      if (answer !== 'lies there already' && answer.events.length > 0) return answer;
    } catch (error) {
      if (isOutcome(error)) throw error;
    }
    this.remembered.forget(stream);
    return undefined;
  }

  private async attempt(request: CommandRequest): Promise<CommandAnswer> {
    const opening = commandKindOf(request)?.opens === 'first' && request.expectedVersion === undefined;
    for (let decision = 1; ; decision += 1) {
      // A command that can only begin a stream is decided on an empty one at once; if the stream exists, the log says so and it is read.
      const history =
        opening && decision === 1 ? emptyHistory(request.kind) : await readHistory(this.desk.log, request.kind, streamOf(request));
      try {
        const answer = await this.decideOn(request, history);
        // The log found the ids of an earlier append: the next round reads them.
        if (answer !== 'lies there already') return answer;
        if (decision >= MAX_DECISIONS) throw new KeyReused();
      } catch (error) {
        if (error instanceof EventIdTaken) throw new KeyReused();
        // Before a refusal that saw an empty stream is believed, the stream is read: the key may have come before.
        if (error instanceof Refusal && opening && decision === 1) continue;
        if (!(error instanceof VersionConflict) || decision >= MAX_DECISIONS) throw error;
        await sleep(Math.random() * JITTER_MS * decision);
      }
    }
  }

  private async decideOn(request: CommandRequest, history: KnownHistory): Promise<CommandAnswer | 'lies there already'> {
    const { kind, command, commandId } = request;
    const digest = this.desk.keyring.digest(request.requestText);
    const about = await this.readAbout(request);
    request.mayKnow?.(history.situation, about);
    const before = history.events.filter(({ envelope }) => envelope.command.id === commandId);
    if (before.length > 0) return firstAnswer(request, before, digest);
    const { version } = history.situation;
    if (request.expectedVersion !== undefined && request.expectedVersion !== version) throw new StaleVersion(version);
    const world = await this.desk.world();
    const opened = await this.open(request, history);
    const { events, situation } = decideAndEvolve(kind, history.situation, command, {
      world,
      eventId: (index) => eventId(commandId, index),
      opened,
      ...(about === undefined ? {} : { about }),
    });
    if (events.length === 0) return nothingNew(request, history);
    const stream = streamOf(request);
    const causation = request.causation === undefined ? {} : { causation: request.causation };
    const batch = { kind, stream, version, prev: history.leaf, command, commandId, digest, world, events, ...causation };
    const { records, leaf } = await sealBatch(this.desk.keyring, batch);
    const appended = await this.desk.log.append(stream, version, records);
    if (appended.replayed) return 'lies there already';
    this.remember(request, history, { situation, leaf });
    return { stream, version: appended.version, position: appended.position, recordedAt: appended.recordedAt, events, replayed: false };
  }

  /** Keeps where the stream stands now; states hold no personal value, so nothing about a person is remembered. */
  private remember(
    request: CommandRequest,
    { known, events }: KnownHistory,
    now: Readonly<{ situation: Situation; leaf: string | null }>,
  ): void {
    // One growing set for all standings of a stream: a command that was appended once stays in the stream.
    const commands = (known ?? new Set(events.map((event) => event.envelope.command.id))).add(request.commandId);
    this.remembered.set(streamOf(request), { ...now, commands });
  }

  /** Where the stream stands that this one is about; version 0 when there is none. */
  private async readAbout({ kind, streamId }: CommandRequest): Promise<Situation | undefined> {
    const other = kindAbout(kind);
    return other === undefined ? undefined : (await readHistory(this.desk.log, other, `${other.category}-${streamId}`)).situation;
  }

  private async open({ kind, command }: CommandRequest, history: StreamHistory): Promise<ReadonlyMap<string, object | 'erased'>> {
    const needs = commandKindOf({ kind, command })?.needs as ((data: object, state: unknown) => readonly string[]) | undefined;
    if (needs === undefined) return nothingOpened;
    const wanted = new Set(needs(command.data, history.situation.state));
    const found = history.events.filter(({ meta }) => wanted.has(meta.id));
    return new Map(await Promise.all(found.map(async (event) => [event.meta.id, await openEvent(this.desk.keyring, event)] as const)));
  }
}

const nothingOpened: ReadonlyMap<string, object | 'erased'> = new Map();

/** The event's data in the open; `erased` where any personal value of it is gone. */
async function openEvent(keyring: Keyring, { data }: Recorded): Promise<object | 'erased'> {
  const values = await openValues(keyring, sealedValuesIn(data));
  return values.some(isErased) ? 'erased' : ((await openTree(keyring, data)) as object);
}

const commandKindOf = ({ kind, command }: Pick<CommandRequest, 'kind' | 'command'>) => findCommandKind(kind, command.type);

/** What the log itself said about an append, other than a conflict: deciding again on fresh reading would not change it. */
const isOutcome = (error: unknown): boolean =>
  error instanceof OutcomeUnknown || error instanceof LogUnavailable || error instanceof AppendTooLarge;

const streamOf = ({ kind, streamId }: CommandRequest): string => `${kind.category}-${streamId}`;

/** It was so already: the answer tells where the stream stands. */
function nothingNew(request: CommandRequest, { events, situation }: StreamHistory): CommandAnswer {
  const last = events.at(-1);
  const { version } = situation;
  return {
    stream: streamOf(request),
    version,
    position: last?.position ?? 0n,
    recordedAt: last?.recordedAt ?? null,
    events: [],
    replayed: false,
  };
}

function firstAnswer(request: CommandRequest, before: readonly Recorded[], digest: string): CommandAnswer {
  const last = before.at(-1);
  if (last === undefined || before.some(({ envelope }) => envelope.command.digest !== digest)) throw new KeyReused();
  const { version, position, recordedAt } = last;
  return { stream: streamOf(request), version, position, recordedAt, events: before, replayed: true };
}
