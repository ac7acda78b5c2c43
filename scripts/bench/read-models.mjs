// Rebuild and plain replay of the same events; the lag from an acknowledged append to the row in the read model.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const room = (name) => require(path.join(root, `dist/libs/${name}/src/index.js`));

const REPLAY_PAGE = 1_000;
const percentile = (numbers, part) => [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];

/** Fills a house with cases through the command desk, then measures lag, plain replay and rebuild. */
export async function benchReadModels(cases = Number(process.env['BENCH_CASES'] ?? 1_500)) {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-bench-'));
  const { openHouse, readSettings } = room('wiring');
  const { commandId, openedCaseId, recordedOf } = room('history');
  const { findStreamKind } = room('rescue');
  const { agencies, encounter } = await import('./load.mjs');
  const house = await openHouse(readSettings({ GUITU_DATA_FOLDER: path.join(folder, 'data') }));
  try {
    const { createProjector } = require(path.join(root, 'dist/apps/projector/src/index.js'));
    const projector = createProjector(house);
    await projector.start();
    const give = (category, type, data, { agency, role = 'staff', streamId }) => {
      const id = commandId(agency, 'bench', randomUUID());
      const command = { type, data, at: house.now(), by: { agency, user: 'bench', client: 'bench', role } };
      const request = {
        kind: findStreamKind(category),
        streamId: streamId ?? openedCaseId(id),
        command,
        commandId: id,
        requestText: JSON.stringify(data),
      };
      return house.desk.give(request);
    };
    for (const agency of agencies) {
      const answer = await give('agency', 'RegisterAgency', agency, { agency: 'registrar', role: 'registrar', streamId: agency.agencyId });
      house.noteAgencyWrite(answer.position);
    }
    const lags = [];
    for (let n = 0; n < 400; n += 1) {
      const { position } = await give('case', 'RecordEncounter', encounter.data, { agency: 'bench-police' });
      const acknowledged = performance.now();
      await house.readModels.waitForPosition(position, 10_000);
      lags.push(performance.now() - acknowledged);
      await sleep(2);
    }
    let left = cases;
    await Promise.all(
      Array.from({ length: 32 }, async () => {
        while (left-- > 0) await give('case', 'RecordEncounter', encounter.data, { agency: 'bench-police' });
      }),
    );
    await house.readModels.waitForPosition(await house.log.head(), 120_000);
    await projector.stop();
    let events = 0;
    const replayStart = performance.now();
    for (let after = 0n; ;) {
      const page = await house.log.readAll(after, REPLAY_PAGE);
      if (page.length === 0) break;
      for (const record of page) recordedOf(record);
      events += page.length;
      after = page.at(-1).position;
    }
    const replaySeconds = (performance.now() - replayStart) / 1_000;
    const rebuildStart = performance.now();
    await house.readModels.rebuild(house.log);
    const rebuildSeconds = (performance.now() - rebuildStart) / 1_000;
    return {
      lag50: percentile(lags, 0.5),
      lag99: percentile(lags, 0.99),
      events,
      replay: events / replaySeconds,
      rebuild: events / rebuildSeconds,
    };
  } finally {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
