import { decide } from '../decide';
import { evolve, isDutyEvent, nothing, type RecordedEvent, type Situation } from '../situation';
import { Refusal, type RefusalCode } from '../refusal';
import { findCommandKind } from '../decide';
import type { AnyStreamKind } from '../stream-kind';
import type { Actor, AgencyId, Command, Event, Instant, Role } from '../words';
import type { Directory } from '../world/world';
import { directory as storyAgencies } from './agencies';

/** One past event in a spec: who recorded it and when, then what. */
export type Past = Readonly<{ by: AgencyId; at: Instant; event: Event }>;

/** A command in a spec. `now` is the recording moment; `at` (when it happened) is the same unless said. */
export type Asked<C extends Command = Command> = Readonly<{
  by: AgencyId;
  now: Instant;
  at?: Instant;
  role?: Role;
  /** The staff number; `u1` unless said. */
  user?: string;
  backfillReason?: string;
  type: C['type'];
  data: C['data'];
}>;

const idOf = (n: number): string => `e${n}`;
/** Words for one duty event: `opened D-F1-1 fengyang-station→… until 2020-10-24T00:00:00+08:00`. */
const dutyWords = ({ type, data }: Event): string => {
  const duty = data as { dutyId: string; owedBy?: string; owedTo?: string; dueAt?: string; late?: boolean };
  if (type === 'DutyOpened') return `opened ${duty.dutyId} ${duty.owedBy}→${duty.owedTo} until ${duty.dueAt}`;
  if (type === 'DutyDischarged') return `discharged ${duty.dutyId}${duty.late === true ? ' late' : ''}`;
  return `${type.replace('Duty', '').toLowerCase()} ${duty.dutyId}`;
};

/** What came of a command in a spec. */
export type Outcome = Readonly<{
  /** The domain events, without those of duties. */
  events: readonly Event[];
  /** What happened to duties, in words, in order. */
  duties: readonly string[];
  situation: Situation;
}>;

/** A history to which commands are put: `given(kind, …events).when(command)`. Events get the ids e1, e2, …; personal values are open. */
export function given(kind: AnyStreamKind, ...history: readonly Past[]): Story {
  const recorded = history.map(({ by, at, event }, index) => ({ ...event, meta: { id: idOf(index + 1), by, at } }));
  return new Story(kind, recorded, storyAgencies);
}

/** Plays commands one after the other; refusals are told by {@link Story.refusal}. */
export class Story {
  readonly situation: Situation;

  constructor(
    private readonly kind: AnyStreamKind,
    readonly history: readonly RecordedEvent[],
    private readonly directory: Directory,
    private readonly subject?: Situation,
  ) {
    this.situation = history.reduce((situation, event) => evolve(kind, situation, event), nothing<unknown>(kind.initial));
  }

  /** The same history seen with another directory. */
  with(directory: Directory): Story {
    return new Story(this.kind, this.history, directory, this.subject);
  }

  /** The same history, about another stream that stands so. */
  about({ situation }: Pick<Story, 'situation'>): Story {
    return new Story(this.kind, this.history, this.directory, situation);
  }

  /** The story after the command; throws what the rule throws. */
  and<C extends Command>(asked: Asked<C>): Story {
    return new Story(this.kind, [...this.history, ...this.decided(asked)], this.directory, this.subject);
  }

  when<C extends Command>(asked: Asked<C>): Outcome {
    const decided = this.decided(asked);
    const plain = decided.map(({ type, data }) => ({ type, data }));
    return {
      events: plain.filter(({ type }) => !isDutyEvent(type)),
      duties: plain.filter(({ type }) => isDutyEvent(type)).map(dutyWords),
      situation: new Story(this.kind, [...this.history, ...decided], this.directory).situation,
    };
  }

  /** The code with which the command is refused; fails when it is not. */
  refusal<C extends Command>(asked: Asked<C>): RefusalCode {
    try {
      this.decided(asked);
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
    throw new Error(`${asked.type} was not refused.`);
  }

  private decided<C extends Command>(asked: Asked<C>): readonly RecordedEvent[] {
    const actor: Actor = { agency: asked.by, user: asked.user ?? 'u1', client: 'c1', role: asked.role ?? 'staff' };
    const command: Command = {
      type: asked.type,
      data: asked.data,
      by: actor,
      at: asked.at ?? asked.now,
      ...(asked.backfillReason === undefined ? {} : { backfillReason: asked.backfillReason }),
    };
    const needs = findCommandKind(this.kind, asked.type)?.needs as ((data: object, state: unknown) => readonly string[]) | undefined;
    const wanted = needs?.(asked.data, this.situation.state) ?? [];
    const opened = new Map(this.history.filter(({ meta }) => wanted.includes(meta.id)).map(({ meta, data }) => [meta.id, data]));
    return decide(this.kind, this.situation, command, {
      world: { now: asked.now, directory: this.directory },
      eventId: (index) => idOf(this.history.length + index + 1),
      opened,
      ...(this.subject === undefined ? {} : { about: this.subject }),
    });
  }
}
