import type { Database, Query } from '@guitu/event-log';
import type { Follows, Recorded } from '@guitu/history';
import { openBlindIndex, sqlBlindIndex, type IndexedValue, type Keyring } from '@guitu/personal-data';
import type { PrivacyEvent } from '@guitu/rescue';
import { indexedValuesOf } from './index-values';
import { begin, end, moveCheckpoint, readCheckpoint, type FollowedEngine } from './under-way';

/** `database`: the key store as `guitu_erasure`. `engine`: what keeps the log; PostgreSQL unless said. */
export type PageParts = Readonly<{ database: Database; keyring: Keyring; engine?: FollowedEngine }>;

/**
 * What the custodian takes from the log: values for the blind index, and which erasures it has to carry out. Rows and checkpoint move in one
 * transaction.
 */
export class CustodianPage implements Follows {
  readonly name = 'custodian';

  constructor(private readonly parts: PageParts) {}

  checkpoint(): Promise<bigint> {
    return readCheckpoint(this.parts.database.query, this.parts.engine ?? 'postgres');
  }

  async take(events: readonly Recorded[], upTo: bigint): Promise<void> {
    const { database, keyring, engine = 'postgres' } = this.parts;
    const from = await this.checkpoint();
    const values = await indexedValuesOf(
      keyring,
      events.filter(({ position }) => position > from),
    );
    await database.transaction(async (query) => {
      await moveCheckpoint(query, { engine, from, to: upTo });
      await putValues(query, keyring, values);
      for (const event of events) await noteErasure(query, event);
    });
  }
}

export async function putValues(query: Query, keyring: Keyring, values: readonly IndexedValue[]): Promise<void> {
  if (values.length > 0) await (await openBlindIndex(keyring, sqlBlindIndex({ query }))).put(values);
}

const beginning: PrivacyEvent['type'] = 'ErasureConfirmed';
const ending: readonly string[] = ['ErasureCompleted', 'ErasureWithdrawn'] satisfies readonly PrivacyEvent['type'][];

async function noteErasure(query: Query, { type, stream, data }: Recorded): Promise<void> {
  const erasure = { stream, erasureId: (data as Readonly<{ erasureId: string }>).erasureId };
  if (type === beginning) await begin(query, erasure);
  else if (ending.includes(type)) await end(query, erasure);
}
