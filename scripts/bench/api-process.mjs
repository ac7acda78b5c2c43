// A process that serves HTTP alone, as one of several would: `edge` answers every command at once after the same checks (the empty route with the
// same validation), `alone` decides, seals and appends with the projector elsewhere.
import path from 'node:path';
import { createRequire } from 'node:module';
import { agencies, audience, issuer } from './load.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const room = (name) => require(path.join(root, `dist/libs/${name}/src/index.js`));
const { createApi, openLogger } = require(path.join(root, 'dist/apps/api/src/index.js'));
const { createProjector } = require(path.join(root, 'dist/apps/projector/src/index.js'));
const { openHouse, readSettings } = room('wiring');
const { openJwks } = room('access');

const [mode, port, jwksFile, dataFolder] = process.argv.slice(2);
const house = await openHouse(
  readSettings({ GUITU_DATA_FOLDER: dataFolder, GUITU_PORT: port, GUITU_JWKS_FILE: jwksFile, GUITU_TOKEN_ISSUER: issuer }),
);
const { commandId } = room('history');
const { findStreamKind } = room('rescue');
const projector = createProjector(house);
await projector.start();
for (const agency of agencies) {
  const by = { agency: 'registrar', user: 'bench', client: 'bench', role: 'registrar' };
  const command = { type: 'RegisterAgency', data: agency, at: house.now(), by };
  const request = {
    kind: findStreamKind('agency'),
    streamId: agency.agencyId,
    command,
    commandId: commandId('registrar', 'bench', agency.agencyId),
    requestText: '',
  };
  house.noteAgencyWrite((await house.desk.give(request)).position);
}
await house.readModels.waitForPosition(await house.log.head(), 10_000);
await house.world();
await projector.stop();

const answered = { version: 1, position: 1n, recordedAt: '2026-01-01T00:00:00.000Z', events: [], replayed: false };
const desk = mode === 'edge' ? { give: async ({ streamId }) => ({ ...answered, stream: `case-${streamId}` }) } : house.desk;
const app = await createApi({
  ...house,
  desk,
  jwks: openJwks({ file: jwksFile }),
  settings: { host: '127.0.0.1', port: Number(port), tokens: { issuer, audience, maxLifeSeconds: 3_600 } },
  followers: () => [],
  logger: openLogger('silent'),
});
await app.listen(Number(port), '127.0.0.1');
console.log('listening');
process.on(
  'SIGTERM',
  () =>
    void app
      .close()
      .then(() => house.close())
      .then(() => process.exit(0)),
);
