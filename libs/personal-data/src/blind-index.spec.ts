import { createHash, createHmac, randomUUID } from 'node:crypto';
import { openBlindIndex, type IndexRow } from './blind-index';
import { blindIndexContract } from './contract/blind-index-contract';
import { Keyring } from './keyring';
import { newKeyEncryptionKey } from './keyring-for-tests';
import { memoryBlindIndex } from './memory-blind-index';
import { memoryKeyStore } from './memory-key-store';

describe('the blind index in memory', () => {
  blindIndexContract(async () => {
    const store = memoryBlindIndex();
    return { store, erasure: store };
  });
});

describe('a row of the blind index', () => {
  const number = '11010519491231002X';
  const rowsOf = async (keyring: Keyring): Promise<readonly IndexRow[]> => {
    const rows: IndexRow[] = [];
    const store = { ...memoryBlindIndex(), put: async (added: readonly IndexRow[]) => void rows.push(...added) };
    const index = await openBlindIndex(keyring, store);
    await index.put([{ kind: 'id-number', value: number, subject: randomUUID(), stream: 'case-1' }]);
    return rows;
  };

  it('holds neither the value nor a digest that one could try out without a key', async () => {
    const keyring = await Keyring.open({ store: memoryKeyStore(), keyEncryptionKey: newKeyEncryptionKey() });
    const [row] = await rowsOf(keyring);
    expect(Object.keys(row ?? {}).sort()).toEqual(['kind', 'mac', 'stream', 'subject']);
    const mac = Buffer.from(row?.mac ?? []).toString('hex');
    expect(mac).toHaveLength(64);
    const text = JSON.stringify(['id-number', number]);
    for (const input of [number, text]) {
      expect(mac).not.toBe(createHash('sha256').update(input).digest('hex'));
      expect(mac).not.toBe(createHmac('sha256', '').update(input).digest('hex'));
    }
    expect(mac).not.toBe(Buffer.from(keyring.digest(text), 'base64url').toString('hex'));
  });

  it('is the same in every process of one installation, and another in every other', async () => {
    const shared = { store: memoryKeyStore(), keyEncryptionKey: newKeyEncryptionKey() };
    const [[one], [two]] = [await rowsOf(await Keyring.open(shared)), await rowsOf(await Keyring.open(shared))];
    const [other] = await rowsOf(await Keyring.open({ ...shared, store: memoryKeyStore() }));
    expect(two?.mac).toEqual(one?.mac);
    expect(other?.mac).not.toEqual(one?.mac);
  });
});
