import { LogUnavailable, OutcomeUnknown } from '@guitu/event-log';
import { sealedValuesIn, type KeyVersion } from '@guitu/personal-data';
import { AuditUnavailable } from './audit-unavailable';
import { DisclosureGate } from './gate';
import { custodian, houseForSpecs, readerOf, staff, station, type Told } from './testing/house-for-specs';

const erasure = { erasureId: 'e1', persons: ['person'], classes: ['identity'], reason: 'UNLAWFUL', legalBasis: 'PIPL-47-1-4' };
const hold = { holdId: 'h1', reason: 'CRIMINAL_CASE', legalBasis: 'CPL-54' };
const restriction = { reason: 'REQUESTED_BY_PERSON', legalBasis: 'PIPL-44' };

/** A small generator (mulberry32): the same faults in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const failing = 0.3;

describe('the gate', () => {
  it('opens the values of a stream and records who was shown what, without a value', async () => {
    const house = await houseForSpecs();
    const caseId = await house.openCase();
    const [opened] = await house.gate.open(readerOf(), await house.shut(caseId));
    expect(opened).toMatchObject({ claims: { name: '王秀英' }, place: { text: '太仓市上海路' }, conditions: ['WALKS_BADLY'] });
    const [told, ...more] = await house.audited();
    expect(more).toEqual([]);
    expect(told).toEqual({
      type: 'PersonalDataRead',
      purpose: 'CASE_HANDLING',
      streams: [`case-${caseId}`],
      classes: ['health', 'identity', 'narrative'],
      count: 5,
      requestId: 'r-1',
      rule: 'participant',
    });
  });

  it('records one reading for a whole page of several cases', async () => {
    const house = await houseForSpecs();
    const ids = [await house.openCase(), await house.openCase(), await house.openCase()];
    const page = (await Promise.all(ids.map((id) => house.shut(id)))).flat();
    await house.gate.open(readerOf(), page);
    const told = await house.audited();
    expect(told).toHaveLength(1);
    expect(told[0]?.streams).toEqual(ids.map((id) => `case-${id}`).sort());
  });

  it('records nothing where nothing personal is asked for', async () => {
    const house = await houseForSpecs();
    expect(await house.gate.open(readerOf(), [{ stream: 'agency-x', tree: { name: '站' } }])).toEqual([{ name: '站' }]);
    expect(await house.audited()).toEqual([]);
  });

  it('keeps back the values of another stream that a row brings along', async () => {
    const house = await houseForSpecs();
    const [mine, theirs] = [await house.openCase(), await house.openCase({ name: '李某' })];
    const [{ tree }] = (await house.shut(theirs)) as unknown as [{ tree: { claims: object } }];
    const [opened] = await house.gate.open(readerOf(), [{ stream: `case-${mine}`, tree: { claims: tree.claims } }]);
    expect(opened).toEqual({ claims: { name: { withheld: true } } });
  });

  it('waits with opening until the record lies in the log', async () => {
    const house = await houseForSpecs();
    const caseId = await house.openCase();
    let write = (): void => undefined;
    const slow = { record: () => new Promise<void>((done) => void (write = done)) };
    let shown = false;
    const asked = new DisclosureGate({ ...house, trail: slow }).open(readerOf(), await house.shut(caseId)).then(() => void (shown = true));
    for (let turn = 0; turn < 50; turn += 1) await new Promise((tick) => setImmediate(tick));
    expect(shown).toBe(false);
    write();
    await asked;
    expect(shown).toBe(true);
  });
});

describe('a value whose erasure was confirmed', () => {
  it('is not shown any more, although its key is at hand, and the refusal is recorded', async () => {
    const house = await houseForSpecs();
    const caseId = await house.openCase();
    const shut = await house.shut(caseId);
    await house.gate.open(readerOf({ requestId: 'before' }), shut);
    await house.decide(caseId, 'DecideErasure', erasure, 'P-1');
    expect(await house.gate.open(readerOf({ requestId: 'decided' }), shut)).toMatchObject([{ claims: { name: '王秀英' } }]);
    await house.decide(caseId, 'ConfirmErasure', { erasureId: 'e1' }, 'P-2');
    for (const purpose of ['CASE_HANDLING', 'LEGAL_HOLD', 'AUDIT'] as const) {
      const [opened] = await house.gate.open(readerOf({ requestId: purpose, purpose }), shut);
      // Another class of the same person stays.
      expect(opened).toMatchObject({ claims: { name: { erased: true } }, apparentSex: { erased: true }, conditions: ['WALKS_BADLY'] });
    }
    // No key was destroyed: whoever goes past the gate still reads it.
    const [{ $sealed }] = sealedValuesIn(shut).filter((value) => value.$sealed.c === 'identity') as [ReturnType<typeof sealedValuesIn>[0]];
    const keyOf = await house.keyring.openingKeys([{ subject: $sealed.s, class: $sealed.c, version: $sealed.k }]);
    expect(keyOf({ subject: $sealed.s, class: $sealed.c, version: $sealed.k })).toBeDefined();
    const told = (await house.audited()).filter(({ requestId }) => requestId === 'AUDIT');
    expect(told).toMatchObject([
      { type: 'PersonalDataRead', classes: ['health', 'narrative'], count: 2 },
      { type: 'PersonalDataReadRefused', classes: ['identity'], rule: 'erased' },
    ]);
  });

  it('stays back when its key is destroyed, and what a newer version sealed is shown again; a second erasure ends that, too', async () => {
    const house = await houseForSpecs();
    const caseId = await house.claim('旧名');
    const by = (user: string) => staff(user, station);
    const names = async (): Promise<readonly unknown[]> =>
      (await house.gate.open(readerOf(), await house.shut(caseId, Infinity))).flatMap((tree) => {
        const { claims, name = claims?.name } = tree as { name?: unknown; claims?: { name: unknown } };
        return name === undefined ? [] : [name];
      });
    const begin = async (erasureId: string): Promise<readonly KeyVersion[]> => {
      await house.decide(caseId, 'DecideErasure', { ...erasure, erasureId }, by('P-1'));
      await house.decide(caseId, 'ConfirmErasure', { erasureId }, by('P-2'));
      await house.decide(caseId, 'StartKeyDestruction', { erasureId }, custodian);
      return house.retire(caseId, 'identity');
    };
    const finish = async (erasureId: string, keys: readonly KeyVersion[]): Promise<void> => {
      await house.decide(caseId, 'RecordKeysDestroyed', { erasureId, keys }, custodian);
      const places = [{ place: 'KEY_STORE', outcome: 'DESTROYED', at: '2020-10-12T08:40:00+08:00' }];
      await house.decide(caseId, 'CompleteErasure', { erasureId, places, ciphertextRemoved: false }, custodian);
    };
    const gone = { erased: true };
    const first = await begin('e1');
    await house.claim('新名', caseId);
    expect(await names()).toEqual([gone, gone]);
    await finish('e1', first);
    expect(await names()).toEqual([gone, '新名']);
    const second = await begin('e2');
    await house.claim('又名', caseId);
    expect(await names()).toEqual([gone, gone, gone]);
    await finish(
      'e2',
      second.filter(({ version }) => version > 1),
    );
    expect(await names()).toEqual([gone, gone, '又名']);
  });

  it('of one case says nothing about another case', async () => {
    const house = await houseForSpecs();
    const [gone, stays] = [await house.openCase(), await house.openCase()];
    await house.decide(gone, 'DecideErasure', erasure, 'P-1');
    await house.decide(gone, 'ConfirmErasure', { erasureId: 'e1' }, 'P-2');
    const opened = await house.gate.open(readerOf(), [...(await house.shut(gone)), ...(await house.shut(stays))]);
    expect(opened).toMatchObject([{ claims: { name: { erased: true } } }, { claims: { name: '王秀英' } }]);
  });
});

describe('a case whose processing is restricted', () => {
  it('shows its values to nobody but for a legal hold in force', async () => {
    const house = await houseForSpecs();
    const caseId = await house.openCase();
    const shut = await house.shut(caseId);
    const nameFor = async (purpose: 'CASE_HANDLING' | 'AUDIT' | 'LEGAL_HOLD'): Promise<unknown> =>
      ((await house.gate.open(readerOf({ purpose }), shut)) as [{ claims: { name: unknown } }])[0].claims.name;
    await house.decide(caseId, 'RestrictProcessing', restriction);
    for (const purpose of ['CASE_HANDLING', 'AUDIT', 'LEGAL_HOLD'] as const) expect(await nameFor(purpose)).toEqual({ restricted: true });
    expect((await house.audited()).map(({ type, rule }) => [type, rule])).toEqual(
      Array.from({ length: 3 }, () => ['PersonalDataReadRefused', 'restricted']),
    );
    await house.decide(caseId, 'PlaceLegalHold', hold);
    expect(await nameFor('CASE_HANDLING')).toEqual({ restricted: true });
    expect(await nameFor('LEGAL_HOLD')).toBe('王秀英');
    await house.decide(caseId, 'LiftLegalHold', { holdId: 'h1', reason: 'MATTER_CLOSED', legalBasis: 'CPL-54' });
    expect(await nameFor('LEGAL_HOLD')).toEqual({ restricted: true });
  });
});

describe('with appends of the audit trail that fail at random', () => {
  const reads = 3_000;
  type Counted = Readonly<{ released: ReadonlyMap<string, number>; refused: number; audited: readonly Told[] }>;

  /** Reads by the thousand, some at once; appends fail before they are written, or lose their answer afterwards. */
  async function readOften(awaits: boolean): Promise<Counted> {
    const random = seeded(20_201_012);
    const house = await houseForSpecs((append) => async (stream, version, records) => {
      const chance = random();
      if (chance < failing) throw new LogUnavailable('unreachable', 'the log does not answer');
      const appended = await append(stream, version, records);
      if (chance < failing + 0.1) throw new OutcomeUnknown(stream);
      return appended;
    });
    const ids = await Promise.all(Array.from({ length: 10 }, () => house.openCase()));
    const pages = await Promise.all(ids.map((id) => house.shut(id)));
    const late = { record: (entry: Parameters<typeof house.trail.record>[0]) => void house.trail.record(entry).catch(() => undefined) };
    const careless = { record: (entry: Parameters<typeof house.trail.record>[0]) => Promise.resolve(late.record(entry)) };
    const gate = awaits ? house.gate : new DisclosureGate({ ...house, trail: careless });
    const released = new Map<string, number>();
    let refused = 0;
    const readOnce = async (index: number): Promise<void> => {
      const requestId = `r-${index}`;
      try {
        const opened = await gate.open(readerOf({ requestId }), pages[index % pages.length] ?? []);
        released.set(requestId, opened.filter((tree) => JSON.stringify(tree).includes('王秀英')).length * 5);
      } catch (error) {
        expect(error).toBeInstanceOf(AuditUnavailable);
        refused += 1;
      }
    };
    for (let from = 0; from < reads; from += 3) await Promise.all([from, from + 1, from + 2].map(readOnce));
    await house.trail.close();
    return { released, refused, audited: await house.audited() };
  }

  /** Values that left without a record that counts them. */
  const unrecorded = ({ released, audited }: Counted): number => {
    const recorded = new Map(audited.map(({ requestId, count }) => [requestId, count]));
    return [...released].reduce((sum, [requestId, count]) => sum + (recorded.get(requestId) === count ? 0 : count), 0);
  };

  it('no value leaves without its record', async () => {
    const counted = await readOften(true);
    expect(counted.released.size + counted.refused).toBe(reads);
    expect(counted.refused).toBeGreaterThan(reads * 0.15);
    expect([...counted.released.values()].reduce((sum, one) => sum + one, 0)).toBeGreaterThan(reads);
    expect(unrecorded(counted)).toBe(0);
  }, 120_000);

  it('a gate that does not wait for the record is found out by the same count', async () => {
    expect(unrecorded(await readOften(false))).toBeGreaterThan(0);
  }, 120_000);
});
