import { derivedId } from '@guitu/history';
import { openTree, sealedValuesIn } from '@guitu/personal-data';
import { privacyStream, type AnyStreamKind, type DestroyedKey } from '@guitu/rescue';
import { follow, specHistory, specTables, stepOf, wholeLoop, type SpecHistory, type SpecTables } from './for-specs';
import type { ReadModels } from './read-models';

let tables: SpecTables;
let history: SpecHistory;
let readModels: ReadModels;
beforeAll(async () => {
  tables = await specTables();
});
beforeEach(async () => {
  await tables.reset();
  readModels = await tables.open();
  history = await specHistory();
  await history.play('one', wholeLoop);
});
afterAll(() => tables.drop());

const ask = (type: string, data: object, by: object) =>
  history.desk.give({
    kind: privacyStream as unknown as AnyStreamKind,
    streamId: 'one',
    command: { type, data, by: { agency: 'taicang-station', user: 'u1', client: 'c1', role: 'staff', ...by }, at: history.world().now },
    commandId: derivedId('spec', type),
    requestText: type,
  });
const system = { agency: 'guitu', user: 'custodian', role: 'system' };

/** The identity key of the case's person, as the log's sealed values name it. */
async function identityKey(): Promise<DestroyedKey> {
  const { rows } = await readModels.timeline('case-one', { limit: 200 });
  const { data } = rows.find(({ type }) => type === 'IdentityConfirmed')!;
  const { s: subject, c, k: version } = sealedValuesIn(data)[0]!.$sealed;
  return { subject, class: c, version };
}

/** The erasure of the person's identity up to the moment when its key is gone, as far as the log is concerned. */
async function recordDestroyed(key: DestroyedKey): Promise<void> {
  const persons = { erasureId: 'e1', persons: ['person'], classes: ['identity'], reason: 'UNLAWFUL', legalBasis: 'PIPL-47-1-4' };
  await ask('DecideErasure', persons, {});
  await ask('ConfirmErasure', { erasureId: 'e1' }, { user: 'u2' });
  await ask('StartKeyDestruction', { erasureId: 'e1' }, system);
  await ask('RecordKeysDestroyed', { erasureId: 'e1', keys: [key] }, system);
}

describe('rows after keys were destroyed', () => {
  it.each([1, 7, 500])('hold no ciphertext of them, and are those of a rebuild: pages of %i', async (page) => {
    await follow(readModels, history, page);
    const key = await identityKey();
    const before = await readModels.rowsSealedWith('case-one', [key]);
    expect(before).toMatchObject({ timeline: 3, returnee_ledger: 1 });
    await recordDestroyed(key);
    // A row that the projector remembers is written once more afterwards.
    await history.give('one', { ...stepOf(wholeLoop, 'RecordAssistanceMeasure'), now: '2020-12-01T10:00:00+08:00' });
    await follow(readModels, history, page);
    expect(await readModels.rowsSealedWith('case-one', [key])).toEqual({});
    expect(await readModels.verify(history.log)).toMatchObject({ differing: 0 });
    const rebuilt = await readModels.rebuild(history.log);
    expect(rebuilt).toMatchObject({ differing: 0 });
    expect(await readModels.rowsSealedWith('case-one', [key])).toEqual({});
  });

  it('still open what other keys sealed, and tell the rest as erased', async () => {
    await follow(readModels, history);
    await recordDestroyed(await identityKey());
    await follow(readModels, history);
    const { rows } = await readModels.timeline('case-one', { limit: 200 });
    const opened = (await openTree(history.keyring, rows)) as readonly { type: string; data: Record<string, unknown> }[];
    expect(opened.find(({ type }) => type === 'IdentityConfirmed')!.data['name']).toEqual({ erased: true });
    expect(opened.find(({ type }) => type === 'HardshipReported')!.data['details']).toBe('医疗费用负担重');
  });
});
