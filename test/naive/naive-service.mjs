// The service with one decision taken wrongly; everything else is the product's own. `node naive-service.mjs <which>`, settings as for the product.
//   acknowledge-first    an append is acknowledged when it is noted in memory, and written a moment later; SIGTERM ends the process at once
//   asynchronous-commit  an append is acknowledged when the server has taken it, with synchronous_commit = off
import 'reflect-metadata';
import { app, room } from '../../scripts/faults/support/rooms.mjs';
import { acknowledgeFirst } from './acknowledge-first.mjs';
import { openAsynchronousCommit, waitForNoDisk } from './asynchronous-commit.mjs';

const { createApi, openLogger } = app('api');
const { createProjector } = app('projector');
const { openHouse, readSettings } = room('wiring');
const { CommandDesk } = room('history');

const settings = readSettings(process.env);
if (process.argv[2] === 'asynchronous-commit') await waitForNoDisk(settings);
const house = await openHouse(settings);
const log = process.argv[2] === 'acknowledge-first' ? acknowledgeFirst(house.log) : await openAsynchronousCommit(house.log, settings);
const { keyring, world } = house;
const projector = createProjector({ ...house, onFault: () => undefined });
await projector.start();
const api = await createApi({
  ...house,
  log,
  desk: new CommandDesk({ log, keyring, world }),
  jwks: house.trusted.jwks,
  settings: { host: settings.host, port: settings.port, tokens: house.trusted.tokens },
  logger: openLogger('silent'),
  onRecorded: (category, position) => category === 'agency' && house.noteAgencyWrite(position),
  followers: () => [],
});
await api.listen(settings.port, settings.host);
console.log(`http://${settings.host}:${settings.port}/v1`);
process.on('SIGTERM', () => process.exit(0));
