import { caseId, lateAnswer, playedCase, shortCase } from './case-for-specs';
import { explain, type Explanation } from './explain';
import { explanationText } from './explain-text';
import { auditStream } from './stored-history';

const explained = async (dutyId: string, steps = [...shortCase, ...lateAnswer]): Promise<Explanation> => {
  const { log } = await playedCase(steps);
  return explain(await auditStream(log, caseId), dutyId);
};

describe('an explained duty', () => {
  it('names the event that opened it, its clause and the policy version that fixed the limit', async () => {
    expect(await explained('D-I4-1')).toMatchObject({
      trigger: { version: 13, type: 'PoliceVerificationRequested', zh: '身份协查', name: '太仓市救助管理站' },
      clause: 'S001 §2(2)',
      policy: { key: 'duty.D-I4', division: 'national', limit: { amount: 5, unit: 'working-days' } },
      owedBy: { agency: 'taicang-police', name: '太仓市公安局娄东派出所' },
    });
  });

  it('counts the days one by one, weekends aside, in Chinese and in English', async () => {
    const text = explanationText(await explained('D-I4-1'));
    expect(text).toContain(
      '计算 2020-10-12当日不计入；第1个工作日2020-10-13；第2个工作日2020-10-14；第3个工作日2020-10-15；第4个工作日2020-10-16；2020-10-17为周末，不计；2020-10-18为周末，不计；第5个工作日2020-10-19；应于2020-10-19 24:00前完成。',
    );
    expect(text).toContain('2020-10-17 is skipped (weekend)');
    expect(text).toContain('期限 2020-10-19 24:00');
    expect(text).toContain('限5个工作日');
  });

  it('keeps the limit that was fixed at first and tells the extension beside it', async () => {
    const duty = await explained('D-I4-1');
    expect(duty.dueAt).toBe('2020-10-20T00:00:00+08:00');
    expect(duty.changes.map(({ effect, version }) => [effect, version])).toEqual([
      ['extended', 15],
      ['breached', 16],
      ['discharged', 18],
    ]);
    expect(explanationText(duty)).toContain(
      '变动 第15条 延期：2020-10-19 24:00延至2020-10-22 24:00，由太仓市救助管理站准予，理由〔narrative〕',
    );
  });

  it('names the evidence that discharged it, and that it came late', async () => {
    const duty = await explained('D-I4-1');
    expect(duty).toMatchObject({
      outcome: 'discharged',
      late: true,
      breached: true,
      evidence: { version: 17, type: 'PoliceVerificationReplied' },
    });
    expect(explanationText(duty)).toContain('证据 第17条 协查反馈 PoliceVerificationReplied，2020-10-26 09:00:00，太仓市公安局娄东派出所');
  });

  it('met in time is neither late nor breached', async () => {
    expect(await explained('D-P2-1')).toMatchObject({ outcome: 'discharged', late: false, breached: false, evidence: { version: 5 } });
  });

  it('still open has no evidence yet', async () => {
    expect(await explained('D-I4-1', [...shortCase])).toMatchObject({ outcome: 'open', late: null, evidence: null, changes: [] });
  });

  it('that does not exist is answered with those that do', async () => {
    await expect(explained('D-F1-1')).rejects.toThrow(/has no duty D-F1-1; .*D-P1-1, D-P2-1/);
  });
});
