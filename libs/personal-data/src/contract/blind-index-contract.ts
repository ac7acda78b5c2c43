import { randomUUID } from 'node:crypto';
import { openBlindIndex, type BlindIndex, type BlindIndexErasure, type BlindIndexStore } from '../blind-index';
import { keyringForTests } from '../keyring-for-tests';

/** What every store of the blind index promises. */
export function blindIndexContract(open: () => Promise<Readonly<{ store: BlindIndexStore; erasure: BlindIndexErasure }>>): void {
  let store: BlindIndexStore;
  let erasure: BlindIndexErasure;
  let index: BlindIndex;
  const somebody = (stream: string) => ({ subject: randomUUID(), stream });

  beforeAll(async () => {
    ({ store, erasure } = await open());
    index = await openBlindIndex(await keyringForTests(), store);
  });

  it('finds everybody with a value, in whatever way it is written, and nobody else', async () => {
    const [one, two, three] = [somebody('case-1'), somebody('case-2'), somebody('case-3')];
    await index.put([
      { kind: 'phone', value: '139 1234 5678', ...two },
      { kind: 'phone', value: '+8613912345678', ...one },
      { kind: 'phone', value: '13912345679', ...three },
      { kind: 'alias', value: '13912345678', ...three },
    ]);
    expect(await index.find('phone', '0086-139-1234-5678')).toEqual([one, two]);
    expect(await index.find('alias', '13912345678')).toEqual([three]);
    expect(await index.find('phone', '13912345670')).toEqual([]);
    expect(await index.find('phone', ' ')).toEqual([]);
  });

  it('keeps one row, however often it is put', async () => {
    const one = somebody('case-4');
    for (let round = 0; round < 3; round += 1) await index.put([{ kind: 'alias', value: '老王', ...one }]);
    await index.put([{ kind: 'alias', value: '', ...one }]);
    expect(await index.find('alias', '老王')).toEqual([one]);
    expect(await erasure.removeSubject(one.subject)).toBe(1);
  });

  it('takes away all rows of a subject or those of some kinds, and nobody else’s', async () => {
    const [gone, kept] = [somebody('case-5'), somebody('case-6')];
    for (const who of [gone, kept])
      await index.put([
        { kind: 'id-number', value: '11010519491231002X', ...who },
        { kind: 'phone', value: '13700000000', ...who },
        { kind: 'alias', value: '小李', ...who },
      ]);
    expect(await erasure.removeSubject(gone.subject, ['phone', 'alias'])).toBe(2);
    expect(await index.find('phone', '13700000000')).toEqual([kept]);
    expect(await index.find('id-number', '11010519491231002x')).toEqual([gone, kept]);
    expect(await erasure.removeSubject(gone.subject)).toBe(1);
    expect(await erasure.removeSubject(gone.subject)).toBe(0);
    expect(await index.find('id-number', '11010519491231002x')).toEqual([kept]);
  });

  it('finds nothing with another service key: the rows alone cannot be tried out', async () => {
    await index.put([{ kind: 'phone', value: '13600000000', ...somebody('case-7') }]);
    const elsewhere = await openBlindIndex(await keyringForTests(), store);
    expect(await elsewhere.find('phone', '13600000000')).toEqual([]);
  });
}
