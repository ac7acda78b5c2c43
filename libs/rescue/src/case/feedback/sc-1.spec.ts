import { after, caseOf, dutiesOf, loopOf, openDuties } from '../../testing/loop-story';

// A limit that ends at 24:00 of a day is written as 00:00 of the next.
describe('SC-1: Taicang reports a returnee to Fengyang and is answered', () => {
  const closed = after('close');
  it('every duty has the due date of the dossier and none is breached', () =>
    expect(dutiesOf(after('measure'))).toEqual([
      'opened D-F1-1 until 2020-10-24',
      'discharged D-F1-1',
      'opened D-F2-1 until 2020-10-27',
      'discharged D-F2-1',
      'opened D-F3-1 until 2020-10-23',
      'discharged D-F3-1',
      'opened D-F4-1 until 2020-10-27',
      'opened D-F8-1 until 2020-12-16',
      'discharged D-F4-1',
      'opened D-F5-1 until 2020-11-17',
      'discharged D-F5-1',
      'opened D-F6-1 until 2020-11-13',
      'discharged D-F6-1',
      'opened D-F7-1 until 2020-12-10',
      'discharged D-F8-1',
      'discharged D-F7-1',
    ]));
  it('the loop is closed on 13 November with all its evidence', () => {
    expect(loopOf(closed)).toMatchObject({ phase: 'CLOSED', since: '2020-11-13T10:00:00+08:00' });
    expect(Object.keys(loopOf(closed)?.evidence ?? {}).sort()).toEqual(
      ['delivery', 'ledger', 'letter', 'outcome', 'outcomeReceipt', 'receipt', 'reception', 'visit'].sort(),
    );
  });
  it('help goes on after closing: only that duty is open then', () => expect(openDuties(closed)).toEqual(['D-F7-1']));
  it('custody of the receiver ends when it confirms that the person is at home', () => {
    expect(caseOf(after('ledger')).custody.holder).toBe('fengyang-station');
    expect(caseOf(after('reception')).custody.holder).toBeNull();
  });
  it('the outcome letter names the feedback letter and its receipt', () =>
    expect(closed.history.find(({ type }) => type === 'OutcomeLetterIssued')?.data).toMatchObject({
      feedbackLetterNumber: '太救助函〔2020〕33号',
      receiptNumber: '凤救助函〔2020〕18号',
      to: 'taicang-station',
    }));
});
