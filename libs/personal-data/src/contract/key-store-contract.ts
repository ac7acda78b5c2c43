import { randomBytes, randomUUID } from 'node:crypto';
import type { KeyStore, Newcomer, ProposedKey, StoredKey, Subject } from '../key-store';

const subject = (stream: string, role = 'person', event = '', pointer = ''): Subject => ({
  stream,
  role,
  event,
  pointer,
  subject: randomUUID(),
});
const key = (of: string, dataClass: StoredKey['class'] = 'identity', version = 1): ProposedKey => ({
  subject: of,
  class: dataClass,
  version,
  wrapped: new Uint8Array(randomBytes(60)),
  kekId: 'kek',
});
const newcomer = (of: Subject): Newcomer => ({ subject: of, keys: [key(of.subject)] });
const active = (keys: readonly ProposedKey[]): readonly object[] => keys.map((one) => ({ ...one, state: 'active' }));

const sorted = (rows: readonly object[]): readonly string[] =>
  rows
    .map((row) =>
      JSON.stringify(
        Object.entries(row)
          .sort()
          .map(([name, value]) => [name, plain(value)]),
      ),
    )
    .sort();
const plain = (value: unknown): unknown => (ArrayBuffer.isView(value) ? Buffer.from(value as Uint8Array).toString('hex') : value);

/** What every key store promises; an adapter's spec calls it with a way to reach one store from two processes. */
export function keyStoreContract(open: () => Promise<readonly [KeyStore, KeyStore]>): void {
  let store: KeyStore;
  let other: KeyStore;
  const subjects = async (of: KeyStore, proposals: readonly Subject[]): Promise<readonly Subject[]> =>
    (await of.admit(proposals.map(newcomer))).subjects;

  beforeAll(async () => {
    [store, other] = await open();
  });

  it('keeps the first subject that was proposed for a name, with the keys that came along, byte for byte', async () => {
    const first = newcomer(subject('case-1'));
    const admitted = await store.admit([first]);
    expect([admitted.subjects, sorted(admitted.keys)]).toEqual([[first.subject], sorted(active(first.keys))]);
    const again = await other.admit([newcomer(subject('case-1'))]);
    expect([again.subjects, sorted(again.keys)]).toEqual([[first.subject], sorted(active(first.keys))]);
  });

  it('tells streams, roles, events and pointers apart, whatever their letters', async () => {
    const proposals = [
      subject('case-2'),
      subject('case-2', 'relative', 'e1', '/relatives/0'),
      subject('case-2', 'relative', 'e1', '/relatives/1'),
      subject('case-2', 'relative', 'e2', '/relatives/1'),
      subject('case-2', 'staff', 'e2'),
      subject('案-1'),
      subject('it\'s {"a",b}\\', 'person', '', '/"},{\\'),
    ];
    expect(sorted(await subjects(store, proposals))).toEqual(sorted(proposals));
    expect(sorted(await subjects(other, proposals))).toEqual(sorted(proposals));
  });

  it('tells everybody who was named in a stream, by role, event and pointer', async () => {
    const [wife, brother, person] = [subject('case-all', 'relative', 'e2'), subject('case-all', 'relative', 'e1'), subject('case-all')];
    await subjects(store, [wife, brother, person, subject('case-all-1')]);
    expect(await other.subjectsOf('case-all')).toEqual([person, brother, wife]);
    expect(await other.subjectsOf('case-nobody')).toEqual([]);
  });

  it('gives stored and new subjects in one answer', async () => {
    const [old, fresh] = [subject('case-3'), subject('case-4')];
    await subjects(store, [old]);
    expect(sorted(await subjects(store, [subject('case-3'), fresh]))).toEqual(sorted([old, fresh]));
  });

  it('gives the same subjects and keys to two who ask at the same moment, in any order', async () => {
    const streams = Array.from({ length: 100 }, (_, index) => `case-at-once-${index}`);
    const one = streams.map((stream) => newcomer(subject(stream)));
    const two = streams.map((stream) => newcomer(subject(stream))).reverse();
    const answers = await Promise.all([store.admit(one), other.admit(two), store.admit(two), other.admit(one)]);
    for (const answer of answers) {
      expect(sorted(answer.subjects)).toEqual(sorted(answers[0]?.subjects ?? []));
      expect(sorted(answer.keys)).toEqual(sorted(answers[0]?.keys ?? []));
    }
    expect([answers[0]?.subjects.length, answers[0]?.keys.length]).toEqual([100, 100]);
  });

  it('keeps the first key that was proposed for a subject and class, byte for byte', async () => {
    const [first, health] = [key(randomUUID()), key(randomUUID(), 'health')];
    expect(sorted(await store.keys([first, health]))).toEqual(sorted(active([first, health])));
    expect(sorted(await other.keys([key(first.subject)]))).toEqual(sorted(active([first])));
  });

  it('takes no second version while one is active', async () => {
    const first = key(randomUUID());
    await store.keys([first]);
    expect(sorted(await other.keys([key(first.subject, 'identity', 2)]))).toEqual(sorted(active([first])));
  });

  it('gives the same keys to two who ask at the same moment, in any order', async () => {
    const all = Array.from({ length: 100 }, () => randomUUID());
    const one = all.map((of) => key(of));
    const two = all.map((of) => key(of)).reverse();
    const answers = await Promise.all([store.keys(one), other.keys(two), store.keys(two), other.keys(one)]);
    for (const answer of answers) expect(sorted(answer)).toEqual(sorted(answers[0] ?? []));
    expect(answers[0]).toHaveLength(100);
  });

  it('finds stored keys and makes none', async () => {
    const stored = key(randomUUID(), 'minor');
    await store.keys([stored]);
    const unknown = { subject: randomUUID(), class: 'minor' } as const;
    const names = [{ subject: stored.subject, class: 'minor' }, { subject: stored.subject, class: 'health' }, unknown] as const;
    expect(sorted(await other.findKeys(names))).toEqual(sorted(active([stored])));
    expect(await other.findKeys([unknown])).toEqual([]);
  });

  it('answers nothing to no question', async () => {
    expect([await store.admit([]), await store.keys([]), await store.findKeys([])]).toEqual([{ subjects: [], keys: [] }, [], []]);
  });

  it('keeps one service key for each purpose, for everybody', async () => {
    const proposal = () => ({ purpose: 'request-digest', wrapped: new Uint8Array(randomBytes(60)), kekId: 'kek' });
    const [one, two] = await Promise.all([store.serviceKey(proposal()), other.serviceKey(proposal())]);
    expect(Buffer.compare(one.wrapped, two.wrapped)).toBe(0);
    const elsewhere = await store.serviceKey({ ...proposal(), purpose: 'blind-index' });
    expect(Buffer.compare(elsewhere.wrapped, one.wrapped)).not.toBe(0);
  });
}
