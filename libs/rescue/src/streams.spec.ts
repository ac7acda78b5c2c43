import { streams, findStreamKind, findStreamKindByCollection, findStreamKindOf, UnknownStreamCategory } from './streams';
import { commandKindsOf } from './decide';
import { dutyCommands } from './duties/duty-commands';
import { dutyEvents } from './duties/duty-events';
import { policyTable } from './world/policy-table';

describe('the kinds of streams', () => {
  it('a case and an agency go the same way', () =>
    expect(streams.map(({ category }) => category)).toEqual(expect.arrayContaining(['case', 'agency'])));
  it('each is found by category, collection and the name of a stream', () => {
    for (const kind of streams) {
      expect(findStreamKind(kind.category)).toBe(kind);
      expect(findStreamKindByCollection(kind.collection)).toBe(kind);
      expect(findStreamKindOf(`${kind.category}-with-hyphens`)).toBe(kind);
    }
  });
  it('a stream of an unknown kind stops the reading', () => {
    expect(findStreamKind('toString')).toBeUndefined();
    expect(() => findStreamKindOf('boat-1')).toThrow(UnknownStreamCategory);
  });
  it('no category, collection, command or event stands twice', () => {
    const unique = (names: readonly string[]): void => expect(new Set(names).size).toBe(names.length);
    unique(streams.map(({ category }) => category));
    unique(streams.map(({ collection }) => collection));
    unique([...streams.flatMap(({ events }) => Object.keys(events)), ...Object.keys(dutyEvents)]);
    unique([...streams.flatMap(({ commands }) => Object.keys(commands)), ...Object.keys(dutyCommands)]);
  });
});

describe.each(streams.map((kind) => [kind.collection, kind] as const))('%s', (_collection, kind) => {
  it('every event and command has its Chinese name, every event its clause', () => {
    for (const { zh, basis } of Object.values(kind.events)) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(basis).not.toBe('');
    }
    for (const { zh } of Object.values(commandKindsOf(kind))) expect(zh).toMatch(/\p{Script=Han}/u);
  });
  it('every duty has a key of its own, a limit in the policy table, and listens to events that exist', () => {
    const keys = kind.duties.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { limit, opens, dischargedBy, lapsesOn } of kind.duties) {
      expect(policyTable.some(({ key }) => key === limit)).toBe(true);
      for (const list of [opens, dischargedBy, lapsesOn ?? {}])
        for (const type of Object.keys(list)) expect({ ...kind.events, ...dutyEvents }).toHaveProperty(type);
    }
  });
});
