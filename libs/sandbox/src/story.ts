import type { Instant } from '@guitu/standards';

/** What must be true after a step; every part that is given is checked. */
export type Expectation = Readonly<{
  /** Types of the events that the command recorded, without those of duties. */
  events?: readonly string[];
  /** Fields of recorded events: `FeedbackDue: { addressee: luyi-civil-affairs }`. */
  facts?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Who has the person now; `nobody` when no agency has. */
  custody?: string;
  location?: string;
  /** The end of the limit of duties that are open now, by duty: `D-F1: 2020-10-23 24:00`. */
  due?: Readonly<Record<string, string>>;
  /** Who owes a duty that is open now: `D-F1: jiangyin-station`. */
  owes?: Readonly<Record<string, string>>;
  /** Duties that this step discharged. */
  met?: readonly string[];
  /** Duties that stand breached in the record, open or not. */
  breached?: readonly string[];
  /** Phases of loops: `loop-1: CLOSED`. */
  loops?: Readonly<Record<string, string>>;
  /** No duty of these kinds may be open. */
  none?: readonly string[];
  /** The kinds of all duties that are open now, and no others. */
  open?: readonly string[];
}>;

/** One step: somebody does something at a moment, and the service records it or refuses with a code. */
export type Step = Readonly<{
  line: number;
  /** What happens, in a caseworker's words. */
  what: string;
  /** The recording moment. */
  at: Instant;
  /** The case it is about; `main` unless the story has several. */
  case: string;
  /** The agency of the directory that it is about instead of a case; the registrar gives such a command. */
  agency?: string;
  /** What about the case it is given to, where that is a stream beside it: `privacy`. */
  in?: string;
  by?: string;
  command?: string;
  /** When it happened, where that is earlier than `at`. */
  occurredAt?: Instant;
  backfillReason?: string;
  data?: Readonly<Record<string, unknown>>;
  /** The code with which the command must be refused. */
  refused?: string;
  then?: Expectation;
}>;

export type Story = Readonly<{ name: string; title: string; steps: readonly Step[] }>;
