import type { Case } from '@guitu/rescue';
import { pastView, type PastView } from './as-of';
import { parsePointOfPast, type Clock } from './as-of-moment';
import { pastText } from './as-of-text';
import { caseId, houseForSpecs, lateAnswer, playedCase, shortCase } from './case-for-specs';
import { BadUse } from './failures';
import { auditStream } from './stored-history';

const pastOf = async (text: string, by: Clock = 'recorded'): Promise<PastView> => {
  const { log } = await playedCase([...shortCase, ...lateAnswer]);
  return pastView(await auditStream(log, caseId), parsePointOfPast(text, by));
};
const openIn = (view: PastView): readonly string[] => view.openDuties.map(({ dutyId }) => dutyId);

describe('the state at a moment of the past', () => {
  it('has the police as holder before the station signed, and the station from that moment on', async () => {
    expect((await pastOf('2020-10-12T09:29:59+08:00')).custody?.holder).toEqual({
      agency: 'taicang-police',
      name: '太仓市公安局娄东派出所',
    });
    expect((await pastOf('2020-10-12T09:30:00+08:00')).custody?.holder?.agency).toBe('taicang-station');
  });

  it('holds the duties that were open then, the most urgent first', async () => {
    expect(openIn(await pastOf('2020-10-12T08:46:00+08:00'))).toEqual(['D-P1-1', 'D-P2-1', 'D-P3-1']);
    expect(openIn(await pastOf('2020-10-12T08:50:00+08:00'))).toEqual(['D-P1-1', 'D-P3-1']);
    expect(openIn(await pastOf('2020-10-26'))).not.toContain('D-I4-1');
  });

  it('tells limits as they stood then, before and after an extension, and breaches only once they were recorded', async () => {
    const answer = (view: PastView) => view.openDuties.find(({ dutyId }) => dutyId === 'D-I4-1');
    expect(answer(await pastOf('2020-10-18'))).toMatchObject({ dueAt: '2020-10-20T00:00:00+08:00', breached: false });
    expect(answer(await pastOf('2020-10-22'))).toMatchObject({ dueAt: '2020-10-23T00:00:00+08:00', breached: false });
    expect(answer(await pastOf('2020-10-23'))).toMatchObject({ dueAt: '2020-10-23T00:00:00+08:00', breached: true });
  });

  it('knows only who had taken part by then', async () => {
    const names = (view: PastView) => view.participants.map(({ agency }) => agency);
    expect(names(await pastOf('2020-10-12T09:00:00+08:00'))).toEqual(['taicang-police', 'taicang-station']);
  });

  it('can be named by a position of the log', async () => {
    const view = await pastOf('8');
    expect(view.last).toMatchObject({ version: 4, position: '8' });
    expect(view.events).toBe(4);
  });

  it('is what the log knew then, or, by occurred, what is said to have happened by then', async () => {
    const moment = '2020-10-12T08:42:00+08:00';
    expect((await pastOf(moment)).last).toBeNull();
    const said = await pastOf(moment, 'occurred');
    expect(said.last?.version).toBe(4);
    expect((said.state as Case).encounter.recorded).toBe(true);
  });

  it('leaves out, by occurred, what was recorded in between and happened later', async () => {
    const house = await houseForSpecs();
    for (const step of shortCase.slice(0, 2)) await house.give(step);
    const query = { by: 'taicang-police', type: 'QueryIdentityOnScene', data: { result: 'NO_HIT' } };
    await house.give({ ...query, now: '2020-10-12T08:55:00+08:00', at: '2020-10-12T08:46:00+08:00' });
    const view = pastView(await auditStream(house.log, caseId), parsePointOfPast('2020-10-12T08:47:00+08:00', 'occurred'));
    expect((view.state as Case).encounter).toMatchObject({ queried: true, informed: null });
  });

  it('reads in Chinese first', async () => {
    const text = pastText(await pastOf('2020-10-12T10:00:00+08:00'));
    expect(text.split('\n').slice(1, 7)).toEqual([
      '截至 2020-10-12 10:00:00（按登记时间 as recorded by then）：14 条，末为第14条，位置 18',
      '所在 已登记求助，待甄别 REGISTERED',
      '身份 核查中 VERIFYING',
      '交接 h1 已签收 ACCEPTED',
      '照管 太仓市救助管理站（taicang-station）',
      '  2020-10-12 08:40:00 至 2020-10-12 09:30:00  太仓市公安局娄东派出所',
    ]);
    expect(text).toContain('未了责任 4 项 open duties');
    expect(pastText(await pastOf('2020-10-11'))).toContain('尚无记录 nothing had been recorded');
  });

  it.each(['yesterday', '2020-10-32', '2020-10-12T09:00', '-1', ''])('cannot be asked for as %p', (text) => {
    expect(() => parsePointOfPast(text, 'recorded')).toThrow(BadUse);
  });

  it('ends a day at 24:00 in China', () => {
    expect(parsePointOfPast('2020-10-12', 'recorded')).toEqual({ moment: '2020-10-12T23:59:59.999+08:00', by: 'recorded' });
  });
});
