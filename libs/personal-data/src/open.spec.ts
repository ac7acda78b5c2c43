import { detach, detachAll, openTree, openValues, sealData, sealedValuesIn, type Marks, type SealedRecord } from './index';
import { keyringForTests } from './keyring-for-tests';
import type { Keyring } from './keyring';

const stream = 'case-1';
const event = 'e1';
const marks: Marks = { name: 'identity', injury: 'health', relative: { phone: 'contact of relative' } };
const data = { name: '王二喜', injury: '左腿骨折', relative: { phone: '13900000001' }, walking: false };

describe('opening what read models hold', () => {
  let keyring: Keyring;
  let record: SealedRecord;

  beforeAll(async () => {
    keyring = await keyringForTests();
    record = { stream, event, ...(await sealData(keyring, { stream, event, data, marks })) };
  });

  it('opens every sealed value of a page and leaves the rest alone', async () => {
    const since = new Date(0);
    const page = {
      rows: [
        { id: 1, name: detach(record, '/name'), since, bytes: Buffer.from('x') },
        { id: 2, detail: detachAll(record) },
      ],
      next: null,
    };
    expect(await openTree(keyring, page)).toEqual({
      rows: [
        { id: 1, name: '王二喜', since, bytes: Buffer.from('x') },
        { id: 2, detail: data },
      ],
      next: null,
    });
  });

  it('opens the rows of a class as well as plain objects', async () => {
    class Row {
      readonly name = detach(record, '/name');
    }
    expect(await openTree(keyring, [new Row()])).toEqual([{ name: '王二喜' }]);
  });

  it('opens rows that were stored as JSON', async () => {
    expect(await openTree(keyring, JSON.parse(JSON.stringify(detachAll(record))))).toEqual(data);
  });

  it('withholds what the reader may not see', async () => {
    const opened = await openTree(keyring, detachAll(record), ({ $sealed }) => $sealed.c !== 'health');
    expect(opened).toEqual({ ...data, injury: { withheld: true } });
  });

  it('lists what it would open, so that the disclosure can be recorded first', () => {
    const listed = sealedValuesIn([detachAll(record)]).map(({ $sealed }) => [$sealed.c, $sealed.place.pointer]);
    expect(listed).toEqual([
      ['identity', '/name'],
      ['health', '/injury'],
      ['contact', '/relative/phone'],
    ]);
  });

  it('does not open what an opened value brings along', async () => {
    const inner = detach(record, '/name');
    const sealed = await sealData(keyring, { stream, event, data: { note: { inner } }, marks: { note: 'narrative' } });
    expect(await openTree(keyring, detachAll({ stream, event, ...sealed }))).toEqual({ note: { inner } });
  });

  it('calls a value erased whose ciphertext was removed', async () => {
    const emptied = { ...record, secrets: {} };
    expect(await openTree(keyring, detachAll(emptied))).toEqual({
      name: { erased: true },
      injury: { erased: true },
      relative: { phone: { erased: true } },
      walking: false,
    });
  });

  it('finds a sealed value by its pointer, and nothing where nothing sealed lies', () => {
    expect(detach(record, '/relative/phone')?.$sealed.place).toEqual({ stream, event, pointer: '/relative/phone' });
    for (const pointer of ['', '/walking', '/relative', '/nobody/phone', '/name/$enc', '/constructor'])
      expect(detach(record, pointer)).toBeUndefined();
  });

  it('finds a value by a pointer with escaped characters', async () => {
    const odd = { 'a/b': { 'm~n': ['x'] } };
    const sealed = await sealData(keyring, { stream, event, data: odd, marks: { 'a/b': { 'm~n': 'narrative' } } });
    const value = detach({ stream, event, ...sealed }, '/a~1b/m~0n');
    expect(await openTree(keyring, value)).toEqual(['x']);
  });

  it('opens nothing without a round of questions', async () => {
    expect(await openValues(keyring, [])).toEqual([]);
    expect(await openTree(keyring, null)).toBeNull();
  });
});
