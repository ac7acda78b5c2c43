import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Query } from '@guitu/event-log';
import { streams } from '@guitu/rescue';
import type { DataSource } from 'typeorm';
import { readSchema } from './database';
import { entities, readModels } from './list';
import { StreamMemory } from './stream-memory';
import { quoted, tableOf, type Table } from './table-rows';

/** One set of tables, made by one code from the beginning of the log on. Views point to the one that is read. */
export type Generation = Readonly<{
  number: number;
  schema: string;
  tables: ReadonlyMap<string, Table>;
  /** What this process remembers of its streams. */
  memory: StreamMemory;
}>;

/** Where a generation stands. */
export type Checkpoint = Readonly<{ generation: number; position: bigint; codeDigest: string }>;

/** The one projection of this room: all of its tables share a checkpoint. */
export const projectionName = 'read-models';

export function generationOf(source: DataSource, number: number): Generation {
  const schema = `read_g${number}`;
  const tables = entities.map((entity) => tableOf(source, entity, schema));
  return { number, schema, tables: new Map(tables.map((table) => [table.name, table])), memory: new StreamMemory() };
}

/**
 * Which code makes the rows: the tables, the folds' revisions, and how the state of each stream looks. Rows of another digest are rebuilt before
 * anything is added to them.
 */
export function codeDigest(source: DataSource): string {
  const { tables } = generationOf(source, 1);
  const told = {
    tables: [...tables.values()].map(({ createSql }) => createSql),
    models: readModels.map(({ name, revision }) => [name, revision]),
    states: streams.map(({ category, initial }) => [category, initial]),
  };
  return createHash('sha256')
    .update(canonicalize(told) ?? '', 'utf8')
    .digest('hex');
}

/** Makes the tables of a generation, empty and at position 0. Nobody reads it yet. */
export async function createGeneration(query: Query, generation: Generation, digest: string): Promise<void> {
  await beginGeneration(query, generation, digest);
  await indexGeneration(query, generation);
}

/** As {@link createGeneration}, with the keys of the tables alone: rows come faster into them before they are indexed. */
export async function beginGeneration(query: Query, generation: Generation, digest: string): Promise<void> {
  await query(`create schema ${quoted(generation.schema)}`);
  for (const { createSql } of generation.tables.values()) for (const sql of createSql.slice(0, 1)) await query(sql);
  const checkpoint = `insert into ${readSchema}.projection_checkpoint (name, generation, position, code_digest) values ($1, $2, 0, $3)`;
  await query(checkpoint, [projectionName, generation.number, digest]);
}

/** Makes the indexes that reading needs, and lets the server look at the rows. */
export async function indexGeneration(query: Query, { tables }: Generation): Promise<void> {
  for (const { place, createSql } of tables.values()) {
    for (const sql of createSql.slice(1)) await query(sql);
    await query(`analyze ${place}`);
  }
}

/** Makes this the generation that is read: the views point to it when the transaction commits. */
export async function switchTo(query: Query, { number, schema, tables }: Generation): Promise<void> {
  const views = await query<{ viewname: string }>(`select viewname from pg_views where schemaname = $1`, [readSchema]);
  for (const { viewname } of views) await query(`drop view ${readSchema}.${quoted(viewname)}`);
  for (const name of tables.keys())
    await query(`create view ${readSchema}.${quoted(name)} as select * from ${quoted(schema)}.${quoted(name)}`);
  const live = `insert into ${readSchema}.live_generation (name, generation) values ($1, $2)
    on conflict (name) do update set generation = excluded.generation`;
  await query(live, [projectionName, number]);
}

export async function dropGeneration(query: Query, number: number): Promise<void> {
  await query(`drop schema if exists ${quoted(`read_g${number}`)} cascade`);
  await query(`delete from ${readSchema}.projection_checkpoint where name = $1 and generation = $2`, [projectionName, number]);
}

/** All generations there are, oldest first, whether read or not. */
export async function generationNumbers(query: Query): Promise<readonly number[]> {
  const sql = `select generation from ${readSchema}.projection_checkpoint where name = $1 order by generation`;
  return (await query<{ generation: number }>(sql, [projectionName])).map(({ generation }) => generation);
}

type CheckpointRow = Readonly<{ generation: number; position: string; code_digest: string }>;
const checkpointOf = (row: CheckpointRow | undefined): Checkpoint | undefined =>
  row === undefined ? undefined : { generation: row.generation, position: BigInt(row.position), codeDigest: row.code_digest };

const liveSql = `select c.generation, c.position, c.code_digest from ${readSchema}.live_generation l
  join ${readSchema}.projection_checkpoint c using (name, generation) where l.name = $1`;

/** Where the generation that is read stands; undefined before there is one. */
export async function liveCheckpoint(query: Query): Promise<Checkpoint | undefined> {
  return checkpointOf((await query<CheckpointRow>(liveSql, [projectionName]))[0]);
}

/** As {@link liveCheckpoint}, and holds it until the transaction ends: whoever else would move it, or switch generations, waits. */
export async function lockLive(query: Query): Promise<Checkpoint | undefined> {
  const both = `${liveSql} for update of l, c`;
  const live = checkpointOf((await query<CheckpointRow>(both, [projectionName]))[0]);
  if (live !== undefined) return live;
  // After waiting for a switch the pointer that was found no longer fits its checkpoint: it is asked alone, and tells the new generation.
  const pointer = `select generation from ${readSchema}.live_generation where name = $1 for update`;
  const [switched] = await query<{ generation: number }>(pointer, [projectionName]);
  return switched === undefined ? undefined : lockCheckpoint(query, switched.generation);
}

/** Holds the checkpoint of one generation until the transaction ends. */
export async function lockCheckpoint(query: Query, generation: number): Promise<Checkpoint | undefined> {
  const sql = `select generation, position, code_digest from ${readSchema}.projection_checkpoint where name = $1 and generation = $2 for update`;
  return checkpointOf((await query<CheckpointRow>(sql, [projectionName, generation]))[0]);
}

/** The checkpoint was not where the transaction had found it: nothing of the page may stay. */
export class CheckpointMoved extends Error {
  constructor(expected: bigint) {
    super(`The checkpoint of the read models is no longer at ${expected}; nothing was written.`);
    this.name = 'CheckpointMoved';
  }
}

/** Where a checkpoint goes, and what the same statement does on the way: parts of a `with`, whose values come first. */
export type Move = Readonly<{ to: bigint; meanwhile?: readonly string[]; values?: readonly string[] }>;

/** @throws CheckpointMoved unless exactly the checkpoint at `from` moves; the caller's transaction must not be committed then */
export async function moveCheckpoint(
  query: Query,
  { generation, position }: Checkpoint,
  { to, meanwhile = [], values = [] }: Move,
): Promise<void> {
  const [name, number, from, next] = [1, 2, 3, 4].map((place) => `$${values.length + place}`);
  const moving = `checkpoint_moved as (update ${readSchema}.projection_checkpoint set position = ${next}
    where name = ${name} and generation = ${number} and position = ${from} returning 1)`;
  const sql = `with ${[...meanwhile, moving].join(',\n')} select count(*)::int as moved from checkpoint_moved`;
  const [row] = await query<{ moved: number }>(sql, [...values, projectionName, generation, position.toString(), to.toString()]);
  if (row?.moved !== 1) throw new CheckpointMoved(position);
}
