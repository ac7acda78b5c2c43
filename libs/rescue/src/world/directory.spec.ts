import { Refusal } from '../refusal';
import { directory } from '../testing/agencies';
import { withEntry, type Agency } from '../agency/agency';
import {
  agenciesIn,
  divisionOf,
  feedbackAddressee,
  findAgency,
  getAgency,
  getAgencyOfKind,
  nameOf,
  superiorOf,
  superiorsOf,
} from './directory';
import type { World } from './world';

const at = '2020-10-16T08:10:00+08:00';
const world: World = { now: at, directory };
const changed = (id: string, change: (agency: Agency) => Agency): World => {
  const agency = directory.get(id);
  if (agency === undefined) throw new Error(`the directory of the stories has no ${id}`);
  return { now: at, directory: new Map([...directory, [id, change(agency)]]) };
};
const added = (agency: Partial<Agency>): World => {
  const { id, ...rest } = { ...getAgency(world, 'fengyang-station', at), id: 'new', ...agency };
  return { now: at, directory: new Map([...directory, [id, { id, ...rest }]]) };
};
const in2021 = '2021-04-01T09:00:00+08:00';
const refusalOf = (step: () => unknown): Refusal => {
  try {
    step();
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  throw new Error('nothing was refused');
};

describe('agencies are looked up for a day', () => {
  it('a closed agency is not found from that day on', () => {
    const closed = changed('fengyang-station', (agency) => ({ ...agency, closedFrom: '2020-10-16' }));
    expect(findAgency(closed, 'fengyang-station', at)).toBeUndefined();
    expect(findAgency(closed, 'fengyang-station', '2020-10-15T23:59:59+08:00')).toBeDefined();
  });
  it('an unknown one is refused where the request named it', () =>
    expect(refusalOf(() => getAgency(world, 'nobody', at, '/to'))).toMatchObject({ code: 'agency-unknown', detail: { pointer: '/to' } }));
  it('one of another kind is refused', () => {
    const want = { kinds: ['HOSPITAL'], pointer: '/hospital' } as const;
    expect(getAgencyOfKind(world, 'taicang-hospital', at, want).id).toBe('taicang-hospital');
    expect(refusalOf(() => getAgencyOfKind(world, 'taicang-station', at, want)).code).toBe('validation-failed');
  });
  it('names and divisions are those of the day', () => {
    const moved = changed('fengyang-station', (agency) => ({
      ...agency,
      names: withEntry(agency.names, '2020-10-01', '凤阳救助站'),
      divisions: withEntry(agency.divisions, '2020-10-17', '341103'),
    }));
    expect(nameOf(moved, 'fengyang-station', at)).toBe('凤阳救助站');
    expect(nameOf(moved, 'fengyang-station', '2020-09-30T12:00:00+08:00')).toBe('凤阳县救助管理站');
    expect(divisionOf(moved, 'fengyang-station', at)).toBe('341126');
    expect(divisionOf(moved, undefined, at)).toBeUndefined();
    expect(nameOf(moved, 'nobody', at)).toBe('nobody');
  });
  it('agencies of a place are found by kind, in the order of their names in Guitu', () =>
    expect(agenciesIn(world, '320585', 'HOSPITAL', at).map(({ id }) => id)).toEqual(['taicang-hospital', 'taicang-hospital-b']));
});

describe('who reports to whom is stored, never computed from digits', () => {
  it('nearest first: from the station of Taicang to the ministry', () =>
    expect(superiorsOf(world, 'taicang-station', at)).toEqual([
      'taicang-civil-affairs',
      'suzhou-civil-affairs',
      'jiangsu-civil-affairs',
      'ministry',
    ]));
  it('Beijing has no rung between district and municipality', () =>
    expect(superiorsOf(world, 'chaoyang-station', at)).toEqual(['chaoyang-civil-affairs', 'beijing-civil-affairs', 'ministry']));
  it('a line counts from its day on', () => {
    const direct = changed('taicang-civil-affairs', (agency) => ({
      ...agency,
      reportsTo: withEntry(agency.reportsTo, '2020-10-16', 'jiangsu-civil-affairs'),
    }));
    expect(superiorOf(direct, 'taicang-civil-affairs', at)).toBe('jiangsu-civil-affairs');
    expect(superiorOf(direct, 'taicang-civil-affairs', '2020-10-15T12:00:00+08:00')).toBe('suzhou-civil-affairs');
  });
  it('who reports to nobody has no superior', () => expect(superiorsOf(world, 'ministry', at)).toEqual([]));
  it('a ring that two simultaneous changes made ends the walk', () => {
    const ring = changed('suzhou-civil-affairs', (agency) => ({
      ...agency,
      reportsTo: withEntry(agency.reportsTo, '2020-01-01', 'taicang-civil-affairs'),
    }));
    expect(superiorsOf(ring, 'taicang-civil-affairs', at)).toEqual(['suzhou-civil-affairs', 'taicang-civil-affairs']);
  });
});

describe('to whom the feedback letter goes', () => {
  it('to the station of the county', () =>
    expect(feedbackAddressee(world, '341126', at)).toEqual({
      kind: 'found',
      agency: 'fengyang-station',
      division: '341126',
      reason: 'STATION_OF_COUNTY',
      divisionChanged: false,
    }));
  it('where no station is established, to the civil affairs department (SC-4: 鹿邑)', () =>
    expect(feedbackAddressee(world, '411628', at)).toMatchObject({ agency: 'luyi-civil-affairs', reason: 'STATION_NOT_ESTABLISHED' }));
  it('once a station is established there, to the station', () => {
    const established = added({ id: 'luyi-station', divisions: [{ from: '2000-01-01', value: '411628' }], openFrom: '2021-03-01' });
    expect(feedbackAddressee(established, '411628', at)).toMatchObject({ agency: 'luyi-civil-affairs' });
    expect(feedbackAddressee(established, '411628', in2021)).toMatchObject({ agency: 'luyi-station', reason: 'STATION_OF_COUNTY' });
  });
  it('where the county has neither, to the station of the prefecture', () =>
    expect(feedbackAddressee(world, '411621', at)).toMatchObject({ agency: 'zhoukou-station', reason: 'STATION_OF_PREFECTURE' }));
  it('a retired code is followed to its successor (SC-10: 港闸 320611 is 崇川 320613)', () =>
    expect(feedbackAddressee(world, '320611', '2020-11-27T09:00:00+08:00')).toMatchObject({
      agency: 'chongchuan-station',
      division: '320613',
      divisionChanged: true,
    }));
  it('a split has no single answer (SC-10: 江干 330104)', () =>
    expect(feedbackAddressee(world, '330104', '2021-06-20T09:00:00+08:00')).toEqual({
      kind: 'ambiguous',
      divisions: ['330102', '330114'],
    }));
  it('a code that never was has none, nor a place without any agency', () => {
    expect(feedbackAddressee(world, '999999', at)).toEqual({ kind: 'unknown' });
    expect(feedbackAddressee(world, '522327', at)).toEqual({ kind: 'unknown' });
  });
});
