import { idsOf, failureOf, newRecord, newRecords, newStream, readToEnd } from './contract/records';
import { AppendTooLarge, ForeignRecord, LogUnavailable, OutcomeUnknown } from './errors';
import { openEventStoreLog } from './open-eventstore-log';
import type { Appended, EventLog, NewRecord } from './port';
import type { AppendFault, ReadFault } from './testing/eventstore-double/faults';
import { startEventStoreDouble, type EventStoreDouble } from './testing/eventstore-double';

/** Long enough for a busy machine to answer in, short enough to wait for. */
const hastyMs = 1_500;

let double: EventStoreDouble;
let log: EventLog;

beforeEach(async () => {
  double = await startEventStoreDouble();
  log = await openEventStoreLog({ connectionString: double.url });
});
afterEach(async () => {
  await log.close();
  await double.stop();
});

describe('an append whose answer does not come', () => {
  it.each<[AppendFault, replayed: boolean]>([
    ['lose-answer', true],
    ['drop', false],
    ['refuse', false],
    ['gives-up', false],
  ])('%s: the outcome is unknown, and the same append again tells it', async (fault, replayed) => {
    const stream = newStream();
    await log.append(stream, 0, newRecords(2));
    const records = newRecords(3);
    double.faults.appends.push(fault);
    expect(await failureOf(log.append(stream, 2, records))).toBeInstanceOf(OutcomeUnknown);
    expect(await log.append(stream, 2, records)).toMatchObject({ version: 5, replayed });
    expect(idsOf(await log.read(stream)).slice(2)).toEqual(idsOf(records));
  });

  it.each<[AppendFault, replayed: boolean]>([
    ['stall', false],
    ['stall-after-write', true],
  ])('%s: the call ends at its deadline, and the same append again tells the outcome', async (fault, replayed) => {
    const hasty = await openEventStoreLog({ connectionString: double.url, deadlineMs: hastyMs });
    const stream = newStream();
    const records = newRecords(2);
    double.faults.appends.push(fault);
    expect(await failureOf(hasty.append(stream, 0, records))).toBeInstanceOf(OutcomeUnknown);
    expect(await hasty.append(stream, 0, records)).toMatchObject({ version: 2, replayed });
    expect(idsOf(await log.read(stream))).toEqual(idsOf(records));
    await hasty.close();
  });

  it('appends to other streams do not wait for it; those to the same stream are not sent after the deadline', async () => {
    const hasty = await openEventStoreLog({ connectionString: double.url, deadlineMs: hastyMs });
    const stream = newStream();
    double.faults.appends.push('stall');
    const stalled = failureOf(hasty.append(stream, 0, [newRecord()]));
    const behind = failureOf(hasty.append(stream, 1, [newRecord()]));
    await log.append(newStream(), 0, [newRecord()]);
    await hasty.append(newStream(), 0, [newRecord()]);
    expect(await stalled).toBeInstanceOf(OutcomeUnknown);
    expect(await behind).toMatchObject({ name: 'LogUnavailable', reason: 'deadline' });
    expect(await log.read(stream)).toEqual([]);
    await hasty.close();
  });

  it.each<[string, AppendFault]>([
    ['with a wrong version by a server that tried twice', 'wrong-version-after-write'],
    ['by a server that says it gave up', 'gives-up-after-write'],
  ])('written, and answered %s: it is an append like any other', async (_, fault) => {
    const stream = newStream();
    const records = newRecords(2);
    double.faults.appends.push(fault);
    expect(await log.append(stream, 0, records)).toMatchObject({ version: 2, replayed: false });
    expect(idsOf(await log.read(stream))).toEqual(idsOf(records));
  });

  it('the ids of a lost append are found again by a process that knows nothing, also when others went on meanwhile', async () => {
    const stream = newStream();
    const records = newRecords(2);
    double.faults.appends.push('lose-answer');
    await failureOf(log.append(stream, 0, records));
    const other = await openEventStoreLog({ connectionString: double.url });
    await other.append(stream, 2, newRecords(2));
    await other.close();
    const third = await openEventStoreLog({ connectionString: double.url });
    expect(await third.append(stream, 4, records)).toMatchObject({ version: 2, replayed: true });
    expect(await third.read(stream)).toHaveLength(4);
    await third.close();
  });

  it('the record was written but cannot be read back: unknown as well', async () => {
    const stream = newStream();
    const record = newRecord();
    double.faults.reads.push('refuse');
    expect(await failureOf(log.append(stream, 0, [record]))).toBeInstanceOf(OutcomeUnknown);
    expect(await log.append(stream, 0, [record])).toMatchObject({ version: 1, replayed: true });
  });
});

describe('a read that breaks off', () => {
  it.each<ReadFault>(['half', 'refuse'])('%s: is read again, and no page is short of what came before the break', async (fault) => {
    const stream = newStream();
    const records = newRecords(20);
    await log.append(stream, 0, records);
    const start = (await log.readAll(0n, 1))[0]!.position;
    double.faults.reads.push(fault);
    expect(idsOf(await log.read(stream))).toEqual(idsOf(records));
    double.faults.reads.push(fault);
    expect(idsOf(await log.readAll(start, 100))).toEqual(idsOf(records.slice(1)));
  });

  it('twice in a row: the log is unavailable, and the follower goes on from where it was', async () => {
    const records = newRecords(6);
    await log.append(newStream(), 0, records);
    const first = await log.readAll(0n, 2);
    double.faults.reads.push('half', 'half');
    expect(await failureOf(log.readAll(first.at(-1)!.position, 2))).toMatchObject({ name: 'LogUnavailable', reason: 'unreachable' });
    expect(idsOf(await readToEnd(log, first.at(-1)!.position, 2))).toEqual(idsOf(records.slice(2)));
  });

  it.each(['read', 'readAll', 'head'] as const)('never answered: %s ends at its deadline', async (call) => {
    const hasty = await openEventStoreLog({ connectionString: double.url, deadlineMs: hastyMs });
    double.faults.reads.push('stall');
    const calls = { read: () => hasty.read('case-1'), readAll: () => hasty.readAll(0n, 5), head: () => hasty.head() };
    expect(await failureOf(calls[call]())).toMatchObject({ name: 'LogUnavailable', reason: 'deadline' });
    await calls[call]();
    await hasty.close();
  });
});

describe('a server that goes away', () => {
  it('is told as unreachable, and nothing was sent; when it is back the same log goes on', async () => {
    const stream = newStream();
    const records = newRecords(2);
    await log.append(stream, 0, records);
    await double.goDown();
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const call of [log.append(stream, 2, [newRecord()]), log.read(stream), log.head(), log.readAll(0n, 1)])
      expect(await failureOf(call)).toMatchObject({ name: 'LogUnavailable', reason: 'unreachable' });
    await double.comeUp();
    expect(idsOf(await log.read(stream))).toEqual(idsOf(records));
    expect(await log.append(stream, 2, [newRecord()])).toMatchObject({ version: 3, replayed: false });
  });

  it('refuses to open a log', async () => {
    await double.goDown();
    expect(await failureOf(openEventStoreLog({ connectionString: double.url }))).toMatchObject({ reason: 'unreachable' });
  });

  it('while nothing is on its way: nobody notices', async () => {
    const stream = newStream();
    await log.append(stream, 0, [newRecord()]);
    await double.goDown();
    await double.comeUp();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await log.read(stream)).toHaveLength(1);
    await log.append(stream, 1, [newRecord()]);
  });

  it('under 100 appends on their way: each ends, each tried again is written once, and no rejection goes unheard', async () => {
    const work = Array.from({ length: 100 }, () => ({ stream: newStream(), records: newRecords(2) }));
    const first = Promise.allSettled(work.map(({ stream, records }) => log.append(stream, 0, records)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await double.goDown();
    await first;
    await double.comeUp();
    await Promise.all(work.map(({ stream, records }) => untilKnown(log, stream, 0, records)));
    for (const { stream, records } of work) expect(idsOf(await log.read(stream))).toEqual(idsOf(records));
  });

  it('a log that is closed while the server is silent ends with its deadlines', async () => {
    const hasty = await openEventStoreLog({ connectionString: double.url, deadlineMs: hastyMs });
    double.faults.appends.push('stall');
    const append = failureOf(hasty.append(newStream(), 0, [newRecord()]));
    await hasty.close();
    expect(await append).toBeInstanceOf(OutcomeUnknown);
  });
});

it('under a storm of faults every append ends up written once, in its order, and a follower sees each once', async () => {
  const [writers, appends] = [8, 10];
  const planned: readonly (AppendFault | 'none')[] = [
    'none',
    'lose-answer',
    'none',
    'drop',
    'refuse',
    'none',
    'wrong-version-after-write',
    'none',
  ];
  for (let index = 0; index < writers * appends; index += 1) double.faults.appends.push(planned[(index * 5) % planned.length]!);
  for (let index = 0; index < 40; index += 1) double.faults.reads.push(index % 3 === 0 ? 'half' : 'none');
  const streams = Array.from({ length: writers }, () => ({ stream: newStream(), records: newRecords(appends) }));
  const writing = streams.map(async ({ stream, records }) => {
    for (const [version, record] of records.entries()) await untilKnown(log, stream, version, [record]);
  });
  const seen = followUntil(log, writers * appends);
  await Promise.all(writing);
  expect(double.faults.struck).toBeGreaterThan(40);
  for (const { stream, records } of streams) expect(idsOf(await untilRead(() => log.read(stream)))).toEqual(idsOf(records));
  const ids = await seen;
  expect(ids).toHaveLength(writers * appends);
  expect(new Set(ids).size).toBe(ids.length);
});

describe('what belongs to others on the same server', () => {
  const foreign = (stream: string, count: number) => {
    for (let index = 0; index < count; index += 1) {
      const data = Buffer.from('{"theirs":true}');
      double.store.append(stream, double.store.head(stream), [
        { ...newRecord(), contentType: 'application/json', data, metadata: Buffer.from('{}') },
      ]);
    }
  };

  it('is passed over without ending a page before the end of the log', async () => {
    const ours = newRecords(6);
    for (const [version, record] of ours.entries()) {
      foreign('order-1', 40);
      await log.append('case-1', version, [record]);
    }
    foreign('order-1', 560);
    for (const pageSize of [1, 100]) expect(idsOf(await readToEnd(log, 0n, pageSize))).toEqual(idsOf(ours));
    const head = await log.head();
    expect(head).toBe((await log.read('case-1')).at(-1)!.position);
    expect(await log.readAll(head, 10)).toEqual([]);
    const next = newRecord();
    await log.append('case-1', 6, [next]);
    expect(idsOf(await log.readAll(head, 10))).toEqual([next.id]);
  });

  it('an empty log among others has its head at 0', async () => {
    foreign('order-1', 560);
    expect(await log.head()).toBe(0n);
    expect(await log.readAll(0n, 5)).toEqual([]);
  });

  it('in a stream of ours is a fault that is told', async () => {
    await log.append('case-1', 0, [newRecord()]);
    foreign('case-1', 1);
    const failure = await failureOf(log.read('case-1'));
    expect(failure).toBeInstanceOf(ForeignRecord);
    expect(failure).toMatchObject({ stream: 'case-1', version: 2 });
  });
});

it('a server that takes less than others names its limit, and nothing is written', async () => {
  const small = await startEventStoreDouble(10_000);
  const narrow = await openEventStoreLog({ connectionString: small.url });
  const failure = await failureOf(narrow.append('case-1', 0, [newRecord({ envelope: new Uint8Array(20_000) })]));
  expect(failure).toBeInstanceOf(AppendTooLarge);
  expect(failure).toMatchObject({ unit: 'bytes', limit: 10_000 });
  expect(await narrow.read('case-1')).toEqual([]);
  await narrow.close();
  await small.stop();
});

it('a position that is no record of the log is refused in words of the log', async () => {
  await log.append('case-1', 0, [newRecord()]);
  const failure = await failureOf(log.readAll((await log.head()) - 1n, 5));
  expect(failure).toMatchObject({ name: 'LogUnavailable', reason: 'refused' });
});

it('errors carry nothing of the client, no address and no payload', async () => {
  double.faults.appends.push('drop', 'refuse');
  double.faults.reads.push('refuse', 'refuse');
  const record = newRecord({ envelope: Buffer.from('a-private-word'), secrets: { d: 'ciphertext' } });
  const failures = [
    await failureOf(log.append('case-1', 0, [record])),
    await failureOf(log.append('case-1', 0, [record])),
    await failureOf(log.read('case-1')),
  ];
  for (const failure of failures) {
    const chain = [failure, ...(failure.cause instanceof Error ? [failure.cause] : [])];
    expect(chain.map(({ constructor }) => constructor.name)).toEqual([expect.stringMatching(/^(OutcomeUnknown|LogUnavailable)$/), 'Error']);
    for (const { message } of chain) expect(message).not.toMatch(/private|ciphertext|127\.0\.0\.1|esdb/);
    expect(Object.keys(chain[1]!)).toEqual([]);
  }
});

describe('time', () => {
  it('comes from the server, or from a clock that is moved by hand, to the millisecond', async () => {
    const { recordedAt } = await log.append('case-1', 0, [newRecord()]);
    expect(recordedAt).toBe(new Date(double.store.stream('case-1')![0]!.createdMs).toISOString());
    const sandbox = await openEventStoreLog({ connectionString: double.url, clock: () => '1999-01-01T00:00:00.007Z' });
    expect((await sandbox.append('case-1', 1, [newRecord()])).recordedAt).toBe('1999-01-01T00:00:00.007Z');
    expect((await log.read('case-1'))[1]!.recordedAt).toBe('1999-01-01T00:00:00.007Z');
    await sandbox.close();
  });
});

/** What every caller does: the same append again until something is known. */
async function untilKnown(on: EventLog, stream: string, version: number, records: readonly NewRecord[]): Promise<Appended> {
  for (;;) {
    try {
      return await on.append(stream, version, records);
    } catch (error) {
      if (!(error instanceof OutcomeUnknown || error instanceof LogUnavailable)) throw error;
    }
  }
}

async function untilRead<T>(read: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
    }
  }
}

async function followUntil(on: EventLog, total: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let after = 0n;
  while (ids.length < total) {
    const page = await untilRead(() => on.readAll(after, 7));
    ids.push(...idsOf(page));
    after = page.at(-1)?.position ?? after;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return ids;
}
