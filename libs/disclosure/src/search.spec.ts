import type { Subject } from '@guitu/personal-data';
import { searchCases } from './search';
import { custodian, houseForSpecs, readerOf, staff, station } from './testing/house-for-specs';

const by = (user: string) => staff(user, station);

/** A person with an old name and, once the erasure has begun, a new one; both stand in the index, as if no row had been taken away. */
async function renamed() {
  const house = await houseForSpecs();
  const caseId = await house.claim('旧名');
  const stream = `case-${caseId}`;
  const [{ subject }] = (await house.keyring.subjectsOf(stream)) as readonly [Subject];
  await house.blindIndex.put([{ kind: 'alias', value: '旧名', subject, stream }]);
  const names = { persons: ['person'], classes: ['identity'], reason: 'UNLAWFUL', legalBasis: 'PIPL-47-1-4' };
  await house.decide(caseId, 'DecideErasure', { erasureId: 'e1', ...names }, by('P-1'));
  await house.decide(caseId, 'ConfirmErasure', { erasureId: 'e1' }, by('P-2'));
  await house.decide(caseId, 'StartKeyDestruction', { erasureId: 'e1' }, custodian);
  const keys = await house.retire(caseId, 'identity');
  const rename = async (): Promise<void> => {
    await house.claim('新名', caseId);
    await house.blindIndex.put([{ kind: 'alias', value: '新名', subject, stream }]);
  };
  const recordDestroyed = () => house.decide(caseId, 'RecordKeysDestroyed', { erasureId: 'e1', keys }, custodian);
  const find = async (value: string): Promise<readonly string[]> =>
    (await searchCases(house, readerOf({ by: by('P-1') }), { kind: 'alias', value })).cases;
  return { caseId, rename, recordDestroyed, find };
}

describe('a look-up', () => {
  it('finds nobody by what a confirmed erasure names until its keys are gone, then by what was recorded since', async () => {
    const { caseId, rename, recordDestroyed, find } = await renamed();
    await rename();
    expect(await find('新名')).toEqual([]);
    await recordDestroyed();
    expect(await find('新名')).toEqual([caseId]);
  });

  it('tells nothing of a row that outlived its key', async () => {
    const { recordDestroyed, find } = await renamed();
    expect(await find('旧名')).toEqual([]);
    await recordDestroyed();
    expect(await find('旧名')).toEqual([]);
  });
});
