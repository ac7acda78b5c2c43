import * as fc from 'fast-check';
import { CannotSeal, detachAll, openData, sealAll, sealData, sealingSuiteNames, type Marks, type Sealed, type SealedRecord } from './index';
import { allKeysOf, keyringForTests, newKeyEncryptionKey } from './keyring-for-tests';
import { memoryKeyStore } from './memory-key-store';

const stream = 'case-0b6f7a52-6a4c-4c0c-8f0e-0d1c2b3a4f5e';
const event = '11111111-2222-5333-8444-555555555555';

async function roundTrip(data: object, marks: Marks): Promise<{ sealed: SealedRecord; opened: object }> {
  const keyring = await keyringForTests();
  const sealed = { stream, event, ...(await sealData(keyring, { stream, event, data, marks })) };
  // What rests is JSON text: nothing that JSON cannot hold may be needed for opening.
  const atRest = JSON.parse(JSON.stringify(sealed)) as SealedRecord;
  return { sealed: atRest, opened: await openData(keyring, atRest) };
}

const admission = {
  name: '王二喜',
  place: { division: '320585', spot: '弇山路公交站旁' },
  relatives: [
    { name: '王大喜', kinship: 'brother', phone: '13900000001' },
    { name: '李桂芳', kinship: 'mother' },
  ],
  belongings: ['布包', '半张车票'],
  walking: true,
};
const admissionMarks: Marks = {
  name: 'identity',
  place: { spot: 'narrative' },
  relatives: { name: 'identity of relative', phone: 'contact of relative' },
  belongings: 'narrative',
};

describe('sealing the data of an event', () => {
  it('gives back nested values, lists of objects and lists as they were', async () => {
    const { opened } = await roundTrip(admission, admissionMarks);
    expect(opened).toEqual(admission);
  });

  it('leaves no plain text of a personal value in what rests', async () => {
    const { sealed } = await roundTrip(admission, admissionMarks);
    const rest = JSON.stringify(sealed);
    for (const plain of ['王二喜', '弇山路', '王大喜', '李桂芳', '13900000001', '布包', '半张车票']) {
      for (const form of [
        plain,
        Buffer.from(plain).toString('base64').replace(/=+$/, '').slice(0, -1),
        Buffer.from(plain).toString('hex'),
      ]) {
        expect(rest).not.toContain(form);
      }
    }
  });

  it('leaves values under no mark as they are', async () => {
    const { sealed } = await roundTrip(admission, admissionMarks);
    expect(sealed.data).toMatchObject({
      place: { division: '320585' },
      walking: true,
      relatives: [{ kinship: 'brother' }, { kinship: 'mother' }],
    });
  });

  it('puts an envelope with subject, key version, class, algorithm and digest at the place of the value, and nothing else', async () => {
    const { sealed } = await roundTrip({ name: '王二喜' }, { name: 'identity' });
    const { $enc } = (sealed.data as { name: Sealed }).name;
    expect($enc).toEqual({
      s: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      k: 1,
      c: 'identity',
      a: 'A256GCM',
      d: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    });
    expect(Object.keys(sealed.secrets)).toEqual([$enc.d]);
  });

  it('ignores marks of fields that are absent', async () => {
    const { sealed, opened } = await roundTrip({ walking: false, place: {} }, admissionMarks);
    expect(opened).toEqual({ walking: false, place: {} });
    expect(sealed.secrets).toEqual({});
  });

  it.each([
    ['', []],
    [null, {}],
    [0, false],
    ['王𠮷😀\u0000\ud800', ' '],
    ['x'.repeat(5_000), { deep: [{ list: [1, 'two', null] }] }],
  ])('seals any JSON value, empty ones too (%#)', async (one, other) => {
    const { sealed, opened } = await roundTrip({ one, other }, { one: 'health', other: 'minor' });
    expect(opened).toEqual({ one, other });
    expect(Object.keys(sealed.secrets)).toHaveLength(2);
  });

  it('gives back every JSON value (property)', async () => {
    const keyring = await keyringForTests();
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (personal, plain) => {
        const data = JSON.parse(JSON.stringify({ personal, plain })) as object;
        const sealed = await sealData(keyring, { stream, event, data, marks: { personal: 'narrative' } });
        expect(await openData(keyring, { stream, event, ...sealed })).toEqual(data);
      }),
    );
  });

  it('seals the same value twice to different bytes', async () => {
    const keyring = await keyringForTests();
    const record = { stream, event, data: { a: '男', b: '男' }, marks: { a: 'identity', b: 'identity' } as const };
    const sealed = await sealAll(keyring, [record, record]);
    expect(new Set(sealed.flatMap(({ secrets }) => Object.values(secrets))).size).toBe(4);
  });

  it('gives the person of a stream one subject in all its events, and another in every other stream', async () => {
    const keyring = await keyringForTests();
    const marks: Marks = { name: 'identity', phone: 'contact' };
    const data = { name: 'a', phone: 'b' };
    const sealed = await sealAll(keyring, [
      { stream: 'case-1', event: 'e1', data, marks },
      { stream: 'case-1', event: 'e2', data, marks },
      { stream: 'case-2', event: 'e3', data, marks },
    ]);
    const [first, second, third] = sealed.map((one) => Object.values(one.data as Record<string, Sealed>).map((value) => value.$enc.s));
    expect(new Set(first).size).toBe(1);
    expect(second).toEqual(first);
    expect(third?.[0]).not.toBe(first?.[0]);
  });

  it('gives everybody else a subject of their own each time they are named, one for all that is said of them there', async () => {
    const store = memoryKeyStore();
    const keyring = await keyringForTests({ store });
    const marks: Marks = {
      name: 'identity',
      relatives: { name: 'identity of relative', phone: 'contact of relative' },
      signedBy: 'contact of staff',
    };
    const relatives = [
      { name: '王大喜', phone: '13900000001' },
      { name: '李桂芳', phone: '13900000002' },
    ];
    const record = (event: string) => ({ stream, event, data: { name: '王二喜', relatives, signedBy: '陈' }, marks });
    await sealAll(keyring, [record('e1'), record('e2')]);
    // The same event once more, as after a version conflict.
    await sealAll(keyring, [record('e2')]);
    const named = await store.subjectsOf(stream);
    expect(named.map(({ role, event: at, pointer }) => [role, at, pointer])).toEqual([
      ['person', '', ''],
      ['relative', 'e1', '/relatives/0'],
      ['relative', 'e1', '/relatives/1'],
      ['relative', 'e2', '/relatives/0'],
      ['relative', 'e2', '/relatives/1'],
      ['staff', 'e1', ''],
      ['staff', 'e2', ''],
    ]);
    expect(new Set(named.map(({ subject }) => subject)).size).toBe(7);
    const [person, brother] = await Promise.all(named.slice(0, 2).map(({ subject }) => store.findKeys(allKeysOf(subject))));
    expect([person?.map((key) => key.class), brother?.map((key) => key.class)]).toEqual([['identity'], ['contact', 'identity']]);
  });

  it.each(sealingSuiteNames)('seals with %s where that is chosen, and opens the values of every suite', async (suite) => {
    const shared = { store: memoryKeyStore(), keyEncryptionKey: newKeyEncryptionKey() };
    const keyring = await keyringForTests({ ...shared, suite });
    const record = { stream, event, data: { name: '王二喜' }, marks: { name: 'identity' } } as const;
    const sealed = await sealData(keyring, record);
    expect((sealed.data as { name: Sealed }).name.$enc.a).toBe(suite);
    for (const other of sealingSuiteNames)
      expect(await openData(await keyringForTests({ ...shared, suite: other }), { ...record, ...sealed })).toEqual(record.data);
  });

  it('does not change the data it was given', async () => {
    const before = structuredClone(admission);
    await roundTrip(admission, admissionMarks);
    expect(admission).toEqual(before);
  });

  it.each(['__proto__', 'constructor', 'a/b', 'm~n', ''])('keeps a field named %j a field', async (field) => {
    const data = JSON.parse(`{${JSON.stringify(field)}: {"name": "王二喜"}}`) as object;
    const marks = JSON.parse(`{${JSON.stringify(field)}: {"name": "identity"}}`) as Marks;
    const { sealed, opened } = await roundTrip(data, marks);
    expect(JSON.stringify(sealed)).not.toContain('王二喜');
    expect(JSON.stringify(opened)).toBe(JSON.stringify(data));
  });

  it('takes no mark from what every object inherits', async () => {
    const data = { constructor: 'x', toString: ['y'] };
    expect((await roundTrip(data, {})).sealed.data).toEqual(data);
  });

  it.each<[string, object, Marks]>([
    ['a plain value where the marks expect an object', { relative: '李桂芳' }, { relative: { name: 'identity' } }],
    ['a mark of an unknown class', { name: '李桂芳' }, { name: 'secretive' as 'identity' }],
    ['a value that says it is sealed already', { note: { $enc: { s: '李桂芳' } } }, {}],
    ['a value that says it came from a read model', { list: [{ note: { $sealed: '李桂芳' } }] }, {}],
    ['a personal value that is not JSON', { name: () => '李桂芳' }, { name: 'identity' }],
  ])('refuses %s, and the error does not repeat the value', async (_, data, marks) => {
    const refused = await roundTrip(data, marks).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CannotSeal);
    expect((refused as Error).message).not.toContain('李桂芳');
  });

  it('lets a personal value itself hold what looks like a sealed one, and never opens it', async () => {
    const data = { note: { $sealed: { place: {} }, $enc: 1 } };
    const { opened } = await roundTrip(data, { note: 'narrative' });
    expect(opened).toEqual(data);
  });

  it('keeps the shape of the data when its values are made to travel', async () => {
    const { sealed } = await roundTrip(admission, admissionMarks);
    const travelling = detachAll(sealed);
    expect(travelling).toMatchObject({
      walking: true,
      relatives: [{ name: { $sealed: { c: 'identity', place: { stream, event, pointer: '/relatives/0/name' } } } }, { kinship: 'mother' }],
    });
  });
});
