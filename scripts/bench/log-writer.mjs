// A process of the bench that appends: started by log-processes.mjs, told to write by messages. Its streams grow to twelve events each.
import { randomUUID } from 'node:crypto';
import { rate } from './log-rounds.mjs';
import { newRecord, room, STREAM_LENGTH } from './log-stage.mjs';

const log = await room('event-log').openPostgresLog({ connectionString: process.argv[2] });
const streams = Array.from({ length: Number(process.argv[3]) }, () => ({ name: '', version: STREAM_LENGTH }));

/** Every writer goes on with a stream of its own. */
async function append() {
  const stream = streams.pop();
  if (stream.version === STREAM_LENGTH) Object.assign(stream, { name: `bench-${randomUUID()}`, version: 0 });
  stream.version = (await log.append(stream.name, stream.version, [newRecord()])).version;
  streams.push(stream);
}

process.on('message', async ({ roundMs }) => {
  if (roundMs !== undefined) return process.send({ rate: await rate(streams.length, roundMs, append) });
  await log.close();
  process.disconnect();
});
process.send({ ready: true });
