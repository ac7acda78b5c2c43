// The projector in a process of its own, as the bench of the read models starts it: follows the log at BENCH_DATABASE until it is told to stop.
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const built = (name) => require(path.resolve(import.meta.dirname, '../../dist', name, 'src/index.js'));
const { openPostgresLog } = built('libs/event-log');
const { openReadModels } = built('libs/read-models');
const { createProjector } = built('apps/projector');

const { log: logUrl, rows } = JSON.parse(process.env['BENCH_DATABASE']);
const log = await openPostgresLog({ connectionString: logUrl });
const readModels = await openReadModels({ url: rows, poolSize: 4 });
const projector = createProjector({ log, readModels, onFault: (_name, error) => console.error(error) });
await projector.start();
process.send('following');
process.once('message', async () => {
  await projector.stop();
  await readModels.close();
  await log.close();
  process.disconnect();
});
