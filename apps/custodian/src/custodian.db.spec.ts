import type { Database } from '@guitu/event-log';
import { openBlindIndex, openTree, sqlBlindIndex, type DataClass } from '@guitu/personal-data';
import { recordedOf } from '@guitu/history';
import { specHistory } from '../../../libs/read-models/src/for-specs';
import { Custodian, type CustodianParts } from './custodian';
import { canary, confirmErasure, specHouse, toBeErased, type SpecHouse } from './custodian-for-specs';

let house: SpecHouse;
beforeAll(async () => {
  house = await specHouse((await specHistory()).world().directory);
});
afterAll(() => house.close());

const typesIn = async (caseId: string): Promise<readonly string[]> => (await house.log.read(`privacy-${caseId}`)).map(({ type }) => type);
const found = async (kind: 'id-number' | 'phone' | 'alias', value: string): Promise<readonly string[]> =>
  (await (await openBlindIndex(house.keyring, sqlBlindIndex(house.superuser))).find(kind, value)).map(({ stream }) => stream);
const opened = async (caseId: string): Promise<string> => {
  const events = (await house.log.read(`case-${caseId}`)).map((record) => recordedOf(record).data);
  return JSON.stringify(await openTree(house.keyring, events));
};
const ciphertexts = async (caseId: string): Promise<number> =>
  (await house.log.read(`case-${caseId}`)).reduce((sum, { secrets }) => sum + Object.keys(secrets).length, 0);
const told = async (caseId: string, wanted: string): Promise<readonly Record<string, unknown>[]> =>
  (await house.log.read(`privacy-${caseId}`))
    .map((record) => recordedOf(record))
    .flatMap(({ type, data }) => (type === wanted ? [data as Record<string, unknown>] : []));
const envelopes = async (caseId: string): Promise<readonly string[]> =>
  (await house.log.read(`case-${caseId}`)).map(({ envelope }) => Buffer.from(envelope).toString('hex'));

describe('the blind index', () => {
  it('finds a person by number, name and the phone of a relative, and keeps none of them', async () => {
    await house.play('found', toBeErased);
    await new Custodian(house.parts()).runOnce();
    expect(await found('id-number', ' 34112619850312 0317')).toEqual(['case-found']);
    expect(await found('alias', canary.name)).toEqual(['case-found']);
    expect(await found('phone', '+86 139 1234 5678')).toEqual(['case-found']);
    const rows = JSON.stringify(
      await house.superuser.query(`select kind, encode(mac, 'hex') as mac, stream from personal_data.blind_index`),
    );
    for (const value of Object.values(canary)) expect(rows).not.toContain(value);
  });
  it('made again from the beginning is the same', async () => {
    const rows = () =>
      house.superuser.query(`select kind, encode(mac, 'hex') as mac, subject_ref from personal_data.blind_index order by 1, 2, 3`);
    const before = await rows();
    await house.superuser.query('delete from personal_data.blind_index; delete from erasure.checkpoint');
    await new Custodian(house.parts()).runOnce();
    expect(await rows()).toEqual(before);
  });
});

describe('an erasure', () => {
  it('reaches key store, index, log and ledger, and leaves every envelope as it was', async () => {
    await house.play('one', toBeErased);
    const before = await envelopes('one');
    await confirmErasure(house, 'one');
    expect(await new Custodian(house.parts()).runOnce()).toMatchObject({ completed: 1, failed: 0 });
    expect(await typesIn('one')).toEqual([
      'ErasureDecided',
      'ErasureConfirmed',
      'KeyDestructionStarted',
      'KeysDestroyed',
      'ErasureCompleted',
    ]);
    expect(await envelopes('one')).toEqual(before);
    expect(await ciphertexts('one')).toBe(0);
    expect(await opened('one')).not.toMatch(/金|3411|139/);
    for (const kind of ['id-number', 'phone', 'alias'] as const)
      for (const value of Object.values(canary)) expect(await found(kind, value)).not.toContain('case-one');
    expect((await house.ledger()).filter(({ stream }) => stream === 'privacy-one')).toHaveLength(1);
    const completed = (await house.log.read('privacy-one')).map((record) => recordedOf(record)).at(-1)!.data;
    expect(completed).toMatchObject({
      ciphertextRemoved: true,
      places: [
        { place: 'KEY_STORE', outcome: 'DESTROYED', count: 3 },
        { place: 'KEY_CACHE', outcome: 'REMOVED' },
        { place: 'BLIND_INDEX', outcome: 'REMOVED', count: 3 },
        { place: 'ERASURE_LEDGER', outcome: 'RECORDED' },
        { place: 'EVENT_LOG', outcome: 'REMOVED' },
        { place: 'READ_MODELS', outcome: 'UNREADABLE' },
        ...['MAILBOXES', 'MESSAGE_TOPICS', 'DEAD_LETTERS', 'WEBHOOKS'].map((place) => ({ place, outcome: 'NOTHING_THERE' })),
        { place: 'BACKUPS', outcome: 'NOT_REACHED' },
      ],
    });
  });

  it('of one class leaves the others, and those of other people', async () => {
    await house.play('part', toBeErased);
    await confirmErasure(house, 'part', { persons: ['person'], classes: ['identity'] });
    await new Custodian(house.parts()).runOnce();
    expect(await opened('part')).toMatch(/金母.*13912345678/);
    expect(await opened('part')).not.toContain(canary.name);
    expect(await found('phone', canary.phone)).toContain('case-part');
    expect(await found('alias', canary.name)).not.toContain('case-part');
  });

  it('does nothing while a hold is in force, and goes on when it is lifted', async () => {
    await house.play('held', toBeErased);
    await confirmErasure(house, 'held');
    await house.privacy('held', 'PlaceLegalHold', { holdId: 'h1', reason: 'LAWSUIT', legalBasis: 'PIPL-47-2' });
    expect(await new Custodian(house.parts()).runOnce()).toMatchObject({ completed: 0, held: 1 });
    expect(await opened('held')).toContain(canary.name);
    await house.privacy('held', 'LiftLegalHold', { holdId: 'h1', reason: 'MATTER_CLOSED', legalBasis: 'PIPL-47-2' });
    expect(await new Custodian(house.parts()).runOnce()).toMatchObject({ completed: 1, held: 0 });
    expect(await opened('held')).not.toContain(canary.name);
  });

  it('waits until no process can remember the keys any more; what is sealed meanwhile has a ground of its own', async () => {
    await house.play('later', toBeErased);
    await confirmErasure(house, 'later');
    const look = await new Custodian({ ...house.parts(), waitMs: 3_600_000 }).runOnce();
    expect(look).toMatchObject({ completed: 0, waiting: 1 });
    expect(look.wakeAt).toBeGreaterThan(Date.now());
    await house.give('later', { ...toBeErased[1]!, data: { name: '新名', home: '安徽省凤阳县', source: 'SELF' } });
    expect(await new Custodian(house.parts()).runOnce()).toMatchObject({ completed: 1 });
    expect(await opened('later')).toContain('新名');
    expect(await opened('later')).not.toContain(canary.name);
    expect(await found('alias', '新名')).toEqual(['case-later']);
  });

  it('that was withdrawn is left alone', async () => {
    await house.play('withdrawn', toBeErased);
    await confirmErasure(house, 'withdrawn');
    await house.privacy('withdrawn', 'WithdrawErasure', { erasureId: 'e1', reason: 'GROUND_GONE' });
    expect(await new Custodian(house.parts()).runOnce()).toMatchObject({ completed: 0, failed: 0 });
    expect(await opened('withdrawn')).toContain(canary.name);
  });

  it('on an engine that keeps what it was given says that the ciphertext stays, unreadable', async () => {
    await house.play('kept', toBeErased);
    await confirmErasure(house, 'kept');
    const { removeSecrets: _absent, ...parts } = house.parts();
    expect(await new Custodian(parts).runOnce()).toMatchObject({ completed: 1 });
    expect(await ciphertexts('kept')).toBeGreaterThan(0);
    expect(await opened('kept')).not.toMatch(/金|3411|139/);
    const completed = await told('kept', 'ErasureCompleted');
    expect(completed).toMatchObject([{ ciphertextRemoved: false }]);
    expect(JSON.stringify(completed)).toContain('"outcome":"UNREADABLE","place":"EVENT_LOG"');
  });

  it('that follows another one names its own keys alone', async () => {
    await house.play('twice', toBeErased);
    await confirmErasure(house, 'twice', { erasureId: 'e1', persons: ['person'], classes: ['identity'] });
    await new Custodian(house.parts()).runOnce();
    await confirmErasure(house, 'twice', { erasureId: 'e2' });
    expect(await new Custodian(house.parts()).runOnce()).toMatchObject({ completed: 1, failed: 0 });
    const named = (await told('twice', 'KeysDestroyed')).map(({ keys }) =>
      (keys as readonly { class: string }[]).map((key) => key.class).sort(),
    );
    expect(named).toEqual([['identity'], ['contact', 'narrative']]);
  });

  it('of the same persons and classes a second time ends what was recorded since, and names that alone', async () => {
    await house.play('again', toBeErased);
    await confirmErasure(house, 'again');
    await new Custodian(house.parts()).runOnce();
    await house.give('again', { ...toBeErased[1]!, data: { name: '再名', home: '安徽省凤阳县', source: 'SELF' } });
    await new Custodian(house.parts()).runOnce();
    expect(await found('alias', '再名')).toEqual(['case-again']);
    await confirmErasure(house, 'again', { erasureId: 'e2' });
    expect(await new Custodian(house.parts()).runOnce()).toMatchObject({ completed: 1, failed: 0 });
    expect(await opened('again')).not.toContain('再名');
    expect(await found('alias', '再名')).toEqual([]);
    const [, second] = await told('again', 'KeysDestroyed');
    expect(second!['keys']).toMatchObject([{ class: 'identity', version: 2 }]);
  });

  it('that finds nothing new destroys nothing, and says so', async () => {
    await house.play('empty', toBeErased);
    for (const erasureId of ['e1', 'e2']) {
      await confirmErasure(house, 'empty', { erasureId });
      expect(await new Custodian(house.parts()).runOnce()).toMatchObject({ completed: 1, failed: 0 });
    }
    expect((await told('empty', 'KeysDestroyed'))[1]).toMatchObject({ keys: [] });
    expect((await told('empty', 'ErasureCompleted'))[1]).toMatchObject({
      places: expect.arrayContaining([expect.objectContaining({ place: 'KEY_STORE', outcome: 'NOTHING_THERE' })]),
    });
  });

  it.each(['confirmed', 'started'] as const)(
    'that a restored log tells as %s, its keys gone by the ledger, names them all the same',
    async (phase) => {
      const caseId = `restored-${phase}`;
      await house.play(caseId, toBeErased);
      const sealed = await house.superuser.query<{ subject: string; class: DataClass }>(
        `select k.subject_ref as subject, k.class from personal_data.subject_key k join personal_data.subject s using (subject_ref)
       where s.stream = $1 and s.role in ('person', 'relative')`,
        [`case-${caseId}`],
      );
      await confirmErasure(house, caseId);
      if (phase === 'started') await new Custodian({ ...house.parts(), waitMs: 3_600_000 }).runOnce();
      const keys = sealed.map((key) => ({ ...key, upTo: 1 }));
      const erasedAt = '2020-10-13T00:00:00.000Z';
      expect(await house.applyAfterRestore({ stream: `privacy-${caseId}`, erasureId: 'e1', erasedAt, keys })).toMatchObject({
        entries: 1,
        keys: 3,
      });
      expect(await new Custodian(house.parts()).runOnce()).toMatchObject({ completed: 1, failed: 0 });
      const [destroyed] = await told(caseId, 'KeysDestroyed');
      const versions = sealed.map((key) => ({ ...key, version: 1 }));
      expect(destroyed!['keys']).toHaveLength(3);
      expect(destroyed!['keys']).toEqual(expect.arrayContaining(versions));
      const [completed] = await told(caseId, 'ErasureCompleted');
      expect(completed!['places']).toEqual(
        expect.arrayContaining([expect.objectContaining({ place: 'KEY_STORE', outcome: 'DESTROYED', count: 3 })]),
      );
      expect(await ciphertexts(caseId)).toBe(0);
      expect((await house.ledger()).filter(({ stream }) => stream === `privacy-${caseId}`)).toHaveLength(1);
    },
  );

  it('is carried out once by two custodians at the same time', async () => {
    await house.play('two', toBeErased);
    await confirmErasure(house, 'two');
    const looks = [new Custodian(house.parts()), new Custodian(house.parts())].map((one) => one.runOnce());
    await Promise.all(looks);
    await new Custodian(house.parts()).runOnce();
    expect(await typesIn('two')).toEqual([
      'ErasureDecided',
      'ErasureConfirmed',
      'KeyDestructionStarted',
      'KeysDestroyed',
      'ErasureCompleted',
    ]);
    expect((await house.ledger()).filter(({ stream }) => stream === 'privacy-two')).toHaveLength(1);
  });
});

class Killed extends Error {}

/** The parts of a process that is killed at the n-th moment before or after anything that leaves a trace; from then on it does nothing. */
function killedAt(parts: CustodianParts, moment: number): CustodianParts & { died: () => boolean } {
  let moments = 0;
  const tick = (): void => {
    moments += 1;
    if (moments >= moment) throw new Killed();
  };
  const mortal =
    <A extends readonly unknown[], R>(work: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      tick();
      const result = await work(...given);
      tick();
      return result;
    };
  const { database, desk, recordInLedger, removeSecrets } = parts;
  return {
    ...parts,
    database: {
      query: mortal(database.query as (...given: readonly unknown[]) => Promise<unknown>) as Database['query'],
      transaction: mortal(database.transaction) as Database['transaction'],
      close: database.close,
    },
    desk: Object.create(desk, { give: { value: mortal(desk.give.bind(desk)) } }) as CustodianParts['desk'],
    recordInLedger: mortal(recordInLedger),
    ...(removeSecrets === undefined ? {} : { removeSecrets: mortal(removeSecrets) }),
    died: () => moments >= moment,
  };
}

describe('a custodian that is killed', () => {
  const withoutTimes = (data: object): unknown =>
    JSON.parse(JSON.stringify(data, (key, value: unknown) => (key === 'at' ? undefined : value)));

  /** No key goes before the stream says so, and the stream does not say that it is gone before the ledger does. */
  const expectInOrder = async (caseId: string): Promise<void> => {
    const types = await typesIn(caseId);
    const gone = `select from personal_data.subject_key k join personal_data.subject s using (subject_ref) where s.stream = $1 and k.state <> 'active'`;
    if ((await house.superuser.query(gone, [`case-${caseId}`])).length > 0) expect(types).toContain('KeyDestructionStarted');
    const written = (await house.ledger()).filter(({ stream }) => stream === `privacy-${caseId}`);
    if (types.includes('KeysDestroyed')) expect(written).toHaveLength(1);
  };

  it('between any two steps: the next one comes to the same end', async () => {
    const ends = new Set<string>();
    let kills = 0;
    for (let moment = 1, died = true; died; moment += 1) {
      const caseId = `killed-${moment}`;
      await house.play(caseId, toBeErased);
      const before = await envelopes(caseId);
      await confirmErasure(house, caseId);
      const mortal = killedAt(house.parts(), moment);
      await new Custodian(mortal).runOnce();
      died = mortal.died();
      kills += died ? 1 : 0;
      await expectInOrder(caseId);
      expect(await new Custodian(house.parts()).runOnce()).toMatchObject({ failed: 0 });
      expect(await typesIn(caseId)).toEqual([
        'ErasureDecided',
        'ErasureConfirmed',
        'KeyDestructionStarted',
        'KeysDestroyed',
        'ErasureCompleted',
      ]);
      expect(await envelopes(caseId)).toEqual(before);
      expect(await ciphertexts(caseId)).toBe(0);
      expect(await found('phone', canary.phone)).not.toContain(`case-${caseId}`);
      expect((await house.ledger()).filter(({ stream }) => stream === `privacy-${caseId}`)).toHaveLength(1);
      const completed = (await house.log.read(`privacy-${caseId}`)).map((record) => recordedOf(record)).at(-1)!.data;
      ends.add(JSON.stringify(withoutTimes(completed)));
    }
    expect(kills).toBeGreaterThan(20);
    expect([...ends]).toHaveLength(1);
  }, 300_000);
});
