// A process of its own with its own TZ, LANG and locale: projects every history of a file live and rebuilds it, and tells the digests of both.
// Its one argument: { url, file, seed, name, workers, mostPerPage, naiveEvery } as JSON. Answers one line of JSON per history.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { clockInARow, projectNaively, serialKeys } from '../../../test/naive/rows-with-a-clock-or-a-serial.mjs';
import { randomOf } from '../support/random.mjs';
import { room } from '../support/rooms.mjs';
import { withClient } from '../support/shared-server.mjs';
import { dumpOf, forgetGenerations, liveGeneration, tablesOf } from './read-model-tables.mjs';
import { logWith } from './stored-records.mjs';

const { openReadModels } = room('read-models');
const { Follower } = room('history');
const asked = JSON.parse(process.argv[2]);

async function projectHistory({ client, models, log, random }) {
  await forgetGenerations(client);
  await models[0].prepare();
  const follow = (on) => new Follower(log, on.projection, { limits: { page: random.whole(1, asked.mostPerPage) } }).catchUp();
  await Promise.all(models.map(follow));
  const live = await liveGeneration(client);
  if (live.position !== String(await log.head())) throw new Error(`The rows stand at ${live.position}, not at the head.`);
  const tables = await tablesOf(client, live.schema);
  const before = await dumpOf(client, live.schema, tables);
  const { differing } = await models[0].rebuild(log, random.whole(1, 1_000));
  const fresh = await liveGeneration(client);
  if (fresh.schema === live.schema) throw new Error('The rebuild made no new generation.');
  const after = await dumpOf(client, fresh.schema);
  return {
    ...{ live: before.digest, rebuilt: after.digest, rows: before.rows, differing, leftOut: after.columnsLeftOut },
    ...{ tables: tables.length, columns: tables.reduce((sum, table) => sum + table.columns, 0) },
  };
}

async function projectNaive(naive, { client, events, random }) {
  const digests = [];
  for (const schema of ['naive_live', 'naive_rebuilt']) {
    await projectNaively(naive, client, { schema, events, page: random.whole(1, asked.mostPerPage) });
    digests.push((await dumpOf(client, schema)).digest);
  }
  return digests[0] !== digests[1];
}

await withClient(asked.url, async (client) => {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  console.log(JSON.stringify({ locale, timeZone }));
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(asked.file) })) {
    const random = randomOf(asked.seed, 'pages', asked.name, number);
    const lines = JSON.parse(line);
    // Every history is a log of its own: what a projector remembers of the streams of another one counts for nothing here.
    const models = await Promise.all(Array.from({ length: asked.workers }, () => openReadModels({ url: asked.url, poolSize: 3 })));
    const told = await projectHistory({ client, models, log: await logWith(lines), random });
    for (const one of models) await one.close();
    const naive = {};
    if (asked.naiveEvery > 0 && number % asked.naiveEvery === 0) {
      const events = lines.map((one) => JSON.parse(one));
      for (const one of [clockInARow, serialKeys]) naive[one.name] = await projectNaive(one, { client, events, random });
    }
    console.log(JSON.stringify({ number, events: lines.length, ...told, naive }));
    number += 1;
  }
});
