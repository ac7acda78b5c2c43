import type { KeyStore } from './key-store';
import {
  hex,
  keyColumns,
  keyFields,
  nameColumns,
  subjectColumns,
  toServiceKey,
  toStoredKey,
  toSubject,
  type Columns,
  type KeyRow,
  type ServiceKeyRow,
  type Sql,
  type SubjectRow,
} from './sql-key-rows';

/** Keys in the schema `personal_data` (see `personalDataMigrations`), as the role `guitu_keys`. Any number of processes may share it. */
export function sqlKeyStore(sql: Sql): KeyStore {
  return {
    async admit(newcomers) {
      const subjects = subjectColumns(newcomers.map(({ subject }) => subject));
      const keys = keyColumns(newcomers.flatMap((one) => one.keys));
      const rows = await agreed(sql, admission, [...subjects, ...keys], newcomers.length);
      const known = new Map(rows.map((row) => [row.subject_ref, toSubject(row)]));
      return { subjects: [...known.values()], keys: rows.filter(hasKey).map(toStoredKey) };
    },
    async keys(proposals) {
      const rows = await agreed(sql, keyStatements, keyColumns(proposals), proposals.length);
      return rows.map(toStoredKey);
    },
    async serviceKey({ purpose, wrapped, kekId }) {
      const [row] = await agreed(sql, serviceKeyStatements, [[purpose], [hex(wrapped)], [kekId]], 1);
      if (!row) throw new Error(`the key store gave no key for ${purpose}`);
      return toServiceKey(row);
    },
    async findKeys(names) {
      if (names.length === 0) return [];
      return (await sql.query<KeyRow>(keyStatements.find, nameColumns(names))).map(toStoredKey);
    },
    async subjectsOf(stream) {
      return (await sql.query<SubjectRow>(subjectsOfStream, [stream])).map(toSubject);
    },
  };
}

export const subjectsOfStream = `
  select stream, role, event, pointer, subject_ref from personal_data.subject where stream = $1 order by role, event, pointer`;

/** `names`: how many of the values name a row; `nameOf`: the name of a row that came back. */
type Statements<R> = Readonly<{ findOrAdd: string; find: string; names: number; nameOf: (row: R) => string }>;

/**
 * One round trip as a rule. A row that another process commits during the statement is neither found nor added by it; then, and only then, a
 * second statement reads what is there by now.
 */
async function agreed<R extends object>(sql: Sql, statements: Statements<R>, columns: Columns, wanted: number): Promise<readonly R[]> {
  if (wanted === 0) return [];
  const rows = await sql.query<R>(statements.findOrAdd, columns);
  if (new Set(rows.map(statements.nameOf)).size === wanted) return rows;
  return sql.query<R>(statements.find, columns.slice(0, statements.names));
}

/** A subject with one of its keys, or with none. */
type AdmittedRow = SubjectRow & (KeyRow | { readonly class: null });
const hasKey = (row: AdmittedRow): row is SubjectRow & KeyRow => row.class !== null;

const proposedKeys = (first: number): string => `
  select subject_ref, class, version, decode(wrapped, 'hex') as wrapped, kek_id
  from unnest($${first}::uuid[], $${first + 1}::text[], $${first + 2}::int[], $${first + 3}::text[], $${first + 4}::text[])
    as w (subject_ref, class, version, wrapped, kek_id)`;
const withKeys = `s.stream, s.role, s.event, s.pointer, s.subject_ref, k.class, k.version, encode(k.wrapped, 'hex') as wrapped, k.kek_id, k.state`;

// Every insert goes in the order of its primary key, so that two processes that add the same rows never wait for each other in a circle.
const admission: Statements<AdmittedRow> = {
  findOrAdd: `
    with wanted as (
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::uuid[]) as w (stream, role, event, pointer, subject_ref)
    ),
    found as (select s.* from personal_data.subject s join wanted w using (stream, role, event, pointer)),
    added as (
      insert into personal_data.subject (stream, role, event, pointer, subject_ref)
      select w.* from wanted w left join found f using (stream, role, event, pointer) where f.subject_ref is null
      order by stream, role, event, pointer
      on conflict do nothing returning *
    ),
    made as (
      insert into personal_data.subject_key (subject_ref, class, version, wrapped, kek_id)
      select p.* from (${proposedKeys(6)}) p join added using (subject_ref) order by subject_ref, class, version
      returning *
    ),
    s as (
      select stream, role, event, pointer, subject_ref from found union all select stream, role, event, pointer, subject_ref from added
    ),
    k as (select * from made union all select k.* from personal_data.subject_key k join found using (subject_ref))
    select ${withKeys} from s left join k using (subject_ref) order by s.subject_ref, k.class, k.version`,
  find: `
    select ${withKeys}
    from personal_data.subject s
      join unnest($1::text[], $2::text[], $3::text[], $4::text[]) as w (stream, role, event, pointer) using (stream, role, event, pointer)
      left join personal_data.subject_key k using (subject_ref)
    order by s.subject_ref, k.class, k.version`,
  names: 4,
  nameOf: (row) => row.subject_ref,
};

const keyStatements: Statements<KeyRow> = {
  findOrAdd: `
    with wanted as (${proposedKeys(1)}),
    found as (select k.* from personal_data.subject_key k join wanted w on w.subject_ref = k.subject_ref and w.class = k.class),
    added as (
      insert into personal_data.subject_key (subject_ref, class, version, wrapped, kek_id)
      select * from wanted w
      where not exists (select from found f where f.subject_ref = w.subject_ref and f.class = w.class and f.state = 'active')
      order by subject_ref, class, version
      on conflict do nothing returning *
    )
    select ${keyFields('k')} from (select * from found union all select * from added) k order by subject_ref, class, version`,
  find: `
    select ${keyFields('k')}
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
