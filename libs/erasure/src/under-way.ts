import type { Query } from '@guitu/event-log';
import type { KeyRange } from '@guitu/personal-data';

/** An erasure by the stream in which it was decided and its id there. */
export type ErasureName = Readonly<{ stream: string; erasureId: string }>;

/** What the custodian noted of an erasure under way. `retired`: null until its keys were retired. */
export type ErasureNote = Readonly<{ retired: readonly KeyRange[] | null; indexRows: number }>;

/** Positions mean something in one engine alone: a log that moves to another is followed from its beginning. */
export type FollowedEngine = 'postgres' | 'eventstoredb';

/** The checkpoint moved while a page was worked on: somebody else follows, too. Nothing of the page was kept. */
export class CustodianOvertaken extends Error {
  override readonly name = 'CustodianOvertaken';

  constructor(expected: bigint) {
    super(`The custodian's checkpoint is no longer at ${expected}; nothing of the page was kept.`);
  }
}

export async function readCheckpoint(query: Query, engine: FollowedEngine): Promise<bigint> {
  const [row] = await query<{ position: bigint }>('select position from erasure.checkpoint where name = $1', [engine]);
  return row?.position ?? 0n;
}

type Move = Readonly<{ engine: FollowedEngine; from: bigint; to: bigint }>;

/** @throws CustodianOvertaken unless it stands at `from` */
export async function moveCheckpoint(query: Query, { engine, from, to }: Move): Promise<void> {
  await query('insert into erasure.checkpoint (name, position) values ($1, 0) on conflict do nothing', [engine]);
  const move = 'update erasure.checkpoint set position = $3 where name = $1 and position = $2 returning position';
  if ((await query(move, [engine, from.toString(), to.toString()])).length === 0) throw new CustodianOvertaken(from);
}

export async function begin(query: Query, { stream, erasureId }: ErasureName): Promise<void> {
  await query('insert into erasure.under_way (stream, erasure_id) values ($1, $2) on conflict do nothing', [stream, erasureId]);
}

export async function end(query: Query, { stream, erasureId }: ErasureName): Promise<void> {
  await query('delete from erasure.under_way where stream = $1 and erasure_id = $2', [stream, erasureId]);
}

export function listUnderWay(query: Query): Promise<readonly ErasureName[]> {
  return query<ErasureName>('select stream, erasure_id as "erasureId" from erasure.under_way order by stream, erasure_id');
}

/** The note, held until the transaction ends. */
export async function lockNote(query: Query, erasure: ErasureName): Promise<ErasureNote> {
  await begin(query, erasure);
  const select = `select retired, index_rows as "indexRows" from erasure.under_way where stream = $1 and erasure_id = $2 for update`;
  const [row] = await query<ErasureNote>(select, [erasure.stream, erasure.erasureId]);
  if (row === undefined) throw new Error('The note of an erasure under way is gone.');
  return row;
}

export async function changeNote(query: Query, { stream, erasureId }: ErasureName, { retired, indexRows }: ErasureNote): Promise<void> {
  const update = 'update erasure.under_way set retired = $3::jsonb, index_rows = $4 where stream = $1 and erasure_id = $2';
  await query(update, [stream, erasureId, retired === null ? null : JSON.stringify(retired), indexRows]);
}
