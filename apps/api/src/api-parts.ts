import type { Jwks, TokenRules } from '@guitu/access';
import type { DisclosureGate } from '@guitu/disclosure';
import type { PlanParts } from '@guitu/erasure';
import type { EventLog } from '@guitu/event-log';
import type { AuditTrail, CommandDesk, FollowerHealth } from '@guitu/history';
import type { BlindIndex, Keyring } from '@guitu/personal-data';
import type { ReadModels } from '@guitu/read-models';
import type { Instant, World } from '@guitu/rescue';
import type { LogSink } from './logging/log-record';

/** How the service listens and what it accepts. */
export type ApiSettings = Readonly<{
  host: string;
  port: number;
  /** The address under which callers know the service; `http://host:port` when absent. */
  publicUrl?: string;
  /** Largest body in bytes, as sent and as inflated; 1 MiB unless said. */
  bodyLimit?: number;
  /** Issuer, audience and longest life of tokens. */
  tokens: TokenRules;
}>;

/** The clock of a sandbox, moved by hand. */
export type SandboxClock = Readonly<{ now: () => Instant; moveTo: (moment: Instant) => Promise<void> | void }>;

/** Everything that the HTTP service works with; whoever starts it chooses the infrastructure. */
export type ApiParts = Readonly<{
  desk: CommandDesk;
  log: EventLog;
  keyring: Keyring;
  /** The one way by which personal values leave. */
  gate: DisclosureGate;
  /** Records who reads and searches, before anything is told. */
  trail: Pick<AuditTrail, 'record'>;
  /** Finds persons by a keyed digest. */
  blindIndex: Pick<BlindIndex, 'find'>;
  /** What a dry run of an erasure looks at beside the log and the read models; opens nothing. */
  keysForPlan: Pick<PlanParts, 'keys' | 'indexRows'>;
  readModels: ReadModels;
  /** What rules look up, as of now. */
  world: () => Promise<World> | World;
  jwks: Jwks;
  settings: ApiSettings;
  followers: () => readonly FollowerHealth[];
  /** How many positions a follower may be behind before the service calls itself unready; 10,000 unless said. */
  maxLag?: bigint;
  /** Only in a sandbox; without it the routes of the clock do not exist. */
  sandbox?: SandboxClock;
  /** Told after a command was recorded: whoever remembers something of that kind of stream looks again. */
  onRecorded?: (category: string, position: bigint) => void;
  logger: LogSink;
}>;

export const DEFAULT_BODY_LIMIT = 1_048_576;
/** The token under which the parts are handed to controllers. */
export const API_PARTS = Symbol('ApiParts');
