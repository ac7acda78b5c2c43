/** Held from the first read to the commit by whoever appends, in any process: position order is therefore commit order. Spells "guitu". */
export const appendLock = 444_351_476_853n;

/**
 * Appends a group in one round trip and decides for each append of it on its own. It sees the rows of whoever held the lock before, because
 * in a volatile function under READ COMMITTED every statement reads with a snapshot of its own, and the lock is taken in the statement before.
 * Appends that meet on a stream or an id come in later waves; a wave sees what the waves before it have written.
 * Records are looked up one by one through their indexes (the limit in the lateral query leaves the planner no other choice): right for a
 * log of any size, also when the plan was made while it was still empty.
 */
export const appendGroupFunction = `
create function event_log.append_group(
  streams text[], expected_versions int[], record_counts int[], waves int[], times timestamptz[],
  append_numbers int[], places int[], ids uuid[], types text[], schema_versions int[],
  starts int[], envelope_lengths int[], secrets_lengths int[], bytes bytea)
returns table (append_number int, verdict text, version int, "position" bigint, recorded_at timestamptz)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_bitmapscan = off set jit = off
as $$
#variable_conflict use_column
declare
  wave_now int;
  base bigint;
  now_ms timestamptz;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'append_group needs READ COMMITTED: a fixed snapshot would not see the appends before it';
  end if;
  perform pg_advisory_xact_lock(${appendLock});
  now_ms := date_trunc('milliseconds', clock_timestamp());
  for wave_now in 1 .. (select max(w) from unnest(waves) as w) loop
    select coalesce(max(r.position), 0) into base from event_log.record as r;
    return query
    with request as materialized (
      select q.number::int, q.stream, q.expected, q.records, coalesce(q.time, now_ms) as time
      from unnest(streams, expected_versions, record_counts, waves, times) with ordinality as q (stream, expected, records, wave, time, number)
      where q.wave = wave_now
    ), piece as materialized (
      select * from unnest(append_numbers, places, ids, types, schema_versions, starts, envelope_lengths, secrets_lengths)
        as p (number, place, id, type, schema_version, start, envelope_length, secrets_length)
    ), earlier as materialized (
      select p.number, count(*) as found, max(r.version) as version, max(r.position) as position,
        (array_agg(r.recorded_at order by r.version desc))[1] as recorded_at,
        bool_and(r.stream = q.stream) and min(r.version - p.place) = max(r.version - p.place) as same_run
      from piece as p join request as q on q.number = p.number
      cross join lateral (
        select s.stream, s.version, s.position, s.recorded_at from event_log.record as s where s.event_id = p.id limit 1
      ) as r
      group by p.number
    ), decided as materialized (
      select q.number, q.stream, q.expected, q.records, q.time, head.version as actual, e.version, e.position, e.recorded_at,
        case when e.found = q.records and e.same_run then 'replayed'
             when e.found > 0 then 'taken'
             when head.version = q.expected then 'written'
             else 'conflict' end as verdict
      from request as q
      left join earlier as e on e.number = q.number
      cross join lateral (
        select coalesce((select r.version from event_log.record as r where r.stream = q.stream order by r.version desc limit 1), 0) as version
        offset 0 -- looked up once, used three times
      ) as head
    ), placed as materialized (
      select d.*, base + sum(d.records) filter (where d.verdict = 'written') over (order by d.number) as last_position from decided as d
    ), written as (
      insert into event_log.record (position, stream, version, event_id, type, schema_version, recorded_at, envelope, secrets)
      select d.last_position - d.records + p.place, d.stream, d.expected + p.place, p.id, p.type, p.schema_version, d.time,
        substring(bytes from p.start for p.envelope_length),
        case when p.secrets_length = 0 then '{}'::jsonb
             else convert_from(substring(bytes from p.start + p.envelope_length for p.secrets_length), 'UTF8')::jsonb end
      from placed as d join piece as p on p.number = d.number where d.verdict = 'written'
      order by 1
    )
    select d.number, d.verdict,
      case d.verdict when 'written' then d.expected + d.records when 'replayed' then d.version else d.actual end,
      case d.verdict when 'written' then d.last_position::bigint when 'replayed' then d.position end,
      case d.verdict when 'written' then d.time when 'replayed' then d.recorded_at end
    from placed as d;
  end loop;
end $$;
alter function event_log.append_group owner to guitu_owner;`;
