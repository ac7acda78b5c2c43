import { envelopeBytes, parseEnvelope, type Envelope } from '@guitu/history';
import type { StoredRecord } from '@guitu/event-log';
import { caseId, playedCase, tampered } from './case-for-specs';
import { checkChain, type Chain } from './check-chain';
import { auditStream } from './stored-history';

const stream = `case-${caseId}`;
const at = (version: number, change: (record: StoredRecord) => StoredRecord | undefined) => (record: StoredRecord) =>
  record.stream === stream && record.version === version ? change(record) : record;
const withEnvelope = (record: StoredRecord, change: (envelope: Envelope) => Envelope): StoredRecord => ({
  ...record,
  envelope: envelopeBytes(change(parseEnvelope(record.id, record.envelope))),
});
const chainAfter = async (change: (record: StoredRecord) => StoredRecord | undefined): Promise<Chain> => {
  const { log } = await playedCase();
  return checkChain(stream, await tampered(log, change).read(stream));
};

describe('the chain of a case', () => {
  it('is whole when nobody touched it, and its last leaf is told', async () => {
    const chain = await chainAfter((record) => record);
    expect(chain).toMatchObject({ records: 14, broken: null });
    expect(chain.leaf).toMatch(/^[\w-]{43}$/);
  });

  it('breaks behind a record whose content was changed', async () => {
    const later = (envelope: Envelope): Envelope => ({ ...envelope, occurredAt: '2020-10-12T11:00:00+08:00' });
    const chain = await chainAfter(at(5, (record) => withEnvelope(record, later)));
    expect(chain.broken).toEqual({ stream, version: 6, reason: 'leaf-mismatch' });
  });

  it('gives another last leaf when the last record was changed, although nothing behind it can break', async () => {
    const whole = await chainAfter((record) => record);
    const later = (envelope: Envelope): Envelope => ({ ...envelope, occurredAt: '2020-10-12T11:00:00+08:00' });
    const changed = await chainAfter(at(14, (record) => withEnvelope(record, later)));
    expect(changed.broken).toBeNull();
    expect(changed.leaf).not.toBe(whole.leaf);
  });

  it('breaks where a record is missing', async () => {
    expect((await chainAfter(at(4, () => undefined))).broken).toEqual({ stream, version: 4, reason: 'version-gap' });
  });

  it('breaks at bytes that are no envelope', async () => {
    const noise = (record: StoredRecord): StoredRecord => ({ ...record, envelope: Buffer.from('{"v":1') });
    expect((await chainAfter(at(3, noise))).broken).toEqual({ stream, version: 3, reason: 'unreadable' });
  });

  it('breaks at bytes with a space more, which say the same and hash otherwise', async () => {
    const spaced = (record: StoredRecord): StoredRecord => ({ ...record, envelope: Buffer.concat([record.envelope, Buffer.from(' ')]) });
    expect((await chainAfter(at(3, spaced))).broken).toEqual({ stream, version: 3, reason: 'not-canonical' });
  });

  it('breaks where the record says another type than its envelope', async () => {
    const renamed = (record: StoredRecord): StoredRecord => ({ ...record, type: 'PersonInformedOfHelp' });
    expect((await chainAfter(at(1, renamed))).broken).toEqual({ stream, version: 1, reason: 'record-mismatch' });
  });

  it('breaks at an exchanged ciphertext, and not at one that erasure took away', async () => {
    const exchanged = (record: StoredRecord): StoredRecord => ({
      ...record,
      secrets: Object.fromEntries(Object.keys(record.secrets).map((digest) => [digest, Buffer.from('another').toString('base64')])),
    });
    expect((await chainAfter(at(1, exchanged))).broken).toEqual({ stream, version: 1, reason: 'ciphertext-changed' });
    expect((await chainAfter(at(1, (record) => ({ ...record, secrets: {} })))).broken).toBeNull();
  });

  it('ends the reading: nothing behind a break is told as history', async () => {
    const { log } = await playedCase();
    const noise = (record: StoredRecord): StoredRecord => ({ ...record, envelope: Buffer.from('{}') });
    const { history, breaks } = await auditStream(tampered(log, at(6, noise)), caseId);
    expect(history.events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
    expect(breaks).toEqual([{ stream, version: 6, reason: 'unreadable' }]);
  });

  it('of an agency that the case names is checked as well', async () => {
    const { log } = await playedCase();
    const noise = (record: StoredRecord): StoredRecord =>
      record.stream === 'agency-taicang-police' ? { ...record, envelope: Buffer.from('{}') } : record;
    const { breaks } = await auditStream(tampered(log, noise), caseId);
    expect(breaks).toEqual([{ stream: 'agency-taicang-police', version: 1, reason: 'unreadable' }]);
  });
});
