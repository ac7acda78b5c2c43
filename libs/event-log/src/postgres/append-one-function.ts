import { appendLock } from './append-group-function';

/**
 * The short way for one append of one record, which is what a quiet service writes: no lists to take apart, and every look-up of the usual
 * case is one that the insert makes anyway. Whatever is not usual (a conflict, a repeat, a foreign id) inserts nothing and is decided by
 * append_group, in the same transaction and round trip. The lock is taken in an expression of its own: the insert's snapshot comes after it.
 */
export const appendOneFunction = `
create function event_log.append_one(
  stream text, expected int, moment timestamptz, id uuid, type text, schema_version int, envelope bytea, secrets text,
  out append_number int, out verdict text, out version int, out "position" bigint, out recorded_at timestamptz)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_bitmapscan = off set jit = off
as $$
#variable_conflict use_column
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'append_one needs READ COMMITTED: a fixed snapshot would not see the appends before it';
  end if;
  verdict := case when pg_advisory_xact_lock(${appendLock})::text is not null then 'written' end;
  insert into event_log.record (position, stream, version, event_id, type, schema_version, recorded_at, envelope, secrets)
  select coalesce((select r.position from event_log.record as r order by r.position desc limit 1), 0) + 1,
    append_one.stream, expected + 1, id, append_one.type, append_one.schema_version,
    coalesce(moment, date_trunc('milliseconds', clock_timestamp())), append_one.envelope, append_one.secrets::jsonb
  where expected = 0 or exists (select from event_log.record as r where r.stream = append_one.stream and r.version = expected)
  on conflict do nothing
  returning 1, version, position, recorded_at into append_one.append_number, append_one.version, append_one.position, append_one.recorded_at;
  if not found then
    select * into append_one.append_number, append_one.verdict, append_one.version, append_one.position, append_one.recorded_at
    from event_log.append_group(array[append_one.stream], array[expected], '{1}', '{1}', array[moment], '{1}', '{1}', array[id],
      array[append_one.type], array[append_one.schema_version], '{1}', array[length(append_one.envelope)],
      array[length(append_one.secrets)], append_one.envelope || convert_to(append_one.secrets, 'UTF8'));
  end if;
end $$;
alter function event_log.append_one owner to guitu_owner;`;
