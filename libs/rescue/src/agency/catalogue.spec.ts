import { directory } from '../testing/agencies';
import { given, type Asked, type Past } from '../testing/given';
import { valueOn, type Agency } from './agency';
import { agencyStream, type AgencyCommand } from './catalogue';

const now = '2021-03-01T09:00:00+08:00';
type Data<T extends AgencyCommand['type']> = Extract<AgencyCommand, { type: T }>['data'];
const ask = <T extends AgencyCommand['type']>(type: T, data: Data<T>): Asked => ({ by: 'ministry', role: 'registrar', now, type, data });

const luyi: Data<'RegisterAgency'> = {
  agencyId: 'luyi-station',
  kind: 'STATION',
  name: '鹿邑县救助管理站',
  division: '411628',
  reportsTo: 'luyi-civil-affairs',
  effectiveFrom: '2021-03-01',
};
const register = (changes: Partial<Data<'RegisterAgency'>> = {}): Asked => ask('RegisterAgency', { ...luyi, ...changes });
const registered = (changes: Partial<Data<'RegisterAgency'>> = {}): Past => ({
  by: 'ministry',
  at: now,
  event: { type: 'AgencyRegistered', data: { ...luyi, ...changes } },
});
const station = given(agencyStream, registered({ effectiveFrom: '2010-01-01' }));
const stateOf = (situation: { state: unknown }): Agency => situation.state as Agency;

describe('registering an agency', () => {
  it('enters it with kind, name, division and superior from a day on', () => {
    const { events, situation } = given(agencyStream).when(register());
    expect(events).toEqual([{ type: 'AgencyRegistered', data: luyi }]);
    expect(stateOf(situation)).toMatchObject({
      id: 'luyi-station',
      registered: true,
      kind: 'STATION',
      openFrom: '2021-03-01',
      reportsTo: [{ from: '2021-03-01', value: 'luyi-civil-affairs' }],
    });
  });
  it('the day may long have passed, without a reason for coming late', () =>
    expect(given(agencyStream).when(register({ effectiveFrom: '2005-05-01' })).events).toHaveLength(1));
  it('the day may lie ahead', () => expect(given(agencyStream).when(register({ effectiveFrom: '2022-01-01' })).events).toHaveLength(1));
  it('only the registrar does it', () => expect(given(agencyStream).refusal({ ...register(), role: 'staff' })).toBe('ACT-WRONG-KIND'));
  it('an agency is registered once', () => expect(station.refusal(register())).toBe('ACT-ALREADY-OPEN'));
  it('an id of the directory is taken', () => expect(given(agencyStream).refusal(register({ agencyId: 'wuxi-station' }))).toBe('ID-TAKEN'));
  it.each(['PERSON', 'RECORD', 'PUBLIC', 'guitu', 'Guitu'])('%s is no name for an agency', (agencyId) =>
    expect(given(agencyStream).refusal(register({ agencyId }))).toBe('ID-TAKEN'),
  );
  it('the division must exist', () => expect(given(agencyStream).refusal(register({ division: '419999' }))).toBe('unknown-division'));
  it('the division must be in force on that day: 崇川 has its present code since 2020', () =>
    expect(given(agencyStream).refusal(register({ division: '320613', effectiveFrom: '2010-01-01' }))).toBe('division-not-in-force'));
  it('the ministry works for the whole country', () =>
    expect(given(agencyStream).when(register({ division: '000000' })).events).toHaveLength(1));
  it('the superior must work on that day', () =>
    expect(given(agencyStream).refusal(register({ reportsTo: 'nobody' }))).toBe('agency-unknown'));
  it('nobody reports to itself', () => expect(given(agencyStream).refusal(register({ reportsTo: 'luyi-station' }))).toBe('AGN-CYCLE'));
  it('a unified social credit code is checked and kept in capitals', () => {
    const others = new Map([...directory].filter(([id]) => id !== 'fengyang-station'));
    const { situation } = given(agencyStream)
      .with(others)
      .when(register({ organisationCode: '12341126486800058a' }));
    expect(stateOf(situation).organisationCode).toBe('12341126486800058A');
  });
  it('a wrong unified social credit code is refused', () =>
    expect(given(agencyStream).refusal(register({ organisationCode: '12341126486800058B' }))).toBe('validation-failed'));
  it('two agencies do not share a unified social credit code', () =>
    expect(given(agencyStream).refusal(register({ organisationCode: '12341126486800058A' }))).toBe('ID-TAKEN'));
});

describe('renaming an agency', () => {
  it('the new name holds from its day on; the older one stays for its days', () => {
    const { names } = stateOf(station.when(ask('RenameAgency', { name: '鹿邑县救助中心', effectiveFrom: '2020-01-01' })).situation);
    expect(valueOn(names, '2019-12-31')).toBe('鹿邑县救助管理站');
    expect(valueOn(names, '2020-01-01')).toBe('鹿邑县救助中心');
  });
  it('stays quiet when the name holds already', () =>
    expect(station.when(ask('RenameAgency', { name: '鹿邑县救助管理站', effectiveFrom: '2020-01-01' })).events).toEqual([]));
  it('nothing is renamed before it works', () =>
    expect(station.refusal(ask('RenameAgency', { name: '某站', effectiveFrom: '2009-12-31' }))).toBe('validation-failed'));
  it('nothing is renamed that was never registered', () =>
    expect(given(agencyStream).refusal(ask('RenameAgency', { name: '某站', effectiveFrom: '2020-01-01' }))).toBe('ACT-NOT-OPEN'));
});

describe('moving an agency to another division', () => {
  const chongchuan = given(agencyStream, registered({ agencyId: 'gangzha-station', division: '320611', effectiveFrom: '2010-01-01' }));
  it('holds from its day on', () => {
    const { divisions } = stateOf(chongchuan.when(ask('MoveAgency', { division: '320613', effectiveFrom: '2020-12-01' })).situation);
    expect([valueOn(divisions, '2020-11-30'), valueOn(divisions, '2020-12-01')]).toEqual(['320611', '320613']);
  });
  it('stays quiet when it works there already', () =>
    expect(chongchuan.when(ask('MoveAgency', { division: '320611', effectiveFrom: '2015-01-01' })).events).toEqual([]));
  it('the new code must be in force on that day', () =>
    expect(chongchuan.refusal(ask('MoveAgency', { division: '320613', effectiveFrom: '2015-01-01' }))).toBe('division-not-in-force'));
});

describe('setting to whom an agency reports', () => {
  it('holds from its day on; the older line stays for its days', () => {
    const { reportsTo } = stateOf(
      station.when(ask('SetReportingLine', { reportsTo: 'zhoukou-civil-affairs', effectiveFrom: '2015-01-01' })).situation,
    );
    expect([valueOn(reportsTo, '2014-12-31'), valueOn(reportsTo, '2015-01-01')]).toEqual(['luyi-civil-affairs', 'zhoukou-civil-affairs']);
  });
  it('an agency may report to nobody', () =>
    expect(station.when(ask('SetReportingLine', { reportsTo: null, effectiveFrom: '2015-01-01' })).events).toHaveLength(1));
  it('stays quiet when it reports there already', () =>
    expect(station.when(ask('SetReportingLine', { reportsTo: 'luyi-civil-affairs', effectiveFrom: '2015-01-01' })).events).toEqual([]));
  it('the superior must exist', () =>
    expect(station.refusal(ask('SetReportingLine', { reportsTo: 'nobody', effectiveFrom: '2015-01-01' }))).toBe('agency-unknown'));

  const henan = given(
    agencyStream,
    registered({ agencyId: 'henan-civil-affairs', division: '410000', reportsTo: 'ministry', effectiveFrom: '2000-01-01' }),
  );
  it('nobody reports to somebody who reports to it', () =>
    expect(henan.refusal(ask('SetReportingLine', { reportsTo: 'luyi-civil-affairs', effectiveFrom: '2015-01-01' }))).toBe('AGN-CYCLE'));
  it('not even from a later day on, when the other line changes then', () => {
    const ministry = directory.get('jiangsu-civil-affairs');
    if (ministry === undefined) throw new Error('the directory of the stories has Jiangsu');
    const changing = { ...ministry, reportsTo: [...ministry.reportsTo, { from: '2018-01-01', value: 'henan-civil-affairs' }] };
    const later = henan.with(new Map([...directory, [changing.id, changing]]));
    expect(later.refusal(ask('SetReportingLine', { reportsTo: 'jiangsu-civil-affairs', effectiveFrom: '2015-01-01' }))).toBe('AGN-CYCLE');
    expect(later.refusal(ask('SetReportingLine', { reportsTo: 'jiangsu-civil-affairs', effectiveFrom: '2018-01-01' }))).toBe('AGN-CYCLE');
  });
  it('a line that ends before the ring would close is fine', () => {
    const jiangsu = directory.get('jiangsu-civil-affairs');
    if (jiangsu === undefined) throw new Error('the directory of the stories has Jiangsu');
    const changing = { ...jiangsu, reportsTo: [...jiangsu.reportsTo, { from: '2018-01-01', value: 'henan-civil-affairs' }] };
    const ended = henan.and(ask('SetReportingLine', { reportsTo: null, effectiveFrom: '2017-01-01' }));
    const later = ended.with(new Map([...directory, [changing.id, changing]]));
    expect(later.when(ask('SetReportingLine', { reportsTo: 'jiangsu-civil-affairs', effectiveFrom: '2015-01-01' })).events).toHaveLength(1);
  });
});

describe('closing an agency', () => {
  const close = (changes: Partial<Data<'CloseAgency'>> = {}): Asked => ask('CloseAgency', { effectiveFrom: '2020-01-01', ...changes });
  it('it works no more from that day on, and its successor is named', () =>
    expect(stateOf(station.when(close({ successor: 'zhoukou-station' })).situation)).toMatchObject({
      closedFrom: '2020-01-01',
      successor: 'zhoukou-station',
    }));
  it('stays quiet the second time', () => expect(station.and(close()).when(close()).events).toEqual([]));
  it('is closed once', () => expect(station.and(close()).refusal(close({ effectiveFrom: '2021-01-01' }))).toBe('AGN-CLOSED'));
  it('does not close before it opened', () => expect(station.refusal(close({ effectiveFrom: '2010-01-01' }))).toBe('validation-failed'));
  it('does not succeed itself', () => expect(station.refusal(close({ successor: 'luyi-station' }))).toBe('validation-failed'));
  it('its successor must work on that day', () => expect(station.refusal(close({ successor: 'nobody' }))).toBe('agency-unknown'));
  it('nothing changes in it from that day on, but its past can still be told', () => {
    const closed = station.and(close());
    expect(closed.refusal(ask('RenameAgency', { name: '某站', effectiveFrom: '2020-01-01' }))).toBe('AGN-CLOSED');
    expect(closed.when(ask('RenameAgency', { name: '某站', effectiveFrom: '2015-01-01' })).events).toHaveLength(1);
  });
});
