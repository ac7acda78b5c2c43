// Naive projectors: rows and checkpoint are each written safely, but in transactions of their own. Both count the events of each stream.

const takeRows = async (client, events) => {
  await client.query('begin');
  for (const { stream } of events)
    await client.query(
      `insert into naive.events_of_stream values ($1, 1) on conflict (stream) do update set events = naive.events_of_stream.events + 1`,
      [stream],
    );
  await client.query('commit');
};
const moveCheckpoint = (client, position) => client.query('update naive.checkpoint set position = $1', [position]);

/** The page is lost when the process dies between the two. */
export const checkpointFirst = { name: 'checkpoint before the rows', steps: [moveCheckpointOf, takeRowsOf] };
/** The page is counted twice when the process dies between the two. */
export const checkpointLast = { name: 'checkpoint after the rows', steps: [takeRowsOf, moveCheckpointOf] };

function takeRowsOf(client, events) {
  return takeRows(client, events);
}
function moveCheckpointOf(client, events) {
  return moveCheckpoint(client, events.at(-1).position);
}

export async function beginNaively(client) {
  await client.query(`drop schema if exists naive cascade; create schema naive;
    create table naive.events_of_stream (stream text collate "C" primary key, events int not null);
    create table naive.checkpoint (position bigint not null); insert into naive.checkpoint values (0)`);
}

/** Goes on from the checkpoint to the end. */
export async function followNaively({ steps }, client, { events, page }) {
  for (;;) {
    const { rows } = await client.query('select position::int from naive.checkpoint');
    const next = events.filter(({ position }) => position > rows[0].position).slice(0, page);
    if (next.length === 0) return;
    for (const step of steps) await step(client, next);
  }
}

export async function rowsOfNaive(client) {
  const { rows } = await client.query('select stream, events from naive.events_of_stream order by stream');
  return JSON.stringify(rows);
}
