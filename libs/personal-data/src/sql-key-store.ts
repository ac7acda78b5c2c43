import type { KeyName, KeyStore, ServiceKey, StoredKey, Subject } from './key-store';
import type { DataClass } from './sealed';

/** Runs one statement on PostgreSQL with `$1`-style values, each in a transaction of its own. */
export type Sql = Readonly<{ query<R extends object>(text: string, values?: readonly unknown[]): Promise<readonly R[]> }>;

type SubjectRow = Readonly<{ stream: string; role: string; subject_ref: string }>;
type KeyRow = Readonly<{ subject_ref: string; class: DataClass; version: number; wrapped: string | null; kek_id: string }>;
type ServiceKeyRow = Readonly<{ purpose: string; wrapped: string; kek_id: string }>;

/** Keys in the schema `personal_data` (see `personalDataMigrations`), as the role `guitu_keys`. Any number of processes may share it. */
export function sqlKeyStore(sql: Sql): KeyStore {
  return {
    async subjects(proposals) {
      const rows = await agreed(sql, subjectStatements, subjectColumns(proposals), proposals.length);
      return rows.map(({ stream, role, subject_ref }) => ({ stream, role, subject: subject_ref }));
    },
    async keys(proposals) {
      const rows = await agreed(sql, keyStatements, keyColumns(proposals), proposals.length);
      return rows.map(toStoredKey);
    },
    async serviceKey({ purpose, wrapped, kekId }) {
      const rows = await agreed(sql, serviceKeyStatements, [[purpose], [hex(wrapped)], [kekId]], 1);
      const [row] = rows;
      if (!row) throw new Error(`the key store gave no key for ${purpose}`);
      return { purpose, wrapped: Buffer.from(row.wrapped, 'hex'), kekId: row.kek_id } satisfies ServiceKey;
    },
    async findKeys(names) {
      if (names.length === 0) return [];
      return (await sql.query<KeyRow>(keyStatements.find, nameColumns(names))).map(toStoredKey);
    },
  };
}

/** `names`: how many of the values name a row; `nameOf`: the name of a row that came back. */
type Statements<R> = Readonly<{ findOrAdd: string; find: string; names: number; nameOf: (row: R) => string }>;

/**
 * One round trip as a rule. A row that another process commits during the statement is neither found nor added by it; then, and only then, a
 * second statement reads what is there by now.
 */
async function agreed<R extends object>(
  sql: Sql,
  statements: Statements<R>,
  columns: readonly (readonly unknown[])[],
  wanted: number,
): Promise<readonly R[]> {
  if (wanted === 0) return [];
  const rows = await sql.query<R>(statements.findOrAdd, columns);
  if (new Set(rows.map(statements.nameOf)).size === wanted) return rows;
  return sql.query<R>(statements.find, columns.slice(0, statements.names));
}

// Every insert goes in the order of its primary key, so that two processes that add the same rows never wait for each other in a circle.
const subjectStatements: Statements<SubjectRow> = {
  findOrAdd: `
    with wanted as (select * from unnest($1::text[], $2::text[], $3::uuid[]) as w (stream, role, subject_ref)),
    found as (select s.stream, s.role, s.subject_ref from personal_data.subject s join wanted w using (stream, role)),
    added as (
      insert into personal_data.subject (stream, role, subject_ref)
      select * from wanted w where not exists (select from found f where f.stream = w.stream and f.role = w.role) order by stream, role
      on conflict do nothing returning stream, role, subject_ref
    )
    select * from found union all select * from added`,
  find: `
    select stream, role, subject_ref
    from personal_data.subject join unnest($1::text[], $2::text[]) as w (stream, role) using (stream, role)`,
  names: 2,
  nameOf: ({ stream, role }) => JSON.stringify([stream, role]),
};

const keyStatements: Statements<KeyRow> = {
  findOrAdd: `
    with wanted as (
      select subject_ref, class, version, decode(wrapped, 'hex') as wrapped, kek_id
      from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[]) as w (subject_ref, class, version, wrapped, kek_id)
    ),
    found as (
      select k.subject_ref, k.class, k.version, k.wrapped, k.kek_id
      from personal_data.subject_key k join wanted w on w.subject_ref = k.subject_ref and w.class = k.class
    ),
    added as (
      insert into personal_data.subject_key (subject_ref, class, version, wrapped, kek_id)
      select * from wanted w where not exists (select from found f where f.subject_ref = w.subject_ref and f.class = w.class)
      order by subject_ref, class, version
      on conflict do nothing returning subject_ref, class, version, wrapped, kek_id
    )
    select subject_ref, class, version, encode(wrapped, 'hex') as wrapped, kek_id from (select * from found union all select * from added) k
    order by subject_ref, class, version`,
  find: `
    select k.subject_ref, k.class, k.version, encode(k.wrapped, 'hex') as wrapped, k.kek_id
    from personal_data.subject_key k join unnest($1::uuid[], $2::text[]) as w (subject_ref, class) using (subject_ref, class)
    order by subject_ref, class, version`,
  names: 2,
  nameOf: (row) => `${row.subject_ref} ${row.class}`,
};

const serviceKeyStatements: Statements<ServiceKeyRow> = {
  findOrAdd: `
    with wanted as (select * from unnest($1::text[], $2::text[], $3::text[]) as w (purpose, wrapped, kek_id)),
    found as (select k.purpose, k.wrapped, k.kek_id from personal_data.service_key k join wanted w using (purpose)),
    added as (
      insert into personal_data.service_key (purpose, wrapped, kek_id)
      select purpose, decode(wrapped, 'hex'), kek_id from wanted where not exists (select from found)
      on conflict do nothing returning purpose, wrapped, kek_id
    )
    select purpose, encode(wrapped, 'hex') as wrapped, kek_id from (select * from found union all select * from added) k`,
  find: `select purpose, encode(wrapped, 'hex') as wrapped, kek_id from personal_data.service_key where purpose = any ($1::text[])`,
  names: 1,
  nameOf: ({ purpose }) => purpose,
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const nameColumns = (names: readonly KeyName[]): readonly unknown[][] => [names.map((key) => key.subject), names.map((key) => key.class)];

function subjectColumns(subjects: readonly Subject[]): readonly unknown[][] {
  return [subjects.map((one) => one.stream), subjects.map((one) => one.role), subjects.map((one) => one.subject)];
}

function keyColumns(keys: readonly StoredKey[]): readonly unknown[][] {
  const wrapped = keys.map((key) => (key.wrapped === null ? null : hex(key.wrapped)));
  return [...nameColumns(keys), keys.map((key) => key.version), wrapped, keys.map((key) => key.kekId)];
}

function toStoredKey(row: KeyRow): StoredKey {
  const wrapped = row.wrapped === null ? null : Buffer.from(row.wrapped, 'hex');
  return { subject: row.subject_ref, class: row.class, version: row.version, wrapped, kekId: row.kek_id };
}
