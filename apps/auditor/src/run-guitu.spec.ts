import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EventLog, StoredRecord } from '@guitu/event-log';
import { envelopeBytes, parseEnvelope } from '@guitu/history';
import { readSettings } from '@guitu/wiring';
import { decodeJwt } from 'jose';
import { caseId, lateAnswer, playedCase, shortCase, tampered, type HouseForSpecs } from './case-for-specs';
import { exitCodeHelp, exitCodes } from './exit-codes';
import { runGuitu } from './run-guitu';

type Around = Readonly<{
  mode?: 'live' | 'sandbox' | undefined;
  change?: (record: StoredRecord) => StoredRecord;
  unreachable?: boolean;
  serviceUrl?: string;
}>;
type Ended = Readonly<{ code: number; out: string; err: string; opened: number; closed: number }>;

const folder = mkdtempSync(path.join(tmpdir(), 'guitu-auditor-'));
let house: HouseForSpecs;
beforeAll(async () => {
  house = await playedCase([...shortCase, ...lateAnswer]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function guitu(line: string | readonly string[], around: Around = {}): Promise<Ended> {
  const [out, err]: [string[], string[]] = [[], []];
  const counts = { opened: 0, closed: 0 };
  const log: EventLog = tampered(house.log, around.change ?? ((record) => record));
  const code = await runGuitu(typeof line === 'string' ? line.split(' ').filter(Boolean) : line, {
    terminal: { print: (text) => out.push(text), complain: (text) => err.push(text) },
    dataFolder: () => ({ path: folder, mode: 'mode' in around ? around.mode : 'sandbox' }),
    settings: () => readSettings({ GUITU_DATA_FOLDER: folder }),
    serviceUrl: () => around.serviceUrl ?? 'http://127.0.0.1:1',
    open: async () => {
      counts.opened += 1;
      if (around.unreachable === true) throw Object.assign(new Error('connect to hidden-word failed'), { code: 'ECONNREFUSED' });
      return {
        log,
        openKeyring: async () => house.keyring,
        openKeyStore: () => Promise.reject(new Error('This log in memory has no key store.')),
        openReadModels: () => Promise.reject(new Error('This log in memory has no read models.')),
        forgetReadModels: () => Promise.reject(new Error('This log in memory has no read models.')),
        close: async () => void (counts.closed += 1),
      };
    },
  });
  return { code, out: out.join('\n'), err: err.join('\n'), ...counts };
}

describe('guitu', () => {
  it('documents every exit code, and these are the codes', async () => {
    expect(exitCodes).toEqual({ fine: 0, fault: 1, badUse: 2, refused: 3, broken: 4, unavailable: 5 });
    const { code, out } = await guitu('--help');
    expect(code).toBe(0);
    expect(out).toContain(exitCodeHelp.trim());
    expect((await guitu('replay --help')).out).toContain(exitCodeHelp.trim());
    for (const number of Object.values(exitCodes)) expect(exitCodeHelp).toContain(`\n  ${number}  `);
  });

  it.each([
    '',
    'unknown',
    'replay',
    `replay ${caseId} extra`,
    `replay ${caseId} --nonsense`,
    `replay ${caseId} --as-of`,
    `replay ${caseId} --as-of yesterday`,
    `replay ${caseId} --as-of=-1`,
    `replay ${caseId} --as-of 5 --by guess`,
    `replay ${caseId} --reason because`,
    `replay ${caseId} --as-of 5 --open --reason because`,
    `replay ${caseId} --database-url mysql://x`,
    'replay no-such-case',
    'explain D-I4-1',
    `explain ${caseId} D-I4-1 --case ${caseId}`,
    `explain ${caseId} D-NONE-1`,
    'sandbox token',
    'sandbox token --agency a --role king',
    'sandbox clock --to tomorrow',
    'sandbox clock --url nowhere',
    'sandbox agencies --file /nowhere.yaml',
  ])('answers bad use (%p) with exit code 2 and says what is wrong', async (line) => {
    const { code, out, err, opened, closed } = await guitu(line);
    expect({ code, out }).toEqual({ code: exitCodes.badUse, out: '' });
    expect(err).not.toBe('');
    expect(closed).toBe(opened);
  });

  it('shows the usage with an unknown flag, and opens nothing', async () => {
    const { err, opened } = await guitu(`replay ${caseId} --nonsense`);
    expect(err).toContain("unknown option '--nonsense'");
    expect(err).toContain('Usage: guitu replay');
    expect(opened).toBe(0);
  });

  it('replays as text and as JSON, and closes what it opened', async () => {
    const text = await guitu(`replay ${caseId}`);
    expect(text).toMatchObject({ code: 0, err: '', opened: 1, closed: 1 });
    expect(text.out).toContain('街面发现登记 EncounterRecorded');
    const { out } = await guitu(`replay case-${caseId} --json`);
    expect(JSON.parse(out)).toMatchObject({ stream: `case-${caseId}`, chain: { records: 18, broken: null }, opened: null });
  });

  it('tells the state at a moment as text and as JSON', async () => {
    expect((await guitu(`replay ${caseId} --as-of 2020-10-12`)).out).toContain('照管 太仓市救助管理站（taicang-station）');
    const { out, code } = await guitu(`replay ${caseId} --as-of 5 --json`);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ asOf: { position: '5' }, events: 1, custody: { holder: { agency: 'taicang-police' } } });
  });

  it('explains a duty whichever way it is named', async () => {
    const one = await guitu(`explain ${caseId} D-I4-1`);
    const other = await guitu(`explain D-I4-1 --case ${caseId}`);
    expect(one).toMatchObject({ code: 0, err: '' });
    expect(other.out).toBe(one.out);
    expect(one.out).toContain('第5个工作日2020-10-19');
    expect(JSON.parse((await guitu(`explain ${caseId} D-I4-1 --json`)).out)).toMatchObject({ dutyId: 'D-I4-1', outcome: 'discharged' });
  });

  it('refuses to open personal values without a reason', async () => {
    for (const line of [['--open'], ['--open', '--reason', '  ']]) {
      const { code, err, opened } = await guitu(['replay', caseId, ...line]);
      expect({ code, opened }).toEqual({ code: exitCodes.refused, opened: 0 });
      expect(err).toContain('--reason TEXT');
    }
    const { out } = await guitu(`replay ${caseId} --open --reason inspection`);
    expect(out).toContain('用途：inspection');
    expect(out).toContain('claims.name 王秀英');
  });

  it('ends a broken chain with exit code 4 and names the first broken version, whatever was asked', async () => {
    const change = (record: StoredRecord): StoredRecord =>
      record.stream.startsWith('case-') && record.version === 17 ? { ...record, envelope: Buffer.from('{}') } : record;
    for (const line of [`replay ${caseId}`, `replay ${caseId} --as-of 6`, `explain ${caseId} D-P2-1`, `replay ${caseId} --json`]) {
      const { code, err, out } = await guitu(line, { change });
      expect(code).toBe(exitCodes.broken);
      expect(err).toContain('第17条 version 17 [unreadable]');
      expect(out).not.toBe('');
    }
    expect((await guitu(`explain ${caseId} D-NONE-1`, { change })).code).toBe(exitCodes.broken);
    expect(JSON.parse((await guitu(`replay ${caseId} --json`, { change })).out)).toMatchObject({ chain: { broken: { version: 17 } } });
  });

  it('says with exit code 5 that the database does not answer, and never repeats the words of a driver', async () => {
    const { code, err } = await guitu(`replay ${caseId}`, { unreachable: true });
    expect(code).toBe(exitCodes.unavailable);
    expect(err).toContain('ECONNREFUSED');
    expect(err).not.toContain('hidden-word');
  });

  it('refuses a log that is newer than this program', async () => {
    const change = (record: StoredRecord): StoredRecord => {
      if (!record.stream.startsWith('case-') || record.version !== 18) return record;
      const envelope = { ...parseEnvelope(record.id, record.envelope), type: 'PersonCloned' };
      return { ...record, type: 'PersonCloned', envelope: envelopeBytes(envelope) };
    };
    const { code, err } = await guitu(`replay ${caseId}`, { change });
    expect(code).toBe(exitCodes.refused);
    expect(err).toContain('too old for this log');
  });

  it('asks for a confirmation before it rebuilds live data, and opens nothing without it', async () => {
    expect(await guitu('rebuild', { mode: 'live' })).toMatchObject({ code: exitCodes.refused, opened: 0 });
  });
});

describe('guitu sandbox', () => {
  let server: Server;
  let url: string;
  const calls: string[] = [];
  let now = '2020-10-12T08:00:00+08:00';
  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as { now?: string });
        calls.push(`${request.method} ${request.url}`);
        const registering = request.method === 'POST' && request.url?.includes('agencies') === true;
        const known = registering && request.url?.includes('taicang-station') === true;
        const backwards = body.now !== undefined && body.now < now;
        if (body.now !== undefined && !backwards) now = body.now;
        response.statusCode = known ? 409 : backwards ? 422 : registering ? 201 : 200;
        response.end(JSON.stringify(known ? { code: 'ACT-ALREADY-OPEN' } : backwards ? { detail: 'only forwards' } : { now }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it.each(['sandbox agencies', 'sandbox token --agency a', 'sandbox clock', 'sandbox clock --to 2020-10-12T08:00:00+08:00'])(
    'refuses %p on the data folder of a live service',
    async (line) => {
      expect(await guitu(line, { mode: 'live' })).toMatchObject({ code: exitCodes.refused, out: '' });
      expect(await guitu(line, { mode: undefined })).toMatchObject({ code: exitCodes.badUse, out: '' });
    },
  );

  it('prints a token that names agency, role and user, and nothing else beside it', async () => {
    const { code, out } = await guitu('sandbox token --agency taicang-station --role auditor --user u-9');
    expect(code).toBe(0);
    expect(decodeJwt(out)).toMatchObject({ agency: 'taicang-station', role: 'auditor', sub: 'u-9', iss: 'guitu-sandbox' });
    expect(JSON.parse((await guitu('sandbox token --agency x --json')).out)).toMatchObject({ agency: 'x', role: 'staff' });
  });

  it('registers the listed agencies over HTTP and leaves those that exist as they are', async () => {
    const file = path.join(folder, 'agencies.yaml');
    const row = (id: string): string =>
      `  - { agencyId: ${id}, kind: STATION, name: 站, division: "320585", effectiveFrom: "2000-01-01" }\n`;
    writeFileSync(file, `agencies:\n${row('taicang-station')}${row('new-station')}`);
    const { code, out } = await guitu(['sandbox', 'agencies', '--url', `${url}/`, '--file', file, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ registered: 1, known: 1 });
    expect(calls).toContain('POST /v1/agencies/new-station/register-agency');
  });

  it('tells the clock and moves it forwards; the refusal to go back is exit code 3', async () => {
    expect((await guitu(['sandbox', 'clock', '--url', url])).out).toContain('沙盒时钟 2020-10-12 08:00:00');
    const moved = await guitu(['sandbox', 'clock', '--url', url, '--to', '2020-10-13T09:00:00+08:00', '--json']);
    expect(JSON.parse(moved.out)).toEqual({ now: '2020-10-13T09:00:00+08:00' });
    const back = await guitu(['sandbox', 'clock', '--url', url, '--to', '2020-10-12T09:00:00+08:00']);
    expect(back).toMatchObject({ code: exitCodes.refused });
    expect(back.err).toContain('only forwards');
  });

  it('speaks to the service of the settings when no address is named', async () => {
    expect((await guitu('sandbox clock', { serviceUrl: url })).out).toContain('沙盒时钟');
  });

  it('says with exit code 5 that no sandbox answers there, and where it looked', async () => {
    const { code, err } = await guitu('sandbox clock --url http://127.0.0.1:1', { serviceUrl: url });
    expect(code).toBe(exitCodes.unavailable);
    expect(err).toContain('http://127.0.0.1:1 does not answer');
  });
});

describe('guitu about erasures', () => {
  it('destroys nothing by itself: erase wants --dry-run, and retention a decider', async () => {
    for (const line of [`erase ${caseId}`, 'retention', 'retention --agency taicang-station --user u1'])
      expect(await guitu(line)).toMatchObject({ code: exitCodes.refused, opened: 0, out: '' });
    expect((await guitu(`erase ${caseId} --dry-run --class secrets`)).code).toBe(exitCodes.badUse);
  });
  it('lists what is due on a day, which is nothing of a file in use', async () => {
    const { code, out } = await guitu('retention --dry-run --as-of 2090-01-01 --json');
    expect([code, JSON.parse(out)]).toEqual([0, { asOf: '2090-01-01', due: [], decided: [] }]);
    expect((await guitu('retention --dry-run --as-of 2090-13-01')).code).toBe(exitCodes.badUse);
    expect((await guitu('retention --as-of 2090-01-01')).code).toBe(exitCodes.badUse);
  });
  it('has no certificate of an erasure that was never decided', async () => {
    expect(await guitu(`certificate ${caseId}`)).toMatchObject({ code: exitCodes.badUse, out: '' });
    expect((await guitu(`certificate ${caseId} --erasure e9`)).err).toContain('e9');
  });
});
