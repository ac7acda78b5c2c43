import { AuditUnavailable } from '@guitu/disclosure';
import { recordedOf } from '@guitu/history';
import { caseId, houseForSpecs, lateAnswer, playedCase, shortCase } from './case-for-specs';
import { gateAtTheTerminal } from './at-the-terminal';
import { replay, type ReplayView } from './replay';
import { replayText } from './replay-text';
import { auditStream } from './stored-history';

const replayed = async (steps = shortCase): Promise<ReplayView> => {
  const { log } = await playedCase(steps);
  return replay(await auditStream(log, caseId));
};
const eventOf = (view: ReplayView, type: string) => view.events.find((event) => event.type === type)!;

describe('a replayed case', () => {
  it('tells of every event which agency recorded it, by the name it had then, and at what three times', async () => {
    const view = await replayed();
    expect(eventOf(view, 'EncounterRecorded')).toMatchObject({
      version: 1,
      position: '5',
      zh: '街面发现登记',
      actor: { agency: 'taicang-police', name: '太仓市公安局娄东派出所', user: 'u-7', role: 'staff' },
      occurredAt: '2020-10-12T08:40:00+08:00',
      recordedAt: '2020-10-12T00:45:00.000Z',
      command: { type: 'RecordEncounter', zh: '登记街面发现' },
    });
    const text = replayText(view);
    expect(text).toContain('   1 街面发现登记 EncounterRecorded\n     机构 太仓市公安局娄东派出所（taicang-police） u-7/staff');
    expect(text).toContain('发生 2020-10-12 08:40:00  登记 2020-10-12 08:45:00  位置 5  依据 S002-A1 §4(1)');
  });

  it('calls an agency by its new name only for what it did after it was renamed', async () => {
    const house = await playedCase(shortCase);
    const rename = { agencyId: 'taicang-station', name: '太仓市救助管理中心', effectiveFrom: '2020-10-13' };
    const now = '2020-10-12T12:00:00+08:00';
    await house.give({ by: 'registry', now, role: 'registrar', type: 'RenameAgency', data: rename }, 'agency-taicang-station');
    for (const step of lateAnswer) await house.give(step);
    const view = await replay(await auditStream(house.log, caseId));
    expect(eventOf(view, 'HandoverAccepted').actor.name).toBe('太仓市救助管理站');
    expect(eventOf(view, 'DutyExtended').actor.name).toBe('太仓市救助管理中心');
    const registry = await replay(await auditStream(house.log, 'agency-taicang-station'));
    expect(registry.zh).not.toBe(view.zh);
    expect(registry.events.map(({ type }) => type)).toEqual(['AgencyRegistered', 'AgencyRenamed']);
  });

  it('shows below each step which duties it opened, and who owes whom until when by which clause', async () => {
    const view = await replayed();
    expect(view.events.find(({ duty }) => duty?.dutyId === 'D-I4-1')?.duty).toMatchObject({ effect: 'opened', zh: '协查反馈' });
    expect(replayText(view)).toContain(
      '  14 责任产生 D-I4-1 协查反馈：太仓市公安局娄东派出所应于2020-10-19 24:00前向太仓市救助管理站履行，依据S001 §2(2)',
    );
  });

  it('shows how duties were discharged, extended and breached', async () => {
    const text = replayText(await replayed([...shortCase, ...lateAnswer]));
    expect(text).toContain('责任履行 D-P2-1 告知求助渠道：于2020-10-12 08:50:00按期履行，凭第5条');
    expect(text).toContain('2020-10-19 24:00延至2020-10-22 24:00，由太仓市救助管理站准予，理由〔narrative〕');
    expect(text).toContain('2020-10-22 24:00期满未履行，2020-10-23 00:00:01发现');
    expect(text).toContain('于2020-10-26 09:00:00逾期履行，凭第17条');
  });

  it('keeps personal values shut and says of which class they are', async () => {
    const view = await replayed();
    expect(eventOf(view, 'EncounterRecorded').data).toMatchObject({
      claims: { name: { sealed: 'identity' } },
      conditions: { sealed: 'health' },
    });
    const everything = replayText(view) + JSON.stringify(view);
    expect(everything).toContain('claims.name 〔identity〕');
    for (const personal of ['王秀英', '上海东路公交站', '布包', 'ciphertext']) expect(everything).not.toContain(personal);
    expect(view.opened).toBeNull();
    expect(view.personalValues).toBe(14);
  });

  it('opens personal values for a stated reason, which the result carries', async () => {
    const { log, keyring } = await playedCase([...shortCase, ...lateAnswer]);
    const terminal = gateAtTheTerminal({ log, keyring, directory: new Map() }, 'AUDIT');
    const view = await replay(await auditStream(log, caseId), { open: true, reason: '年度检查 2020-7', ...terminal });
    const text = replayText(view);
    expect(text).toContain('用途：年度检查 2020-7');
    expect(text).toContain('claims.name 王秀英');
    expect(text).toContain('statement.belongings item=布包，quantity=1');
    expect(text).toContain('准予，理由户籍地系统维护');
    expect(text).not.toContain('〔');
    const recorded = (await log.readAll(0n, 1_000)).filter(({ stream }) => stream.startsWith('audit-')).map((record) => recordedOf(record));
    expect(recorded).toMatchObject([
      { type: 'PersonalDataRead', data: { purpose: 'AUDIT', streams: [`case-${caseId}`], count: view.personalValues, rule: 'key-file' } },
    ]);
  });

  it('shows nothing where the record of the reading cannot be written', async () => {
    const { log, keyring } = await playedCase(shortCase);
    const full = { ...log, read: log.read.bind(log), append: () => Promise.reject(new Error('the disk is full')) };
    const terminal = gateAtTheTerminal({ log: full, keyring, directory: new Map() }, 'AUDIT');
    const audited = await auditStream(log, caseId);
    await expect(replay(audited, { open: true, reason: 'x', ...terminal })).rejects.toThrow(AuditUnavailable);
  });

  it('says why a record came late, shut like every personal value', async () => {
    const house = await houseForSpecs();
    const [found] = shortCase;
    await house.give({ ...found!, now: '2020-10-14T09:00:00+08:00', backfillReason: '值班系统停电' });
    const text = replayText(await replay(await auditStream(house.log, caseId)));
    expect(text).toContain('补录原因 〔narrative〕');
    expect(text).not.toContain('停电');
  });
});
