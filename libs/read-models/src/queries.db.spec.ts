import { isSealedValue, openTree } from '@guitu/personal-data';
import {
  escortedHome,
  specHistory,
  stepOf,
  toTheContactLetter,
  toTheLetter,
  toTheStation,
  upTo,
  wholeLoop,
  type SpecHistory,
} from './histories-for-specs';
import { InvalidPage } from './paging';
import type { ReadModels } from './read-models';
import { follow, specTables, type SpecTables } from './tables-for-specs';

let tables: SpecTables;
let readModels: ReadModels;
let history: SpecHistory;
beforeAll(async () => {
  tables = await specTables();
  readModels = await tables.open();
  history = await specHistory();
  await history.play('closed', wholeLoop);
  await history.play('letter', toTheLetter);
  await history.play('station', toTheStation);
  await history.play('contact', toTheContactLetter);
  await history.play('escorted', escortedHome);
  await history.play('offered', upTo(toTheStation, 'OfferHandover'));
  await history.play('answered', upTo(wholeLoop, 'IssueOutcomeLetter'));
  await follow(readModels, history);
});
afterAll(() => tables.drop());

describe('the desk of an agency', () => {
  it('shows the persons in its custody and since when', async () => {
    const { custody } = await readModels.desk('taicang-station');
    expect(custody.rows).toMatchObject([
      { caseId: 'contact' },
      { caseId: 'station', since: '2020-10-12T09:25:00+08:00', case: { location: 'IN_STATION' } },
    ]);
  });
  it('shows the offers that wait for its signature', async () => {
    const { handovers } = await readModels.desk('taicang-station');
    expect(handovers.rows).toMatchObject([{ caseId: 'offered', handoverId: 'h1', from: 'taicang-police', phase: 'OFFERED' }]);
  });
  it('shows feedback letters that wait for the addressee, and outcome letters that wait for the sender', async () => {
    expect((await readModels.desk('fengyang-station')).letters.rows.at(-1)).toMatchObject({
      caseId: 'letter',
      kind: 'FEEDBACK',
      letterId: 'letter-33',
    });
    expect((await readModels.desk('taicang-station')).letters.rows).toMatchObject([
      { caseId: 'answered', kind: 'OUTCOME', wants: 'RECEIPT' },
    ]);
  });
  it('shows contact letters that wait for an answer, and no longer once they are answered', async () => {
    const { rows } = await readModels.lettersWaiting('fengyang-station');
    expect(rows).toMatchObject([{ caseId: 'contact', kind: 'CONTACT', letterId: 'contact-1', wants: 'REPLY' }, { caseId: 'letter' }]);
  });
  it('shows a reported refusal to the department that must decide', async () => {
    const own = await specHistory();
    await own.play('refused', toTheContactLetter);
    const refusal = { dispatchId: 'd1', reason: 'NO_CAPACITY', letterNumber: '凤救助函〔2020〕17号' };
    await own.give('refused', { by: 'fengyang-station', now: '2020-10-15T10:00:00+08:00', type: 'RefuseReception', data: refusal });
    const escalation = {
      escalationId: 'e1',
      dispatchId: 'd1',
      toAgency: 'taicang-civil-affairs',
      letterNumber: '太救助函〔2020〕32号',
      summary: '拒收',
    };
    await own.give('refused', { by: 'taicang-station', now: '2020-10-16T10:00:00+08:00', type: 'EscalateRefusal', data: escalation });
    const other = await specTables();
    const shown = await other.open();
    await follow(shown, own);
    expect((await shown.lettersWaiting('taicang-civil-affairs')).rows).toMatchObject([
      { kind: 'ESCALATION', about: 'e1', wants: 'DECISION' },
    ]);
    expect((await shown.lettersWaiting('fengyang-station')).rows).toEqual([]);
    await other.drop();
  });
  it('shows nothing to an agency that has nothing to do', async () => {
    const empty = { rows: [], next: null };
    expect(await readModels.desk('nobody')).toEqual({ custody: empty, handovers: empty, letters: empty });
  });
});

describe('duties', () => {
  it('are shown to whoever owes them, the earliest due first, with clause, policy and counted days', async () => {
    const { rows } = await readModels.duties({ side: 'owed-by', agency: 'fengyang-station', state: 'open' });
    const letter = rows.filter(({ streamId }) => streamId === 'letter');
    expect(letter).toMatchObject([{ key: 'D-F2', owedTo: 'taicang-station', dueAt: '2020-10-27T00:00:00+08:00', about: 'loop-1' }]);
    expect(letter[0]?.policy).toMatchObject({ key: 'duty.D-F2' });
    expect(rows.map(({ dueAtMs }) => dueAtMs)).toEqual([...rows.map(({ dueAtMs }) => dueAtMs)].sort((a, b) => a - b));
  });
  it('are shown to whoever is owed', async () => {
    const { rows } = await readModels.duties({ side: 'owed-to', agency: 'taicang-station', state: 'open' });
    expect(rows.map(({ streamId, key }) => `${streamId} ${key}`)).toContain('letter D-F2');
  });
  it('stay readable when they are met, with the evidence and whether it was late', async () => {
    const { rows } = await readModels.duties({ side: 'owed-by', agency: 'taicang-station', state: 'closed' });
    const written = rows.find(({ streamId, key }) => streamId === 'closed' && key === 'D-F1');
    expect(written).toMatchObject({ status: 'discharged', late: false });
    const evidence = (await readModels.timeline('case-closed', { limit: 200 })).rows.find(({ eventId }) => eventId === written?.closedBy);
    expect(evidence?.type).toBe('LetterDelivered');
  });
  it('that fall due within some days are those up to that moment', async () => {
    const due = (now: string) =>
      readModels.duties({ side: 'owed-by', agency: 'fengyang-station', state: 'due-within', days: 1, now: Date.parse(now) });
    expect((await due('2020-10-25T23:59:59+08:00')).rows.map(({ streamId }) => streamId)).not.toContain('letter');
    expect((await due('2020-10-26T00:00:00+08:00')).rows.map(({ streamId }) => streamId)).toContain('letter');
  });
});

describe('loops', () => {
  it('show both sides where each loop stands, since when, and on whom it waits until when', async () => {
    const { rows } = await readModels.loops({ side: 'inflow', agency: 'taicang-station', over: false });
    expect(rows).toMatchObject([
      { caseId: 'answered', phase: 'VISITED', waitsOn: expect.any(String) as string },
      {
        caseId: 'letter',
        phase: 'DELIVERED',
        since: '2020-10-19T17:00:00+08:00',
        waitsOn: 'fengyang-station',
        waitsUntil: '2020-10-27T00:00:00+08:00',
      },
    ]);
    const outflow = await readModels.loops({ side: 'outflow', agency: 'fengyang-station' });
    expect(outflow.rows.map(({ caseId, phase }) => [caseId, phase])).toEqual([
      ['answered', 'VISITED'],
      ['closed', 'CLOSED'],
      ['escorted', 'CLOSED'],
      ['letter', 'DELIVERED'],
    ]);
  });
  it('that are closed wait for help only, which goes on', async () => {
    const { rows } = await readModels.loops({ side: 'inflow', agency: 'taicang-station', over: true });
    expect(rows[0]).toMatchObject({
      caseId: 'closed',
      over: true,
      letterNumber: '太救助函〔2020〕33号',
      receiptNumber: '凤救助函〔2020〕18号',
    });
  });
});

describe('the ledger of returnees', () => {
  it('holds whoever was entered with a ledger number, with letter, reception, visit and help', async () => {
    const { rows } = await readModels.ledger('fengyang-station');
    expect(rows.map(({ caseId }) => caseId)).toEqual(['answered', 'closed', 'escorted']);
    expect(rows[1]).toMatchObject({
      ledgerNumber: 'TZ-2020-118',
      ledgeredAt: '2020-10-21T09:30:00+08:00',
      letterNumber: '太救助函〔2020〕33号',
      whereabouts: 'AT_HOME',
      visitedAt: '2020-11-05T15:00:00+08:00',
      hardshipFound: true,
      measures: [{ by: 'fengyang-insurance', given: true }],
    });
  });
  it('keeps what tells about the person sealed, and the edge can open it', async () => {
    const { rows } = await readModels.ledger('fengyang-station');
    const person = rows[1]?.person;
    expect(isSealedValue(person)).toBe(true);
    expect(await openTree(history.keyring, person)).toMatchObject({ name: '赵根生' });
    expect(JSON.stringify(await tables.dump())).not.toContain('赵根生');
  });
});

describe('a case', () => {
  it('has a timeline of all its events in order, sealed, with the clause of each', async () => {
    const { rows } = await readModels.timeline('case-station', { limit: 200 });
    expect(rows.map(({ version }) => version)).toEqual(rows.map((_, index) => index + 1));
    expect(rows[0]).toMatchObject({
      type: 'EncounterRecorded',
      zh: '街面发现登记',
      agency: 'taicang-police',
      commandType: 'RecordEncounter',
    });
    expect(rows.find(({ type }) => type === 'HandoverOffered')?.parties).toEqual(['taicang-police', 'taicang-station']);
  });
  it('has a custody line without gap', async () => {
    const { rows } = await readModels.custody('closed');
    expect(rows).toMatchObject([
      { agency: 'taicang-police', from: '2020-10-12T08:40:00+08:00', until: '2020-10-12T09:25:00+08:00' },
      { agency: 'taicang-station', from: '2020-10-12T09:25:00+08:00', until: '2020-10-16T08:10:00+08:00' },
    ]);
  });
  it('escorted home passes from station to station, and ends with the one that confirms the person at home', async () => {
    const { rows } = await readModels.custody('escorted');
    expect(rows.map(({ agency }) => agency)).toEqual(['taicang-police', 'taicang-station', 'fengyang-station']);
    expect(rows.map(({ until }, index) => rows[index + 1]?.from ?? until)).toEqual(rows.map(({ until }) => until));
    expect(rows.at(-1)?.until).toBe('2020-10-21T10:00:00+08:00');
  });
  it('says who takes part, who owns it and where it stands', async () => {
    const summary = await readModels.caseSummary('letter');
    expect(summary).toMatchObject({ owner: 'taicang-station', location: 'LEFT', openedAt: '2020-10-12T08:40:00+08:00' });
    expect(summary?.participants).toEqual(['fengyang-station', 'taicang-civil-affairs', 'taicang-police', 'taicang-station']);
    expect((await readModels.casesOf('taicang-police')).rows).toHaveLength(7);
    expect((await readModels.casesOf('fengyang-insurance')).rows.map(({ caseId }) => caseId)).toEqual(['answered', 'closed', 'escorted']);
  });
  it('that does not exist has no summary', async () => expect(await readModels.caseSummary('none')).toBeUndefined());
});

describe('the directory', () => {
  it('holds every agency as its stream tells, and the position up to which it is complete', async () => {
    const { directory, position } = await readModels.directory();
    expect(position).toBe(await history.log.head());
    expect(Object.fromEntries(directory)).toEqual(Object.fromEntries(history.world().directory));
  });
  it('tells later only what changed', async () => {
    const { position } = await readModels.directory();
    await history.giveAgency('fengyang-village', 'RenameAgency', { name: '凤阳县府城镇东村村民委员会', effectiveFrom: '2020-12-01' });
    await follow(readModels, history);
    const changes = await readModels.directoryChangedSince(position);
    expect(changes.agencies.map(({ id }) => id)).toEqual(['fengyang-village']);
    expect((await readModels.directoryChangedSince(changes.position)).agencies).toEqual([]);
  });
});

describe('a list', () => {
  const all = async (limit: number): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await readModels.duties(
        { side: 'owed-by', agency: 'taicang-station', state: 'closed' },
        { limit, ...(cursor === undefined ? {} : { cursor }) },
      );
      expect(page.rows.length).toBeLessThanOrEqual(limit);
      ids.push(...page.rows.map(({ stream, dutyId }) => `${stream} ${dutyId}`));
      if (page.next === null) return ids;
      cursor = page.next;
    }
  };
  it('gives the same rows in the same order however it is cut into pages', async () => {
    const whole = await all(200);
    expect(whole.length).toBeGreaterThan(5);
    expect(new Set(whole).size).toBe(whole.length);
    for (const limit of [1, 2, 3, 7]) expect(await all(limit)).toEqual(whole);
  });
  it.each([0, 201, 1.5, Number.NaN])('refuses a page of %p rows', (limit) =>
    expect(readModels.casesOf('taicang-station', { limit })).rejects.toThrow(InvalidPage),
  );
  it.each([
    '',
    '%%%',
    'bm90IGpzb24',
    Buffer.from('["a"]').toString('base64url'),
    Buffer.from('["x","y","z"]').toString('base64url'),
    'a'.repeat(9_999),
  ])('refuses a cursor that no page of it has given: %#', (cursor) =>
    expect(readModels.duties({ side: 'owed-by', agency: 'taicang-station', state: 'open' }, { cursor })).rejects.toThrow(InvalidPage),
  );
});

describe('reading one’s own writes', () => {
  it('waits until the rows have come up to the position of the write', async () => {
    const answer = await history.give('offered', stepOf(toTheStation, 'AcceptHandover'));
    expect(await readModels.waitForPosition(answer.position, 0)).toBe(false);
    const waiting = readModels.waitForPosition(answer.position, 30_000);
    await follow(readModels, history);
    expect(await waiting).toBe(true);
    expect((await readModels.desk('taicang-station')).handovers.rows).toEqual([]);
  });
});
