import { Refusal } from '../refusal';
import { checkCustodyOrder, custodyEnded, noCustody, withCustody } from './custody';

const morning = '2020-10-12T09:00:00+08:00';
const noon = '2020-10-12T12:00:00+08:00';
const evening = '2020-10-12T18:00:00+08:00';
const police = withCustody(noCustody, 'police', morning);
const station = withCustody(police, 'station', noon);

describe('the custody line', () => {
  it('begins with the first agency that has the person', () =>
    expect(police).toEqual({ holder: 'police', line: [{ agency: 'police', from: morning, until: null }] }));
  it('passes on at one moment: the old span ends when the new one begins', () =>
    expect(station.line).toEqual([
      { agency: 'police', from: morning, until: noon },
      { agency: 'station', from: noon, until: null },
    ]));
  it('passing to whoever has the person changes nothing', () => expect(withCustody(station, 'station', evening)).toBe(station));
  it('ends when the person leaves', () => {
    const ended = custodyEnded(station, evening);
    expect(ended).toMatchObject({ holder: null, line: [{}, { agency: 'station', until: evening }] });
    expect(custodyEnded(ended, evening)).toBe(ended);
  });
  it('never changes before its last change', () => {
    expect(() => checkCustodyOrder(station, morning)).toThrow(Refusal);
    expect(() => checkCustodyOrder(custodyEnded(station, evening), noon)).toThrow(Refusal);
    expect(() => checkCustodyOrder(station, noon)).not.toThrow();
    expect(() => checkCustodyOrder(noCustody, morning)).not.toThrow();
  });
  it('the same moment in another zone is the same moment', () =>
    expect(() => checkCustodyOrder(station, '2020-10-12T04:00:00Z')).not.toThrow());
});
