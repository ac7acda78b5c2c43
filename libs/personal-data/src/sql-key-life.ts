import type { Destruction, KeyLifeStore, NotYet, WrappedKeys } from './key-life-store';
import { subjectsOfStream } from './sql-key-store';
import {
  hex,
  keyColumns,
  keyFields,
  nameColumns,
  toServiceKey,
  toStoredKey,
  toSubject,
  toVersion,
  type KeyRow,
  type ServiceKeyRow,
  type Sql,
  type SubjectRow,
  type VersionRow,
} from './sql-key-rows';

const firstUuid = '00000000-0000-0000-0000-000000000000';

/** All keys page by page, as `guitu_keys` or `guitu_erasure`: for rotation and health checks. */
export function sqlWrappedKeys(sql: Sql): WrappedKeys {
  return {
    async wrappedKeysAfter(after, limit) {
      const from = after === undefined ? [firstUuid, '', 0] : [after.subject, after.class, after.version];
      const rows = await sql.query<KeyRow>(page, [...from, limit]);
      return rows.map(toStoredKey).flatMap((key) => (key.state === 'destroyed' ? [] : [key]));
    },
    async serviceKeys() {
      return (await sql.query<ServiceKeyRow>(allServiceKeys)).map(toServiceKey);
    },
  };
}

/** The life of keys in the schema `personal_data`, as the role `guitu_erasure`. Each method is one statement: all of it or nothing. */
export function sqlKeyLife(sql: Sql): KeyLifeStore {
  return {
    ...sqlWrappedKeys(sql),
    async subjectsOf(stream) {
      return (await sql.query<SubjectRow>(subjectsOfStream, [stream])).map(toSubject);
    },
    async findKeys(names) {
      return (await sql.query<KeyRow>(find, nameColumns(names))).map(toStoredKey);
    },
    async addVersions(keys) {
      return (await sql.query<VersionRow>(addVersions, keyColumns(keys))).map(toVersion);
    },
    async retire(names) {
      const rows = await sql.query<VersionRow & { at: string }>(retire, nameColumns(names));
      return rows.map((row) => ({ ...toVersion(row), retiredAt: row.at }));
    },
    async destroy(ranges, waitMs) {
      return toDestruction(await sql.query<DestroyRow>(destroy, [...nameColumns(ranges), ranges.map(({ upTo }) => upTo), waitMs]));
    },
    async rewrap(keys) {
      const rows = await sql.query(rewrap, [...keyColumns(keys), keys.map(({ formerKekId }) => formerKekId)]);
      return rows.length;
    },
    async rewrapServiceKeys(keys) {
      const columns = [keys.map(({ purpose }) => purpose), keys.map(({ wrapped }) => hex(wrapped)), keys.map(({ kekId }) => kekId)];
      return (await sql.query(rewrapServiceKeys, [...columns, keys.map(({ formerKekId }) => formerKekId)])).length;
    },
  };
}

const utc = (moment: string): string => `to_char(${moment} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const page = `
  select ${keyFields('k')} from personal_data.subject_key k
  where wrapped is not null and (subject_ref, class, version) > ($1::uuid, $2::text, $3::int)
  order by subject_ref, class, version limit $4`;

const allServiceKeys = `select purpose, encode(wrapped, 'hex') as wrapped, kek_id from personal_data.service_key order by purpose`;

const find = `
  select ${keyFields('k')}
  from personal_data.subject_key k join unnest($1::uuid[], $2::text[]) as w (subject_ref, class) using (subject_ref, class)
  order by subject_ref, class, version`;

// What is changed is locked first, in the order of the primary key, so that two who change the same keys never wait for each other in a circle.
const addVersions = `
  with wanted as (
    select * from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[]) as w (subject_ref, class, version, wrapped, kek_id)
  ),
  added as (
    insert into personal_data.subject_key (subject_ref, class, version, wrapped, kek_id)
    select subject_ref, class, version, decode(wrapped, 'hex'), kek_id from wanted order by subject_ref, class, version
    on conflict do nothing returning subject_ref, class, version
  ),
  before as (
    select k.subject_ref, k.class, k.version from personal_data.subject_key k join added a using (subject_ref, class)
    where k.version < a.version and k.state = 'active' order by k.subject_ref, k.class, k.version for update of k
  ),
  retired as (
    update personal_data.subject_key k set state = 'retired', retired_at = clock_timestamp() from before b
    where (k.subject_ref, k.class, k.version) = (b.subject_ref, b.class, b.version) and k.state = 'active'
  )
  select * from added order by subject_ref, class, version`;

const retire = `
  with chosen as (
    select k.* from personal_data.subject_key k join unnest($1::uuid[], $2::text[]) as w (subject_ref, class) using (subject_ref, class)
    where k.state <> 'destroyed' order by k.subject_ref, k.class, k.version for update of k
  ),
  retired as (
    update personal_data.subject_key k set state = 'retired', retired_at = clock_timestamp() from chosen c
    where (k.subject_ref, k.class, k.version) = (c.subject_ref, c.class, c.version) and c.state = 'active' and k.state = 'active'
    returning k.subject_ref, k.class, k.version, k.retired_at
  )
  select subject_ref, class, version, ${utc('retired_at')} as at from (
    select * from retired union all select subject_ref, class, version, retired_at from chosen where state = 'retired'
  ) r order by subject_ref, class, version`;

type DestroyRow = VersionRow & Readonly<{ outcome: 'destroyed' | 'active' | 'retired'; at: string | null }>;

const destroy = `
  with chosen as (
    select k.*, k.retired_at + $4::float8 * interval '1 millisecond' as until
    from personal_data.subject_key k
      join unnest($1::uuid[], $2::text[], $3::int[]) as w (subject_ref, class, up_to) using (subject_ref, class)
    where k.version <= w.up_to order by k.subject_ref, k.class, k.version for update of k
  ),
  not_yet as (select * from chosen where state = 'active' or (state = 'retired' and until > clock_timestamp())),
  destroyed as (
    update personal_data.subject_key k set state = 'destroyed', wrapped = null, destroyed_at = clock_timestamp() from chosen c
    where (k.subject_ref, k.class, k.version) = (c.subject_ref, c.class, c.version)
      and c.state = 'retired' and k.state = 'retired' and not exists (select from not_yet)
    returning k.subject_ref, k.class, k.version, k.destroyed_at
  )
  select subject_ref, class, version, outcome, ${utc('moment')} as at from (
    select subject_ref, class, version, 'destroyed' as outcome, destroyed_at as moment from destroyed
    union all select subject_ref, class, version, state, destroyed_at from chosen where state = 'destroyed'
    union all select subject_ref, class, version, state, until from not_yet
  ) d order by subject_ref, class, version`;

function toDestruction(rows: readonly DestroyRow[]): Destruction {
  const notYet = rows.flatMap((row): readonly NotYet[] => {
    if (row.outcome === 'active') return [{ ...toVersion(row), state: 'active' }];
    return row.outcome === 'retired' ? [{ ...toVersion(row), state: 'retired', until: row.at ?? '' }] : [];
  });
  if (notYet.length > 0) return { notYet };
  return { destroyed: rows.map((row) => ({ ...toVersion(row), destroyedAt: row.at ?? '' })) };
}

const rewrap = `
  with wanted as (
    select * from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[])
      as w (subject_ref, class, version, wrapped, kek_id, former)
  ),
  chosen as (
    select k.subject_ref, k.class, k.version, w.wrapped, w.kek_id, w.former
    from personal_data.subject_key k join wanted w using (subject_ref, class, version)
    where k.kek_id = w.former and k.wrapped is not null order by k.subject_ref, k.class, k.version for update of k
  )
  update personal_data.subject_key k set wrapped = decode(c.wrapped, 'hex'), kek_id = c.kek_id from chosen c
  where (k.subject_ref, k.class, k.version) = (c.subject_ref, c.class, c.version) and k.kek_id = c.former and k.wrapped is not null
  returning k.subject_ref`;

const rewrapServiceKeys = `
  update personal_data.service_key k set wrapped = decode(w.wrapped, 'hex'), kek_id = w.kek_id
  from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as w (purpose, wrapped, kek_id, former)
  where k.purpose = w.purpose and k.kek_id = w.former
  returning k.purpose`;
