import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database, Query } from '@guitu/event-log';
import { LeaseLost, type Held, type Leases } from './leases';

/** Machine, process and a random part: a person sees who it is, and a process number that comes again is somebody else. */
export const ownerHere = (): string => `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;

export type SqlLeasesOptions = Readonly<{
  /** A login that is `guitu_read` or `guitu_keys`. */
  database: Pick<Database, 'query'>;
  owner: string;
  seconds: number;
}>;

const expiry = `clock_timestamp() + make_interval(secs => $3)`;
const present = `insert into leases.lease (name, epoch, owner, until) values ($1, 0, '', '-infinity') on conflict do nothing`;
const take = `update leases.lease set epoch = epoch + 1, owner = $2, until = ${expiry} where name = $1 and until < clock_timestamp()
  returning epoch`;
const renewal = `update leases.lease set until = ${expiry} where name = $1 and epoch = $2 returning epoch`;
const freeing = `update leases.lease set until = '-infinity' where name = $1 and epoch = $2`;
const stillHeld = `select epoch from leases.lease where name = $1 and epoch = $2 and until > clock_timestamp()`;
// Conflicts with a new epoch alone: renewals go on while a long transaction holds it.
const fenced = `select epoch from leases.lease where name = $1 and epoch = $2 for key share`;
const notIdle = `select set_config('idle_in_transaction_session_timeout', $1, true)`;

/** Leases in PostgreSQL; what time it is, the database's clock says, so that the clocks of the machines may differ. */
export function sqlLeases({ database, owner, seconds }: SqlLeasesOptions): Leases {
  const acquire = async (name: string): Promise<Held | undefined> => {
    await database.query(present, [name]);
    const [taken] = await database.query<{ epoch: bigint }>(take, [name, owner, seconds]);
    return taken === undefined ? undefined : held(database, { name, epoch: taken.epoch, seconds });
  };
  return { seconds, acquire };
}

function held(
  database: Pick<Database, 'query'>,
  { name, epoch, seconds }: Readonly<{ name: string; epoch: bigint; seconds: number }>,
): Held {
  const key = [name, epoch.toString()];
  const must = async (query: Query, statement: string): Promise<void> => {
    const [found] = await query(statement, key);
    if (found === undefined) throw new LeaseLost(name, epoch);
  };
  return {
    name,
    epoch,
    fence: async (query) => {
      await query(notIdle, [String(Math.ceil(seconds * 1_000))]);
      await must(query, fenced);
    },
    check: () => must(database.query, stillHeld),
    renew: async () => (await database.query(renewal, [...key, seconds])).length > 0,
    release: async () => void (await database.query(freeing, key)),
  };
}
