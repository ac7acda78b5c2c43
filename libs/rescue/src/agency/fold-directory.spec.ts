import { UnknownEventType, type RecordedEvent } from '../situation';
import type { AgencyId, Event } from '../words';
import { superiorOf } from '../world/directory';
import type { AgencyEvent } from './catalogue';
import { foldDirectory, withAgencyEvent, type AgencyHappening } from './fold-directory';

const at = '2020-01-01T00:00:00+08:00';
let count = 0;
const recorded = (event: Event): RecordedEvent => ({ ...event, meta: { id: `e${(count += 1)}`, by: 'ministry', at } });
const happened = (agencyId: AgencyId, event: AgencyEvent): AgencyHappening => ({ agencyId, event: recorded(event) });
const bureau = (agencyId: AgencyId): AgencyHappening =>
  happened(agencyId, {
    type: 'AgencyRegistered',
    data: { agencyId, kind: 'CIVIL_AFFAIRS', name: agencyId, division: '410000', effectiveFrom: '2000-01-01' },
  });

describe('the directory is what the events of the agency streams make', () => {
  const directory = foldDirectory([
    bureau('henan'),
    bureau('luyi'),
    happened('luyi', { type: 'ReportingLineSet', data: { reportsTo: 'henan', effectiveFrom: '2010-01-01' } }),
  ]);

  it('each agency has one entry, and rules look it up', () => {
    expect([...directory.keys()]).toEqual(['henan', 'luyi']);
    expect(superiorOf({ now: at, directory }, 'luyi', at)).toBe('henan');
    expect(superiorOf({ now: at, directory }, 'luyi', '2009-12-31T00:00:00+08:00')).toBeUndefined();
  });
  it('one more event gives a new directory and leaves the old one as it was', () => {
    const { agencyId, event } = happened('luyi', { type: 'AgencyClosed', data: { effectiveFrom: '2020-01-01', successor: 'henan' } });
    const after = withAgencyEvent(directory, agencyId, event);
    expect(after.get('luyi')?.closedFrom).toBe('2020-01-01');
    expect(directory.get('luyi')?.closedFrom).toBeUndefined();
  });
  it('an event of a duty changes no entry', () => {
    const event = recorded({ type: 'DutyReminded', data: { dutyId: 'D-X-1', key: 'D-X', dueAt: at } });
    expect(withAgencyEvent(directory, 'luyi', event).get('luyi')).toEqual(directory.get('luyi'));
  });
  it('an unknown event stops the reading', () =>
    expect(() => withAgencyEvent(directory, 'luyi', recorded({ type: 'AgencyPainted', data: {} }))).toThrow(UnknownEventType));
});
