import { createHash } from 'node:crypto';
import { openMemoryLog, type EventLog } from '@guitu/event-log';
import { openTree } from '@guitu/personal-data';
import { caseStream, nothing, type AnyStreamKind, type Case } from '@guitu/rescue';
import canonicalize from 'canonicalize';
import { directory } from '../../rescue/src/testing/agencies';
import { parseEnvelope } from './envelope';
import { recordedOf, UnknownEventVersion } from './recorded';
import { RememberedStreams } from './remembered-streams';
import { readHistory } from './situation-of';
import { openTestDesk, requestOf, type TestDesk, type TestRequest } from './testing/desk-for-tests';

const kind = caseStream as unknown as AnyStreamKind;
const found: TestRequest = {
  by: 'taicang-police',
  type: 'RecordEncounter',
  at: '2020-10-12T08:40:00+08:00',
  key: 'encounter-key-0001',
  data: {
    place: { division: '320585', text: '娄东街道人民南路' },
    source: 'POLICE_PATROL',
    apparentSex: 'MALE',
    apparentAgeBand: 'FROM_19_TO_59',
    conditions: ['MOBILITY'],
    claims: { name: '赵根生', idNumber: '341126198503120317' },
  },
};
const offered = (caseId: string): TestRequest => ({
  by: 'taicang-police',
  type: 'OfferHandover',
  at: '2020-10-12T08:40:00+08:00',
  key: 'handover-key-00001',
  caseId,
  data: { handoverId: 'h1', kind: 'POLICE_STATION', to: 'taicang-station', statement: { belongings: [{ item: '背包', quantity: 1 }] } },
});
const accepted = (caseId: string): TestRequest => ({
  by: 'taicang-station',
  type: 'AcceptHandover',
  at: '2020-10-12T08:40:00+08:00',
  key: 'accept-key-0000001',
  caseId,
  data: { handoverId: 'h1', statement: { belongings: [{ item: '背包', quantity: 2 }] } },
});
const caseIdOf = (stream: string): string => stream.replace('case-', '');

async function opened(log?: EventLog): Promise<TestDesk & { caseId: string; stream: string }> {
  const house = await openTestDesk(directory, log);
  const { stream } = await house.desk.give(requestOf(found));
  return { ...house, stream, caseId: caseIdOf(stream) };
}

describe('a command', () => {
  it('becomes events whose envelopes are canonical, versioned from 1 and chained leaf to leaf', async () => {
    const { log, desk, stream, caseId } = await opened();
    await desk.give(requestOf(offered(caseId)));
    const records = await log.read(stream);
    let prev: string | null = null;
    records.forEach(({ envelope: bytes, id }, index) => {
      const envelope = parseEnvelope(id, bytes);
      expect(Buffer.from(bytes).toString('utf8')).toBe(canonicalize(envelope));
      expect(envelope).toMatchObject({ v: 1, id, stream, version: index + 1, prev, correlation: stream });
      prev = createHash('sha256')
        .update(Buffer.concat([Buffer.of(0), bytes]))
        .digest('base64url');
    });
    expect(records.length).toBeGreaterThan(3);
  });

  it('leaves no personal value in the stored bytes, and the keyring opens them again', async () => {
    const { log, stream, keyring } = await opened();
    const [record] = await log.read(stream);
    const text = Buffer.from(record!.envelope).toString('utf8');
    for (const personal of ['赵根生', '341126198503120317', '人民南路', 'MOBILITY', '"MALE"']) expect(text).not.toContain(personal);
    expect(await openTree(keyring, recordedOf(record!).data)).toMatchObject({
      claims: { name: '赵根生', idNumber: '341126198503120317' },
      conditions: ['MOBILITY'],
    });
  });

  it('names the duty it opens after the event that caused it', async () => {
    const { log, stream } = await opened();
    const [first, ...rest] = (await log.read(stream)).map((record) => recordedOf(record));
    expect(rest.filter(({ type }) => type === 'DutyOpened').every(({ envelope }) => envelope.causation === first!.meta.id)).toBe(true);
  });

  it('sent again with the same key gives the first answer and writes nothing', async () => {
    const { log, desk, stream } = await opened();
    const before = await log.read(stream);
    const again = await desk.give(requestOf(found));
    expect(again).toMatchObject({ stream, replayed: true, version: before.length, position: before.at(-1)!.position });
    expect(again.events.map(({ meta }) => meta.id)).toEqual(before.map(({ id }) => id));
    expect(await log.read(stream)).toEqual(before);
  });

  it('sent again with the same key and another body is refused', async () => {
    const { desk } = await opened();
    await expect(desk.give(requestOf({ ...found, data: { ...found.data, source: 'CITIZEN' } }))).rejects.toMatchObject({
      name: 'KeyReused',
    });
  });

  it('sent twice at once is worked on once', async () => {
    const { desk, secondDesk, log } = await openTestDesk(directory);
    const results = await Promise.allSettled([
      desk.give(requestOf(found)),
      desk.give(requestOf(found)),
      secondDesk().give(requestOf(found)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { name: 'InProgress' } });
    const all = await log.readAll(0n, 100);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.filter(({ type }) => type === 'EncounterRecorded')).toHaveLength(1);
  });

  it('is decided again when somebody was faster, so that both are recorded', async () => {
    const { log, secondDesk, desk, caseId, stream } = await opened();
    const inform = (key: string): TestRequest => ({
      by: 'taicang-police',
      type: 'InformOfHelp',
      at: found.at,
      key,
      caseId,
      data: { mode: 'INFORMED', cardGiven: true },
    });
    await Promise.all([desk.give(requestOf(offered(caseId))), secondDesk().give(requestOf(inform('inform-key-000001')))]);
    const history = await readHistory(log, kind, stream);
    const types = history.events.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['HandoverOffered', 'PersonInformedOfHelp']));
    expect(history.events.map(({ version }) => version)).toEqual(types.map((_, index) => index + 1));
  });

  it('with a version in hand is refused when something happened since', async () => {
    const { desk, caseId, log, stream } = await opened();
    const now = (await log.read(stream)).length;
    await expect(desk.give(requestOf({ ...offered(caseId), expectedVersion: now - 1 }))).rejects.toMatchObject({
      name: 'StaleVersion',
      current: now,
    });
    await expect(desk.give(requestOf({ ...offered(caseId), expectedVersion: now }))).resolves.toMatchObject({ replayed: false });
  });

  it('that compares two statements opens exactly the one it needs', async () => {
    const { desk, caseId, log, stream, keyring } = await opened();
    await desk.give(requestOf(offered(caseId)));
    await desk.give(requestOf(accepted(caseId)));
    const history = await readHistory(log, kind, stream);
    const event = history.events.find(({ type }) => type === 'HandoverAccepted');
    expect(event?.data).toMatchObject({ comparison: { belongings: 'DIFFERENT', condition: 'UNSTATED' } });
    expect(await openTree(keyring, event?.data)).toMatchObject({ differences: [{ about: '背包', giver: '1', receiver: '2' }] });
    expect((history.situation.state as Case).custody.holder).toBe('taicang-station');
  });

  it('with a reason for coming late keeps the reason sealed', async () => {
    const { desk, setNow, keyring, log } = await openTestDesk(directory);
    setNow('2020-10-20T08:40:00+08:00');
    const request = requestOf(found);
    const late = { ...request, command: { ...request.command, backfillReason: '网络中断' } };
    const { stream } = await desk.give(late);
    const [record] = await log.read(stream);
    expect(Buffer.from(record!.envelope).toString('utf8')).not.toContain('网络中断');
    expect(await openTree(keyring, recordedOf(record!).backfill)).toEqual({ backfillReason: '网络中断' });
  });
});

describe('what a process remembers of a stream', () => {
  const counting = (): EventLog & { reads: () => number } => {
    const log = openMemoryLog();
    let reads = 0;
    return Object.assign(Object.create(log) as EventLog, {
      read: (...asked: Parameters<EventLog['read']>) => ((reads += 1), log.read(...asked)),
      reads: () => reads,
    });
  };
  const checked = (caseId: string, key: string, note: string): TestRequest => ({
    by: 'taicang-police',
    type: 'InformOfHelp',
    at: found.at,
    key,
    caseId,
    data: { mode: note === 'first' ? 'INFORMED' : 'GUIDED', cardGiven: true },
  });

  it('spares reading what it has just written', async () => {
    const log = counting();
    const { desk, caseId, stream } = await opened(log);
    await desk.give(requestOf(checked(caseId, 'inform-key-000001', 'first')));
    expect(log.reads()).toBe(0);
    const history = await readHistory(log, kind, stream);
    expect(history.events.map(({ type }) => type)).toContain('PersonInformedOfHelp');
  });

  it('is never the truth: what another process wrote in between is seen, and both are recorded', async () => {
    const { desk, secondDesk, caseId, log, stream } = await opened();
    const second = secondDesk();
    await second.give(requestOf(offered(caseId)));
    await desk.give(requestOf(checked(caseId, 'inform-key-000001', 'first')));
    const history = await readHistory(log, kind, stream);
    expect(history.events.map(({ type }) => type)).toEqual(expect.arrayContaining(['HandoverOffered', 'PersonInformedOfHelp']));
    let prev: string | null = null;
    for (const record of await log.read(stream)) {
      expect(parseEnvelope(record.id, record.envelope).prev).toBe(prev);
      prev = createHash('sha256')
        .update(Buffer.concat([Buffer.of(0), record.envelope]))
        .digest('base64url');
    }
  });

  it('refuses nobody: a refusal is found out again on what the log holds now', async () => {
    const { desk, secondDesk, caseId } = await opened();
    const second = secondDesk();
    await second.give(requestOf(offered(caseId)));
    await second.give(requestOf(accepted(caseId)));
    // For the first desk the police still have the person; only the log knows better.
    const offer = {
      ...offered(caseId),
      by: 'taicang-station',
      key: 'offer-key-00000002',
      data: { ...offered(caseId).data, handoverId: 'h2', kind: 'STATION_HOSPITAL', to: 'taicang-hospital' },
    };
    await expect(desk.give(requestOf(offer))).resolves.toMatchObject({ replayed: false });
  });

  it('finds a command that came before, and answers it from the log', async () => {
    const { desk, caseId } = await opened();
    const first = await desk.give(requestOf(checked(caseId, 'inform-key-000001', 'first')));
    const again = await desk.give(requestOf(checked(caseId, 'inform-key-000001', 'first')));
    expect(again).toMatchObject({ replayed: true, version: first.version, position: first.position });
    await expect(desk.give(requestOf(checked(caseId, 'inform-key-000001', 'second')))).rejects.toMatchObject({ name: 'KeyReused' });
  });

  it('has a limit, and the stream unused for longest makes room', () => {
    const streams = new RememberedStreams(2);
    const standing = (version: number) => ({ situation: { ...nothing(null), version }, leaf: null, commands: new Set<string>() });
    for (const name of ['a', 'b']) streams.set(name, standing(1));
    streams.get('a');
    streams.set('c', standing(1));
    expect(['a', 'b', 'c'].map((name) => streams.get(name) !== undefined)).toEqual([true, false, true]);
    streams.set('a', standing(3));
    streams.set('a', standing(2));
    expect(streams.get('a')?.situation.version).toBe(3);
  });
});

describe('reading', () => {
  it('stops at a stored shape that this version does not know', async () => {
    const { log, stream } = await opened();
    const [record] = await log.read(stream);
    const envelope = { ...parseEnvelope(record!.id, record!.envelope), schema: 99 };
    const newer = { ...record!, envelope: Buffer.from(JSON.stringify(envelope)) };
    expect(() => recordedOf(newer)).toThrow(UnknownEventVersion);
  });

  it('stops at an unknown event, an unknown stream and unreadable bytes', async () => {
    const { log, stream } = await opened();
    const [record] = await log.read(stream);
    const other = { ...parseEnvelope(record!.id, record!.envelope), type: 'NeverHeardOf' };
    expect(() => recordedOf({ ...record!, envelope: Buffer.from(JSON.stringify(other)) })).toThrow(/knows no event NeverHeardOf/);
    expect(() => recordedOf({ ...record!, stream: 'parcel-1' })).toThrow(/No kind of stream/);
    expect(() => recordedOf({ ...record!, envelope: Buffer.from('{"v":2}') })).toThrow(/no readable envelope/);
    expect(() => recordedOf({ ...record!, envelope: Buffer.from('not json') })).toThrow(/no readable envelope/);
  });

  it('stops at a hole in the versions of a stream', async () => {
    const { log, stream } = await opened();
    const holed: EventLog = { ...openMemoryLog(), read: async () => (await log.read(stream)).filter(({ version }) => version !== 2) };
    await expect(readHistory(holed, kind, stream)).rejects.toMatchObject({ name: 'BrokenStream' });
  });
});
