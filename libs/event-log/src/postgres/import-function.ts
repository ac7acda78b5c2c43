import { appendLock } from './append-group-function';

/**
 * The door for records of another engine, which bring their own times. Nobody is granted it: only a member of guitu_owner and a superuser
 * come through, never the login of a service. All records or none; the caller says which position the log has before, so two copies at once,
 * or a service that writes meanwhile, are refused.
 */
export const importFunction = `
create function event_log.import_records(
  expected_head bigint, streams text[], versions int[], ids uuid[], types text[], schema_versions int[],
  times timestamptz[], envelopes bytea[], secrets jsonb[])
returns bigint
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  head bigint;
begin
  perform pg_advisory_xact_lock(${appendLock});
  select coalesce(max(r.position), 0) into head from event_log.record as r;
  if head <> expected_head then
    raise exception 'the log stands at position %, not %: somebody else writes to it', head, expected_head using errcode = 'serialization_failure';
  end if;
  if exists (
    select from (select stream, min(version) as first, max(version) as last, count(*) as records
      from unnest(streams, versions) as i (stream, version) group by stream) as g
    where g.last - g.first + 1 <> g.records
      or g.first <> 1 + coalesce((select max(r.version) from event_log.record as r where r.stream = g.stream), 0)) then
    raise exception 'the records do not continue their streams without a hole' using errcode = 'integrity_constraint_violation';
  end if;
  insert into event_log.record (position, stream, version, event_id, type, schema_version, recorded_at, envelope, secrets)
  select head + i.place, i.stream, i.version, i.id, i.type, i.schema_version, i.time, i.envelope, i.secrets
  from unnest(streams, versions, ids, types, schema_versions, times, envelopes, secrets) with ordinality
    as i (stream, version, id, type, schema_version, time, envelope, secrets, place)
  order by i.place;
  return head + coalesce(array_length(ids, 1), 0);
end $$;
alter function event_log.import_records owner to guitu_owner;
revoke all on function event_log.import_records from public;`;
