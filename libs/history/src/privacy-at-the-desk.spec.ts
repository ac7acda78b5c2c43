import { VersionConflict } from '@guitu/event-log';
import { privacyOf, privacyStream, Refusal, type AnyStreamKind, type Privacy } from '@guitu/rescue';
import { directory } from '../../rescue/src/testing/agencies';
import type { CommandDesk } from './command-desk';
import { commandId } from './command-id';
import { readHistory } from './situation-of';
import { openTestDesk, requestOf, type TestDesk } from './testing/desk-for-tests';

const kind = privacyStream as unknown as AnyStreamKind;
const at = '2020-10-12T08:40:00+08:00';
const police = 'taicang-police';
let keys = 0;
type Told = string;

/** Gives a command about the personal data of a case; says what came of it. */
async function give(desk: CommandDesk, caseId: string, [type, data]: readonly [type: string, data: object], user = 'u1'): Promise<Told> {
  const id = commandId(user, 'c1', `key-${(keys += 1)}`);
  const system = ['StartKeyDestruction', 'RecordKeysDestroyed', 'CompleteErasure'].includes(type);
  const by = { agency: system ? 'guitu' : police, user, client: 'c1', role: system ? 'system' : 'staff' } as const;
  const request = { kind, streamId: caseId, command: { type, data, by, at }, commandId: id, requestText: type };
  try {
    const { events } = await desk.give(request);
    return events.length > 0 ? 'recorded' : 'already so';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    if (error instanceof VersionConflict) return 'conflict';
    throw error;
  }
}
const erasure = { erasureId: 'e1', persons: ['person'], classes: ['identity'], reason: 'UNLAWFUL', legalBasis: 'PIPL-47-1-4' };
const hold = { holdId: 'h1', reason: 'CRIMINAL_CASE', legalBasis: 'CPL-54' };

async function openCase({ desk }: TestDesk, key: string): Promise<string> {
  const place = { division: '320585', text: '太仓市上海路' };
  const data = { place, source: 'POLICE_PATROL', apparentSex: 'MALE', apparentAgeBand: 'FROM_19_TO_59', conditions: [] };
  const { stream } = await desk.give(requestOf({ by: police, type: 'RecordEncounter', data, at, key }));
  return stream.slice('case-'.length);
}
const typesIn = async ({ log }: TestDesk, caseId: string): Promise<readonly string[]> =>
  (await log.read(`privacy-${caseId}`)).map(({ type }) => type);

describe('what is decided about the personal data of a case', () => {
  it('needs the case', async () => {
    const { desk } = await openTestDesk(directory);
    expect(await give(desk, 'a0000000-0000-5000-8000-000000000000', ['PlaceLegalHold', hold])).toBe('unknown-reference');
  });

  it('is confirmed by another person than the one who decided, whose number lies sealed in the log', async () => {
    const house = await openTestDesk(directory);
    const caseId = await openCase(house, 'k');
    expect(await give(house.desk, caseId, ['DecideErasure', erasure], 'P-1187')).toBe('recorded');
    const [decided] = await house.log.read(`privacy-${caseId}`);
    const data = (JSON.parse(Buffer.from(decided?.envelope ?? []).toString()) as { data: { decidedBy: object } }).data;
    expect(Object.keys(data.decidedBy)).toEqual(['$enc']);
    expect(await give(house.desk, caseId, ['ConfirmErasure', { erasureId: 'e1' }], 'P-1187')).toBe('PRV-SAME-USER');
    expect(await give(house.secondDesk(), caseId, ['ConfirmErasure', { erasureId: 'e1' }], 'P-2020')).toBe('recorded');
    const { situation } = await readHistory(house.log, kind, `privacy-${caseId}`);
    expect(privacyOf(situation.state as Privacy)).toMatchObject({ erasure: 'confirmed', erased: [{ whose: 'person', class: 'identity' }] });
  });

  it('is confirmed once, however many do it at the same time', async () => {
    const house = await openTestDesk(directory);
    for (let round = 0; round < 20; round += 1) {
      const caseId = await openCase(house, `k${round}`);
      await give(house.desk, caseId, ['DecideErasure', erasure]);
      const desks = Array.from({ length: 8 }, () => house.secondDesk());
      await Promise.all(desks.map((desk, index) => give(desk, caseId, ['ConfirmErasure', { erasureId: 'e1' }], `u${index + 2}`)));
      expect((await typesIn(house, caseId)).filter((type) => type === 'ErasureConfirmed')).toHaveLength(1);
    }
  });

  it('a hold and the destruction that meet: one of them comes first, and the other learns it', async () => {
    const house = await openTestDesk(directory);
    const outcomes = new Set<string>();
    for (let round = 0; round < 60; round += 1) {
      const caseId = await openCase(house, `k${round}`);
      await give(house.desk, caseId, ['DecideErasure', erasure]);
      await give(house.desk, caseId, ['ConfirmErasure', { erasureId: 'e1' }], 'u2');
      const holding = (): Promise<Told> => give(house.secondDesk(), caseId, ['PlaceLegalHold', hold]);
      const destroying = (): Promise<Told> => give(house.secondDesk(), caseId, ['StartKeyDestruction', { erasureId: 'e1' }]);
      const [held, started] =
        round % 2 === 0
          ? await Promise.all([holding(), destroying()])
          : await Promise.all([destroying(), holding()]).then(([one, two]) => [two, one] as const);
      outcomes.add(`${held}, ${started}`);
      const types = await typesIn(house, caseId);
      expect(types.slice(2)).toEqual(held === 'recorded' ? ['LegalHoldPlaced'] : ['KeyDestructionStarted']);
    }
    expect([...outcomes].sort()).toEqual(['PRV-TOO-LATE, recorded', 'recorded, PRV-HELD']);
  });
});
