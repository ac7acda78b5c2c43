import { follow, specHistory, specTables, toTheStation, type SpecHistory, type SpecTables } from '../../../libs/read-models/src/for-specs';
import type { ReadModels } from '@guitu/read-models';
import { createProjector } from './create-projector';

let tables: SpecTables;
let readModels: ReadModels;
let history: SpecHistory;
beforeAll(async () => {
  tables = await specTables();
});
beforeEach(async () => {
  readModels = await tables.open();
  await tables.reset();
  history = await specHistory();
});
afterAll(() => tables.drop());

describe('the projector', () => {
  it('makes the tables on the first day and follows the log from its beginning', async () => {
    await history.play('one', toTheStation);
    const projector = createProjector({ log: history.log, readModels });
    expect(await projector.start()).toBeNull();
    expect(await readModels.waitForPosition(await history.log.head(), 20_000)).toBe(true);
    await projector.stop();
    expect(await readModels.caseSummary('one')).toMatchObject({ location: 'IN_STATION' });
    expect(projector.health()).toMatchObject({ position: await history.log.head(), fault: null });
  });
  it('shows a write a moment later, woken by the log', async () => {
    const projector = createProjector({ log: history.log, readModels, limits: { idleRestMs: 60_000 } });
    await projector.start();
    expect(await readModels.waitForPosition(await history.log.head(), 20_000)).toBe(true);
    for (const step of toTheStation) {
      const { position } = await history.give('one', step);
      expect(await readModels.waitForPosition(position, 20_000)).toBe(true);
    }
    await projector.stop();
  });
  it('makes the rows anew when other code has made them, and then follows', async () => {
    await readModels.prepare();
    await history.play('one', toTheStation);
    await follow(readModels, history);
    await tables.sql(`update read_models.projection_checkpoint set code_digest = 'of yesterday'`);
    const projector = createProjector({ log: history.log, readModels });
    expect(await projector.start()).toMatchObject({ generation: 2, sameCode: false, position: await history.log.head() });
    const { position } = await history.give('two', toTheStation[0]!);
    expect(await readModels.waitForPosition(position, 20_000)).toBe(true);
    await projector.stop();
  });
  it('tells of a fault, stands still and goes on when it is gone', async () => {
    await readModels.prepare();
    const faults: string[] = [];
    const projector = createProjector({ log: history.log, readModels, limits: { errorRestMs: 5 }, onFault: (name) => faults.push(name) });
    await tables.sql('alter table read_g1.timeline rename to mislaid');
    await projector.start();
    while (faults.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(projector.health().fault).not.toBeNull();
    expect((await readModels.standing()).position).toBe(0n);
    await tables.sql('alter table read_g1.mislaid rename to timeline');
    expect(await readModels.waitForPosition(await history.log.head(), 20_000)).toBe(true);
    await projector.stop();
    expect(faults[0]).toBe('read-models');
  });
});
