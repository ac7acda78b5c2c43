import { randomBytes, randomUUID } from 'node:crypto';
import type { KeyStore, StoredKey, Subject } from './key-store';

const subject = (stream: string, role = 'person'): Subject => ({ stream, role, subject: randomUUID() });
const key = (of: string, dataClass: StoredKey['class'] = 'identity'): StoredKey => ({
  subject: of,
  class: dataClass,
  version: 1,
  wrapped: new Uint8Array(randomBytes(60)),
  kekId: 'kek',
});
const sorted = <T>(rows: readonly T[]): readonly string[] =>
  rows.map((row) => JSON.stringify(row, (_, value: unknown) => (ArrayBuffer.isView(value) ? [...(value as Uint8Array)] : value))).sort();
const plainBytes = (keys: readonly StoredKey[]): readonly StoredKey[] =>
  keys.map((one) => ({ ...one, wrapped: one.wrapped && Uint8Array.from(one.wrapped) }));

/** What every key store promises; an adapter's spec calls it with a way to reach one store from two processes. */
export function keyStoreContract(open: () => Promise<readonly [KeyStore, KeyStore]>): void {
  let store: KeyStore;
  let other: KeyStore;

  beforeAll(async () => {
    [store, other] = await open();
  });

  it('keeps the first subject that was proposed for a stream and role', async () => {
    const first = subject('case-1');
    expect(await store.subjects([first])).toEqual([first]);
    expect(await other.subjects([subject('case-1')])).toEqual([first]);
  });

  it('tells streams and roles apart, whatever their letters', async () => {
    const proposals = [subject('case-2'), subject('case-2', 'relative'), subject('案-1'), subject('it\'s {"a",b}\\')];
    expect(sorted(await store.subjects(proposals))).toEqual(sorted(proposals));
  });

  it('gives stored and new subjects in one answer', async () => {
    const [old, fresh] = [subject('case-3'), subject('case-4')];
    await store.subjects([old]);
    expect(sorted(await store.subjects([subject('case-3'), fresh]))).toEqual(sorted([old, fresh]));
  });

  it('gives the same subjects to two who ask at the same moment, in any order', async () => {
    const streams = Array.from({ length: 100 }, (_, index) => `case-at-once-${index}`);
    const one = streams.map((stream) => subject(stream));
    const two = streams.map((stream) => subject(stream)).reverse();
    const answers = await Promise.all([store.subjects(one), other.subjects(two), store.subjects(two), other.subjects(one)]);
    for (const answer of answers) expect(sorted(answer)).toEqual(sorted(answers[0] ?? []));
    expect(answers[0]).toHaveLength(100);
  });

  it('keeps the first key that was proposed for a subject and class, byte for byte', async () => {
    const [first, health] = [key(randomUUID()), key(randomUUID(), 'health')];
    expect(sorted(plainBytes(await store.keys([first, health])))).toEqual(sorted([first, health]));
    expect(plainBytes(await other.keys([key(first.subject)]))).toEqual([first]);
  });

  it('gives the same keys to two who ask at the same moment, in any order', async () => {
    const subjects = Array.from({ length: 100 }, () => randomUUID());
    const one = subjects.map((of) => key(of));
    const two = subjects.map((of) => key(of)).reverse();
    const answers = await Promise.all([store.keys(one), other.keys(two), store.keys(two), other.keys(one)]);
    for (const answer of answers) expect(sorted(plainBytes(answer))).toEqual(sorted(plainBytes(answers[0] ?? [])));
    expect(answers[0]).toHaveLength(100);
  });

  it('finds stored keys and makes none', async () => {
    const stored = key(randomUUID(), 'minor');
    await store.keys([stored]);
    const unknown = { subject: randomUUID(), class: 'minor' } as const;
    const names = [{ subject: stored.subject, class: 'minor' }, { subject: stored.subject, class: 'health' }, unknown] as const;
    expect(plainBytes(await other.findKeys(names))).toEqual([stored]);
    expect(await other.findKeys([unknown])).toEqual([]);
  });

  it('answers nothing to no question', async () => {
    expect([await store.subjects([]), await store.keys([]), await store.findKeys([])]).toEqual([[], [], []]);
  });

  it('keeps one service key for each purpose, for everybody', async () => {
    const proposal = () => ({ purpose: 'request-digest', wrapped: new Uint8Array(randomBytes(60)), kekId: 'kek' });
    const [one, two] = await Promise.all([store.serviceKey(proposal()), other.serviceKey(proposal())]);
    expect(Buffer.compare(one.wrapped, two.wrapped)).toBe(0);
    const elsewhere = await store.serviceKey({ ...proposal(), purpose: 'blind-index' });
    expect(Buffer.compare(elsewhere.wrapped, one.wrapped)).not.toBe(0);
  });
}
