import { copyLog, type CopyProgress } from './copy/copy-log';
import type { CopyTarget } from './copy/ends';
import { openCopySource, openCopyTarget } from './copy/open-ends';
import { bytesOf, contentOf, failureOf, newRecord, newRecords, newStream, readToEnd } from './contract/records';
import type { EventLog } from './port';
import { openPostgresLog } from './postgres-log';
import { openEventStoreLog } from './open-eventstore-log';
import { startEventStoreDouble, type EventStoreDouble } from './testing/eventstore-double';
import { logDatabase, type LogDatabase } from '../../../test/support/log-database-for-tests';

let database: LogDatabase;
let other: LogDatabase;
let double: EventStoreDouble;
let log: EventLog;

beforeEach(async () => {
  [database, other, double] = await Promise.all([logDatabase(), logDatabase(), startEventStoreDouble()]);
  log = await openPostgresLog({ connectionString: database.appUrl });
});
afterEach(async () => {
  await log.close();
  await Promise.all([database.drop(), other.drop(), double.stop()]);
});

/** Streams that take turns, records of every shape, and times of long ago. */
async function fill(on: EventLog): Promise<void> {
  const old = await openPostgresLog({ connectionString: database.appUrl, clock: () => '2015-10-20T08:00:00.007Z' });
  const streams = [newStream(), newStream('agency'), newStream()];
  await old.append(streams[0]!, 0, [newRecord({ envelope: bytesOf('{"姓名":"珺"}'), secrets: { 'q+/Z==': 'AAEC"\\' } }), newRecord()]);
  await old.close();
  for (let round = 0; round < 8; round += 1)
    for (const [index, stream] of streams.entries())
      await on.append(stream, round * 2 + (index === 0 ? 2 : 0), newRecords(2, { envelope: Uint8Array.from([round, 0, 255, index]) }));
  await on.append(newStream(), 0, newRecords(3, { envelope: new Uint8Array(200_000).fill(9) }));
}

async function copy(from: string, to: string, changed: (target: CopyTarget) => CopyTarget = (target) => target) {
  const source = await openCopySource(from);
  const target = await openCopyTarget(to);
  try {
    return await copyLog({ source, target: changed(target), pageSize: 10 });
  } finally {
    await source.close();
    await target.close();
  }
}

describe('a copied log', () => {
  it('from PostgreSQL to EventStoreDB and back is the same log, to the digest, with the first times', async () => {
    await fill(log);
    const there = await copy(database.appUrl, double.url);
    const back = await copy(double.url, other.superuserUrl);
    expect(there).toMatchObject({ records: 53, streams: 4, found: 0, copied: 53 });
    expect(back).toMatchObject({ records: 53, streams: 4, digest: there.digest, position: expect.any(BigInt) });
    const copied = await openPostgresLog({ connectionString: other.appUrl });
    expect(await readToEnd(copied, 0n, 100)).toEqual(await readToEnd(log, 0n, 100));
    await copied.close();
    const between = await openEventStoreLog({ connectionString: double.url });
    const seen = await readToEnd(between, 0n, 100);
    const original = await readToEnd(log, 0n, 100);
    expect(seen.map(contentOf)).toEqual(original.map(contentOf));
    expect(seen.map(({ recordedAt }) => recordedAt)).toEqual(original.map(({ recordedAt }) => recordedAt));
    await between.close();
  });

  it('is one that both engines go on from', async () => {
    await fill(log);
    await copy(database.appUrl, other.superuserUrl);
    const copied = await openPostgresLog({ connectionString: other.appUrl });
    const { stream, version } = (await readToEnd(copied, 0n, 100)).at(-1)!;
    expect(await copied.append(stream, version, [newRecord()])).toMatchObject({ version: version + 1, position: 54n });
    await copied.close();
  });

  it('of an empty log is an empty log', async () => {
    expect(await copy(database.appUrl, double.url)).toMatchObject({ records: 0, streams: 0, copied: 0, position: 0n });
  });

  it('tells how far it is', async () => {
    await fill(log);
    const seen: CopyProgress[] = [];
    const source = await openCopySource(database.appUrl);
    const target = await openCopyTarget(other.superuserUrl);
    await copyLog({ source, target, pageSize: 20, onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([
      { step: 'copying', records: 20 },
      { step: 'copying', records: 40 },
      { step: 'copying', records: 53 },
      { step: 'verifying', records: 20 },
      { step: 'verifying', records: 40 },
    ]);
    await source.close();
    await target.close();
  });
});

describe('a copy that is killed', () => {
  /** Dies before or after the placing of every page in turn. */
  const dying = (target: CopyTarget, page: number, when: 'before' | 'after'): CopyTarget => {
    let pages = 0;
    const place: CopyTarget['place'] = async (records) => {
      pages += 1;
      if (pages === page && when === 'before') throw new Error('killed');
      await target.place(records);
      if (pages === page) throw new Error('killed');
    };
    return { ...target, place };
  };

  it.each(['postgres', 'eventstoredb'] as const)('at any page goes on where it was, on %s', async (engine) => {
    await fill(log);
    const to = engine === 'postgres' ? other.superuserUrl : double.url;
    for (const [page, when] of [
      [1, 'before'],
      [1, 'after'],
      [2, 'before'],
      [2, 'after'],
    ] as const)
      expect((await failureOf(copy(database.appUrl, to, (target) => dying(target, page, when)))).message).toBe('killed');
    expect(await copy(database.appUrl, to)).toMatchObject({ records: 53, found: 40, copied: 13 });
    expect(await copy(database.appUrl, to)).toMatchObject({ records: 53, found: 53, copied: 0 });
  });

  it('inside a page, with an answer that was lost, goes on behind what was written', async () => {
    await fill(log);
    for (const fault of ['lose-answer', 'drop'] as const) {
      double.faults.appends.push('none', 'none', 'none', fault);
      expect(await failureOf(copy(database.appUrl, double.url))).toMatchObject({ name: 'OutcomeUnknown' });
    }
    const result = await copy(database.appUrl, double.url);
    expect(result).toMatchObject({ records: 53 });
    expect(result.found).toBeGreaterThan(8);
    expect(await copy(double.url, other.superuserUrl)).toMatchObject({ digest: result.digest });
  });

  it('goes on with what the source has got since', async () => {
    await fill(log);
    await copy(database.appUrl, double.url);
    await log.append(newStream(), 0, newRecords(4));
    expect(await copy(database.appUrl, double.url)).toMatchObject({ records: 57, found: 53, copied: 4 });
  });
});

describe('a copy is refused', () => {
  it('by a target that holds records of others, which stay as they are', async () => {
    await fill(log);
    const theirs = await openEventStoreLog({ connectionString: double.url });
    await theirs.append('case-1', 0, [newRecord()]);
    expect(await failureOf(copy(database.appUrl, double.url))).toMatchObject({ name: 'TargetHoldsOthers' });
    expect(await readToEnd(theirs, 0n, 10)).toHaveLength(1);
    await theirs.close();
  });

  it('by a target that has more than the source', async () => {
    await fill(log);
    await copy(database.appUrl, other.superuserUrl);
    expect((await failureOf(copy(double.url, other.superuserUrl))).message).toMatch(/more than the 0 records/);
  });

  it('by a target that somebody writes to meanwhile', async () => {
    await fill(log);
    const service = await openPostgresLog({ connectionString: other.appUrl });
    const disturbed = (target: CopyTarget): CopyTarget => ({
      ...target,
      place: async (records) => {
        await target.place(records);
        await service.append(newStream(), 0, [newRecord()]);
      },
    });
    expect(await failureOf(copy(database.appUrl, other.superuserUrl, disturbed))).toMatchObject({ name: 'TargetInUse' });
    await service.close();
  });

  it('to the login of a service: only the owner of the log brings records with times of their own', async () => {
    await fill(log);
    expect(await failureOf(copy(database.appUrl, other.appUrl))).toMatchObject({ code: '42501' });
    const owner = await other.loginWith(['guitu_owner', 'guitu_log']);
    expect(await copy(database.appUrl, owner)).toMatchObject({ records: 53 });
  });

  it.each(['mysql://host/db', 'http://host', 'host:2113', ''])('for the address %j of no engine of ours', async (url) => {
    expect(await failureOf(openCopySource(url))).toMatchObject({ name: 'UnknownEngine' });
  });

  it('with the names of the streams, where source and target differ in the end', async () => {
    await fill(log);
    const forgetful = (target: CopyTarget): CopyTarget => ({
      ...target,
      place: (records) => target.place(records.map((record) => ({ ...record, secrets: {} }))),
    });
    const { stream } = (await log.readAll(0n, 1))[0]!;
    expect(await failureOf(copy(database.appUrl, other.superuserUrl, forgetful))).toMatchObject({ name: 'CopyDiffers', streams: [stream] });
  });

  it.each([
    ['bytes', { envelope: bytesOf('{}') }],
    ['times', { recordedAt: '2001-01-01T00:00:00.000Z' }],
    ['types', { type: 'Other' }],
  ])('with the names of the streams, where %s differ', async (_, change) => {
    await fill(log);
    const careless = (target: CopyTarget): CopyTarget => ({
      ...target,
      place: (records) => target.place(records.map((record) => ({ ...record, ...change }))),
    });
    expect((await failureOf(copy(database.appUrl, other.superuserUrl, careless))).message).toMatch(/differs from its source in 4 streams/);
  });
});
