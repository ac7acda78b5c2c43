import { AppendTooLarge, LogUnavailable, openMemoryLog, OutcomeUnknown, type EventLog, type NewRecord } from '@guitu/event-log';
import { auditStream, type Actor, type AnyStreamKind, type Instant } from '@guitu/rescue';
import { directory } from '../../rescue/src/testing/agencies';
import { AuditTrail, AuditTrailFull, maxAuditSends, maxEventsPerAuditStream, type AuditTrailParts } from './audit-trail';
import type { AuditEntry } from './audit-record';
import { readHistory } from './situation-of';

const reader: Actor = { agency: 'taicang-station', user: 'T-07', client: 'desk', role: 'staff' };
const entry = (requestId: string, changes: Partial<AuditEntry['data']> = {}): AuditEntry => ({
  type: 'PersonalDataRead',
  by: reader,
  data: { purpose: 'CARE', streams: ['case-1'], classes: ['identity'], count: 2, requestId, rule: 'participants', ...changes },
});
const many = (count: number, prefix = 'r'): readonly AuditEntry[] =>
  Array.from({ length: count }, (_, index) => entry(`${prefix}-${index}`));

type Append = EventLog['append'];
/** A trail on a memory log whose appends go through `around`. */
function openTrail(around: (append: Append) => Append = (append) => append, parts: Partial<AuditTrailParts> = {}) {
  const log = openMemoryLog();
  const appends: (readonly NewRecord[])[] = [];
  const counted: Append = (stream, version, records) => {
    appends.push(records);
    return log.append(stream, version, records);
  };
  const clock: { now: Instant } = { now: '2020-10-12T08:40:00+08:00' };
  const trail = new AuditTrail({
    log: {
      ...log,
      append: around(counted),
      read: log.read.bind(log),
      readAll: log.readAll.bind(log),
      head: log.head.bind(log),
      close: log.close.bind(log),
    },
    keyring: { digest: (text) => `digest of ${text.length}` },
    world: () => ({ now: clock.now, directory }),
    ...parts,
  });
  const streams = async (): Promise<readonly string[]> => [
    ...new Set((await log.readAll(0n, 10_000)).concat(await log.readAll(10_000n, 10_000)).map(({ stream }) => stream)),
  ];
  const historyOf = (stream: string) => readHistory(log, auditStream as AnyStreamKind, stream);
  const requestsIn = async (): Promise<readonly string[]> =>
    (await Promise.all((await streams()).map(historyOf))).flatMap(({ events }) =>
      events.map(({ data }) => (data as { requestId: string }).requestId),
    );
  return { trail, appends, clock, streams, historyOf, requestsIn };
}
const outcomes = async (waiting: readonly Promise<void>[]): Promise<readonly string[]> =>
  (await Promise.allSettled(waiting)).map((one) => (one.status === 'fulfilled' ? 'recorded' : (one.reason as Error).name));

describe('the audit trail', () => {
  it('records who read what, with the caller as actor, in a stream of this process and day', async () => {
    const { trail, streams, historyOf } = openTrail();
    await trail.record(entry('r-1'));
    const [stream = ''] = await streams();
    expect(stream).toMatch(/^audit-20201012-[0-9a-f]{16}-1$/);
    const { events, situation } = await historyOf(stream);
    expect(events[0]?.envelope).toMatchObject({ actor: reader, division: '320585', type: 'PersonalDataRead', version: 1, prev: null });
    expect(events[0]?.data).toEqual(entry('r-1').data);
    expect(situation.state).toEqual({ reads: 1, refusals: 0, searches: 0 });
  });

  it('records refusals as well', async () => {
    const { trail, streams, historyOf } = openTrail();
    const { count: _count, ...asked } = (entry('r-1') as AuditEntry & { type: 'PersonalDataRead' }).data;
    await trail.record({ type: 'PersonalDataReadRefused', by: reader, data: asked });
    expect((await historyOf((await streams())[0] ?? '')).situation.state).toEqual({ reads: 0, refusals: 1, searches: 0 });
  });

  it('takes all entries of one tick along in one append, chained to each other', async () => {
    const { trail, appends, streams, historyOf } = openTrail();
    await Promise.all(many(300).map((one) => trail.record(one)));
    await trail.record(entry('later'));
    expect(appends.map(({ length }) => length)).toEqual([300, 1]);
    const { events } = await historyOf((await streams())[0] ?? '');
    expect(new Set(events.map(({ envelope }) => envelope.prev)).size).toBe(301);
  });

  it('splits what is too much for one append, by records and by bytes', async () => {
    const { trail, appends, requestsIn } = openTrail();
    await Promise.all(many(1_200).map((one) => trail.record(one)));
    expect(appends.map(({ length }) => length)).toEqual([500, 500, 200]);
    const wide = Array.from({ length: 200 }, (_, index) => `case-${String(index).padStart(70, '0')}`);
    await Promise.all(many(120, 'wide').map((one) => trail.record({ ...one, data: { ...one.data, streams: wide } } as AuditEntry)));
    expect(appends.length).toBeGreaterThan(4);
    expect(await requestsIn()).toHaveLength(1_320);
  });

  it('begins another stream when one is full', async () => {
    const { trail, streams, historyOf } = openTrail(undefined, { maxWaiting: 20_000 });
    await Promise.all(many(maxEventsPerAuditStream + 1).map((one) => trail.record(one)));
    await trail.record(entry('later'));
    const versions = await Promise.all((await streams()).map(async (stream) => (await historyOf(stream)).situation.version));
    expect(versions).toEqual([maxEventsPerAuditStream, 2]);
  });

  it('begins another stream with the day in China', async () => {
    const { trail, clock, streams } = openTrail();
    await trail.record(entry('r-1'));
    clock.now = '2020-10-12T16:00:00Z';
    await trail.record(entry('r-2'));
    expect((await streams()).map((stream) => stream.slice(0, 14))).toEqual(['audit-20201012', 'audit-20201013']);
  });

  it('two processes never write to one stream', async () => {
    const { trail, streams } = openTrail();
    const other = openTrail();
    await Promise.all([trail.record(entry('r-1')), other.trail.record(entry('r-1'))]);
    expect((await streams())[0]).not.toBe((await other.streams())[0]);
  });
});

describe('a record that cannot be written', () => {
  it('fails every caller that waits for it, so that nothing is released; the next ones are recorded', async () => {
    let broken = true;
    const { trail, requestsIn } = openTrail((append) => async (...asked) => {
      if (broken) throw new LogUnavailable('unreachable', 'the disk is full');
      return append(...asked);
    });
    expect(await outcomes(many(3).map((one) => trail.record(one)))).toEqual(Array(3).fill('LogUnavailable'));
    broken = false;
    await trail.record(entry('after'));
    expect(await requestsIn()).toEqual(['after']);
  });

  it('whose answer was lost is sent again, and lies in the log once', async () => {
    let lost = 2;
    const { trail, requestsIn } = openTrail((append) => async (stream, version, records) => {
      const appended = await append(stream, version, records);
      if (lost-- > 0) throw new OutcomeUnknown(stream);
      return appended;
    });
    await Promise.all(many(3).map((one) => trail.record(one)));
    await trail.record(entry('after'));
    expect(await requestsIn()).toEqual(['r-0', 'r-1', 'r-2', 'after']);
  });

  it('whose answer stays lost fails its callers, and the next ones begin another stream', async () => {
    let lost = maxAuditSends;
    const { trail, streams } = openTrail((append) => async (stream, version, records) => {
      const appended = await append(stream, version, records);
      if (lost-- > 0) throw new OutcomeUnknown(stream);
      return appended;
    });
    expect(await outcomes([trail.record(entry('r-1'))])).toEqual(['OutcomeUnknown']);
    await trail.record(entry('r-2'));
    expect(await streams()).toHaveLength(2);
  });

  it('in the second append of a burst fails its own callers alone', async () => {
    let appended = 0;
    const { trail } = openTrail((append) => async (...asked) => {
      appended += 1;
      if (appended === 2) throw new AppendTooLarge('records', 1, 1);
      return append(...asked);
    });
    const told = await outcomes(many(600).map((one) => trail.record(one)));
    expect([told.indexOf('AppendTooLarge'), told.filter((one) => one === 'recorded').length]).toEqual([500, 500]);
  });

  it('because too many wait is refused', async () => {
    const { trail } = openTrail(undefined, { maxWaiting: 2 });
    expect(await outcomes(many(3).map((one) => trail.record(one)))).toEqual(['recorded', 'recorded', 'AuditTrailFull']);
  });

  it('because it is closed is refused; what waited before is recorded', async () => {
    const { trail, requestsIn } = openTrail();
    const before = trail.record(entry('r-1'));
    await trail.close();
    await before;
    await expect(trail.record(entry('r-2'))).rejects.toThrow(AuditTrailFull);
    expect(await requestsIn()).toEqual(['r-1']);
  });

  it('at random: a caller that was told so is in the log, every time', async () => {
    let state = 7;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const { trail, requestsIn } = openTrail((append) => async (stream, version, records) => {
      const luck = random();
      if (luck < 0.2) throw new LogUnavailable('unreachable', 'by chance');
      const appended = await append(stream, version, records);
      if (luck < 0.4) throw new OutcomeUnknown(stream);
      return appended;
    });
    const released: string[] = [];
    for (let round = 0; round < 60; round += 1) {
      const asked = many(1 + Math.floor(random() * 5), `round-${round}`);
      const told = await outcomes(asked.map((one) => trail.record(one)));
      released.push(...asked.filter((_, index) => told[index] === 'recorded').map(({ data }) => data.requestId));
    }
    const recorded = await requestsIn();
    expect(released.length).toBeGreaterThan(50);
    expect(released.filter((one) => !recorded.includes(one))).toEqual([]);
    expect(new Set(recorded).size).toBe(recorded.length);
  });
});
