import { randomBytes } from 'node:crypto';
import { openMemoryLog, type EventLog } from '@guitu/event-log';
import { CommandDesk, derivedId, leafOf } from '@guitu/history';
import { destroyKeys, KeyEncryptionKey, Keyring, memoryKeyStore, rangesOf, retireKeys, type KeyLifeStore } from '@guitu/personal-data';
import { caseStream, privacyStream, type Actor, type AnyStreamKind, type Instant } from '@guitu/rescue';
import { directory } from '../../rescue/src/testing/agencies';
import { certificateOf, certificateText, decideDue, erasurePlan, planText, retentionList, type CaseDue, type PlanParts } from './index';

const station = 'taicang-station';
const staff = (user: string): Actor => ({ agency: station, user, client: 'c1', role: 'staff' });
const system: Actor = { agency: 'guitu', user: 'custodian', client: 'custodian', role: 'system' };

let log: EventLog;
let keys: ReturnType<typeof memoryKeyStore>;
let desk: CommandDesk;
let now: Instant;
const world = () => ({ now, directory });

beforeEach(async () => {
  now = '2020-10-12T09:00:00+08:00';
  log = openMemoryLog();
  keys = memoryKeyStore();
  const keyring = await Keyring.open({ store: keys, keyEncryptionKey: new KeyEncryptionKey(randomBytes(32)) });
  desk = new CommandDesk({ log, keyring, world });
});

let given = 0;
const give = (kind: unknown, caseId: string, [type, data, by]: readonly [type: string, data: object, by?: Actor]) =>
  desk.give({
    ...{ kind: kind as AnyStreamKind, streamId: caseId, command: { type, data, by: by ?? staff('u1'), at: now } },
    ...{ commandId: derivedId('spec', String((given += 1))), requestText: type },
  });
const ask = (caseId: string, type: string, data: object, by?: Actor) =>
  give(privacyStream, caseId, by === undefined ? [type, data] : [type, data, by]);
const openCase = async (caseId: string): Promise<void> => {
  const relatives = [{ name: '金母', relation: 'PARENT', phone: '13912345678' }];
  const claims = { name: '金丝雀', idNumber: '341126198503120317' };
  await give(caseStream, caseId, [
    'RegisterHelpRequest',
    { arrivalMode: 'SELF', causes: ['LOST'], assistanceStatus: 'UNKNOWN', claims, relatives },
  ]);
};
const erasure = { erasureId: 'e1', persons: ['person'], classes: ['identity'], reason: 'UNLAWFUL', legalBasis: 'PIPL-47-1-4' } as const;
const parts = (): PlanParts => ({
  ...{ log, keys },
  indexRows: (subjects) => Promise.resolve(subjects.length * 2),
  rowsSealedWith: (_stream, named) => Promise.resolve({ timeline: named.length }),
});
const asked = { caseId: 'one', persons: ['person', 'relative'], classes: ['identity', 'contact'] } as const;

describe('the plan of an erasure', () => {
  it('lists whose keys, which events, rows and index rows would go, and shows nothing of them', async () => {
    await openCase('one');
    const plan = await erasurePlan(parts(), asked);
    expect(plan).toMatchObject({ held: false, underWay: null, keys: 2, values: 3, indexRows: 4, rows: { timeline: 2 } });
    expect(plan.events).toMatchObject([{ type: 'HelpRequestRegistered', version: 1, values: 3 }]);
    expect(plan.subjects.map(({ whose, event }) => [whose, event === null])).toEqual(
      expect.arrayContaining([
        ['person', true],
        ['relative', false],
      ]),
    );
    for (const text of [JSON.stringify(plan), planText(plan)]) expect(text).not.toMatch(/金|3411|1391/);
  });
  it('tells of a hold, of an erasure under way, and counts no key that is gone', async () => {
    await openCase('one');
    await ask('one', 'DecideErasure', erasure);
    await ask('one', 'PlaceLegalHold', { holdId: 'h1', reason: 'LAWSUIT', legalBasis: 'PIPL-47-2' });
    const before = await erasurePlan(parts(), asked);
    expect(before).toMatchObject({ held: true, underWay: { erasureId: 'e1', phase: 'DECIDED' } });
    const names = before.subjects.flatMap(({ subject, keys: own }) => own.map((key) => ({ subject, class: key.class })));
    const life: KeyLifeStore = keys;
    await destroyKeys(life, rangesOf(await retireKeys(life, names)), 0);
    expect(await erasurePlan(parts(), asked)).toMatchObject({ keys: 0, values: 0, events: [] });
  });
  it('of a case that does not exist is empty', async () =>
    expect(await erasurePlan(parts(), { ...asked, caseId: 'nobody' })).toMatchObject({ keys: 0, subjects: [], events: [] }));
});

describe('the certificate of an erasure', () => {
  const key = { subject: '5f0d2c1e-0000-4000-8000-000000000001', class: 'identity', version: 1 } as const;
  const place = { place: 'KEY_STORE', outcome: 'DESTROYED', at: '2020-10-13T09:00:00+08:00', count: 1 } as const;
  const erase = async (): Promise<void> => {
    await openCase('one');
    await ask('one', 'DecideErasure', erasure);
    await ask('one', 'ConfirmErasure', { erasureId: 'e1' }, staff('u2'));
    await ask('one', 'StartKeyDestruction', { erasureId: 'e1' }, system);
    await ask('one', 'RecordKeysDestroyed', { erasureId: 'e1', keys: [key] }, system);
    await ask('one', 'CompleteErasure', { erasureId: 'e1', places: [place], ciphertextRemoved: true }, system);
  };

  it('names every step with its event and leaf, every key and every place', async () => {
    await erase();
    const certificate = await certificateOf(log, 'one');
    const records = await log.read('privacy-one');
    expect(certificate.steps.map(({ eventId, leaf }) => [eventId, leaf])).toEqual(
      records.map(({ id, envelope }) => [id, leafOf(envelope)]),
    );
    expect(certificate).toMatchObject({
      completed: true,
      keys: [key],
      places: [place],
      ciphertextRemoved: true,
      legalBasis: 'PIPL-47-1-4',
    });
  });
  it('reads Chinese first, in China’s time', async () => {
    await erase();
    const text = certificateText(await certificateOf(log, 'one', 'e1'));
    expect(text).toMatch(/^个人信息删除证明/);
    expect(text).toContain('2020-10-13 09:00:00  密钥库 key store：已销毁 destroyed (1)');
    expect(text).toContain('个人信息删除办结');
    expect(text).not.toContain('u1');
  });
  it('of an erasure that is not completed says so', async () => {
    await openCase('one');
    await ask('one', 'DecideErasure', erasure);
    expect(await certificateOf(log, 'one')).toMatchObject({ completed: false, keys: [], places: [] });
    expect(certificateText(await certificateOf(log, 'one'))).toContain('尚未办结');
  });
  it('of one that does not exist is refused', async () => {
    await openCase('one');
    await expect(certificateOf(log, 'one')).rejects.toThrow('There is no erasure of the case one.');
    await ask('one', 'DecideErasure', erasure);
    await expect(certificateOf(log, 'one', 'e9')).rejects.toThrow('e9');
  });
});

describe('the terms of keeping', () => {
  const listed = async (today: string): Promise<readonly CaseDue[]> => {
    const found: CaseDue[] = [];
    for await (const due of retentionList(log, today)) found.push(due);
    return found;
  };
  /** A man who is identified, leaves by himself, and whose file is put away. */
  const archive = async (caseId: string): Promise<void> => {
    await openCase(caseId);
    const identity = { basis: ['POLICE_DB'], documentCarried: false, name: '金丝雀', idNumber: '341126198503120317' };
    await give(caseStream, caseId, ['DecideEligibility', { eligible: true, ground: 'WITHOUT_MEANS', helpFirst: false }]);
    await give(caseStream, caseId, ['RecordSafetyCheck', { passed: true }]);
    await give(caseStream, caseId, ['AdmitPerson', { area: 'MALE' }]);
    await give(caseStream, caseId, ['ConfirmIdentity', { ...identity, birthDate: '1985-03-12', sex: 'MALE', homeDivision: '320585' }]);
    now = '2020-10-14T09:00:00+08:00';
    await give(caseStream, caseId, ['DeclareSelfDeparture', { statement: '本人自愿离站' }]);
    await give(caseStream, caseId, ['ArchiveCase', { checklist: ['登记表'], retention: '2050-12-31' }]);
  };

  it('list an archived file from the first day after the longer term on, and not before', async () => {
    await archive('kept');
    expect(await listed('2050-12-31')).toEqual([]);
    expect(await listed('2051-01-01')).toMatchObject([{ caseId: 'kept', inCharge: station, dueOn: '2051-01-01', held: false }]);
  });
  it('are decided in the name of the agency in charge, once a day, and wait for a second person', async () => {
    await archive('kept');
    now = '2051-01-02T09:00:00+08:00';
    const [due] = await listed('2051-01-02');
    const decide = () => decideDue({ desk, world }, { by: staff('u1'), on: '2051-01-02', due: due! });
    expect(await decide()).toEqual({ caseId: 'kept', erasureId: 'term-over-2051-01-02', outcome: 'decided' });
    expect(await decide()).toMatchObject({ outcome: 'decided' });
    expect((await log.read('privacy-kept')).map(({ type }) => type)).toEqual(['ErasureDecided']);
    expect(await decideDue({ desk, world }, { by: { ...staff('u1'), agency: 'wuxi-station' }, on: '2051-01-03', due: due! })).toMatchObject(
      {
        outcome: 'ACT-WRONG-AGENCY',
      },
    );
    await ask('kept', 'ConfirmErasure', { erasureId: 'term-over-2051-01-02' }, staff('u2'));
    expect(await listed('2051-01-02')).toEqual([]);
  });
});
