import type { Duty, DutyBook, DutyRule, Opening } from './duties/duty';
import type { Situation } from './situation';
import type { Command, Event, EventMeta, Givers, PartyMarks, Plain, SealedMarks } from './words';
import type { World } from './world/world';

type Sealing<D> = keyof SealedMarks<D> extends never ? { readonly sealed?: undefined } : { readonly sealed: SealedMarks<D> };
type Naming<D> = keyof PartyMarks<D> extends never ? { readonly parties?: undefined } : { readonly parties: PartyMarks<D> };

/** What the house must know about one kind of event of a stream whose state is `S`. */
export type EventKind<S, E extends Event> = Readonly<{
  /** Its name as officials say it. */
  zh: string;
  /** The clause it comes from, e.g. `S002-A1 §4(2)`; `[P]` marks a proposal of the dossier. */
  basis: string;
  /** Older shapes, oldest first: `past[0]` turns version 1 into version 2. The current version is `past.length + 1`. */
  past?: readonly ((old: never) => object)[];
  /** What the event does to the state. It sees no personal value: those stay sealed. */
  apply: (state: S, data: Plain<E['data']>, meta: EventMeta) => S;
}> &
  Sealing<E['data']> &
  Naming<E['data']>;

/** What a rule may look at besides the command and the state. */
export type Aid = Readonly<{
  world: World;
  duties: DutyBook;
  /** The opened data of the past events that `needs` named, by event id; `erased` when a person's key is gone. */
  opened: ReadonlyMap<string, object | 'erased'>;
  /** Where the stream stands that this one is about (see `StreamKind.about`); it exists. Absent for kinds that stand by themselves. */
  about?: Situation;
}>;

/** One kind of command: who may give it and its rule. */
export type CommandKind<S, C extends Command, E extends Event> = Readonly<{
  zh: string;
  /** The kinds of agency that may give it; an empty list means any. */
  by: Givers;
  /** `first`: it begins a stream. `any`: it may, or may come later. Absent: the stream must exist. */
  opens?: 'first' | 'any';
  /** Given by a person's role rather than an agency's task. */
  role?: 'registrar' | 'system';
  /** Past events whose personal values the rule must compare; the caller opens exactly those. */
  needs?: (data: C['data'], state: S) => readonly string[];
  /** What happens, or a thrown Refusal. No events means "already so". */
  decide: (command: C, state: S, aid: Aid) => readonly E[];
}>;

/** Entries of a catalogue: forgetting an event or a command of the union does not compile. */
export type EventKinds<S, E extends Event> = { readonly [K in E as K['type']]: EventKind<S, K> };
export type CommandKinds<S, C extends Command, E extends Event> = { readonly [K in C as K['type']]: CommandKind<S, K, E> };

/** A kind of stream: its name, its table of contents and its duties. Everything around the domain works from this alone. */
export type StreamKind<S = unknown, E extends Event = Event, C extends Command = Command> = Readonly<{
  /** First part of the stream's name: `case` in `case-6f…`. */
  category: string;
  /** The collection in the HTTP API: `cases`. */
  collection: string;
  zh: string;
  initial: S;
  events: EventKinds<S, E>;
  commands: CommandKinds<S, C, E>;
  duties: readonly DutyRule<S, E>[];
  /**
   * The category of the stream with the same id that this one is about (`case`): it must exist, its parties know of this one, and rules see where
   * it stands.
   */
  about?: string;
  /** Guitu's own bookkeeping: no command is given to it, no read model follows it, no address shows it. */
  bookkeeping?: true;
  /** Refuses whatever no command of this stream may do in this state (a dead person is not sent home). Runs before the rule. */
  guard?: (command: C, state: S) => void;
}>;

/** The same kind without its types, for whoever serves every kind of stream: codec, handler, projections, HTTP. */
export type AnyStreamKind = Omit<StreamKind, 'initial' | 'events' | 'commands' | 'duties' | 'guard'> &
  Readonly<{
    initial: unknown;
    events: Readonly<Record<string, AnyEventKind>>;
    commands: Readonly<Record<string, AnyCommandKind>>;
    duties: readonly AnyDutyRule[];
    guard?: (command: never, state: never) => void;
  }>;
export type AnyEventKind = Readonly<{
  zh: string;
  basis: string;
  past?: readonly ((old: never) => object)[];
  sealed?: MarkTree | undefined;
  parties?: PartyTree | undefined;
  apply: (state: never, data: never, meta: EventMeta) => unknown;
}>;
export type AnyCommandKind = Readonly<{
  zh: string;
  by: Givers;
  opens?: 'first' | 'any';
  role?: 'registrar' | 'system';
  needs?: (data: never, state: never) => readonly string[];
  decide: (command: never, state: never, aid: Aid) => readonly Event[];
}>;
export type AnyDutyRule = Omit<DutyRule<never, Event>, 'opens' | 'dischargedBy' | 'lapsesOn'> &
  Readonly<{ opens: Readonly<Record<string, AnyOpens | undefined>>; dischargedBy: AnyVerdicts; lapsesOn?: AnyVerdicts }>;
type AnyOpens = (happened: never, state: never, world: World, duties: DutyBook) => Opening | readonly Opening[] | undefined;
type AnyVerdicts = Readonly<Record<string, true | ((happened: never, duty: Duty, state: never) => boolean) | undefined>>;
export type MarkTree = { readonly [field: string]: string | MarkTree };
export type PartyTree = { readonly [field: string]: true | PartyTree };
