import { spawn } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { StoredRecord } from '@guitu/event-log';
import { dataClasses, destroyKeys, rangesOf, recordErasure, retireKeys, sqlBlindIndexErasure, sqlKeyLife } from '@guitu/personal-data';
import { openSandboxIssuer, registerAgencies, SandboxClient } from '@guitu/sandbox';
import { erasureLedgerOf, openLogOnly, readSettings, sentenceFor, type Settings } from '@guitu/wiring';
import { exitCodes } from '../apps/auditor/src/exit-codes';
import { readAgencies } from '../apps/player/src/stories';
import { freePort } from '../apps/player/src/throwaway';
import { startGuitu, type Running } from '../apps/standalone/src/start-guitu';
import { builtService } from './support/built-service';
import { guituOn } from './support/guitu-for-tests';

const WITHIN_MS = 240_000;
const persons = 12;
const erasedAfterBackup = 8;
const police = { agency: 'taicang-police', role: 'staff', user: 'P-1' } as const;
const nameOf = (number: number): string => `卷宗${'甲乙丙丁戊己庚辛壬癸子丑'[number] ?? ''}某`;

const root = mkdtempSync(path.join(tmpdir(), 'guitu-restore-'));
const [original, restored] = [path.join(root, 'original'), path.join(root, 'restored')];
const shelf = path.join(root, 'shelf');
const [logFile, keysFile] = [path.join(shelf, 'log.jsonl.gz'), path.join(shelf, 'keys.jsonl.gz')];
const kept = `--log ${logFile} --keys ${keysFile}`;
const settingsOf = async (folder: string): Promise<Settings> =>
  readSettings({ GUITU_MODE: 'sandbox', GUITU_DATA_FOLDER: folder, GUITU_PORT: String(await freePort()) });

const running: Running[] = [];
const start = async (folder: string): Promise<Running> => {
  const service = await startGuitu(await settingsOf(folder), () => undefined);
  running.push(service);
  return service;
};
const refusal = async (folder: string): Promise<string> => {
  const service = await start(folder).catch((error: unknown) => sentenceFor(error));
  if (typeof service !== 'string') throw new Error('The service opened.');
  return service;
};
const stop = async (): Promise<void> => {
  for (const service of running.splice(0)) await service.stop();
};
const clientOf = async ({ url }: Running, folder: string): Promise<SandboxClient> =>
  new SandboxClient(url, await openSandboxIssuer(folder));

async function findPerson(client: SandboxClient, number: number): Promise<string> {
  const data = {
    place: { division: '320585', text: '太仓市上海路' },
    source: 'POLICE_PATROL',
    apparentSex: 'FEMALE',
    apparentAgeBand: 'FROM_60',
    conditions: ['ELDERLY'],
    claims: { name: nameOf(number) },
  };
  const answer = await client.post(police, '/v1/cases/record-encounter', { key: `found-${number}-000000000000`, body: { data } });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return String(answer.body['caseId']);
}

/** What the service does to a person's keys when an erasure is carried out. */
async function erase(caseId: string): Promise<void> {
  const settings = await settingsOf(original);
  const { openKeyStore, close } = await openLogOnly(settings);
  try {
    const store = await openKeyStore();
    const life = sqlKeyLife(store);
    const subjects = (await life.subjectsOf(`case-${caseId}`)).map(({ subject }) => subject);
    const names = subjects.flatMap((subject) => dataClasses.map((one) => ({ subject, class: one })));
    const keys = rangesOf(await retireKeys(life, names));
    await destroyKeys(life, keys, 0);
    for (const subject of subjects) await sqlBlindIndexErasure(store).removeSubject(subject);
    const entry = { stream: `privacy-${caseId}`, erasureId: 'e1', erasedAt: new Date().toISOString(), keys };
    await recordErasure(store, erasureLedgerOf(settings), entry);
  } finally {
    await close();
  }
}

async function recordsIn(folder: string): Promise<readonly StoredRecord[]> {
  const { log, close } = await openLogOnly(await settingsOf(folder));
  return log.readAll(0n, 1_000).finally(close);
}
const cases: string[] = [];
const bytesOf = ({ secrets: _, position: _position, ...record }: StoredRecord): object => record;

afterAll(async () => {
  await stop();
  rmSync(root, { recursive: true, force: true });
}, WITHIN_MS);

// In this order: each goes on with what the one before has left.
describe('backup and restore', () => {
  let inBackup: readonly StoredRecord[] = [];

  it(
    'a backup is made while the service runs, in two files for their owner alone, and replaces nothing',
    async () => {
      mkdirSync(shelf);
      const service = await start(original);
      const client = await clientOf(service, original);
      await registerAgencies(client, readAgencies());
      for (let number = 0; number < persons; number += 1) cases.push(await findPerson(client, number));
      inBackup = await service.house.log.readAll(0n, 1_000);
      const { code, out, err } = await guituOn(original, `backup ${kept} --json`);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(JSON.parse(out)).toMatchObject({ records: inBackup.length, position: String(inBackup.at(-1)?.position) });
      for (const file of [logFile, keysFile]) expect(statSync(file).mode & 0o777).toBe(0o600);
      const before = readFileSync(logFile);
      expect(await guituOn(original, `backup ${kept}`)).toMatchObject({ code: exitCodes.refused, out: '' });
      expect(readFileSync(logFile)).toEqual(before);
    },
    WITHIN_MS,
  );

  it('holds no personal value and no key-encryption key', () => {
    const kek = readFileSync(path.join(original, 'keys', 'key-encryption-key'));
    for (const file of [logFile, keysFile]) {
      const text = gunzipSync(readFileSync(file)).toString('utf8');
      for (let number = 0; number < persons; number += 1) expect(text).not.toContain(nameOf(number));
      for (const form of ['hex', 'base64', 'base64url'] as const) expect(text).not.toContain(kek.toString(form));
    }
  });

  it('lies outside the data folder', async () => {
    const inside = `--log ${original}/log.gz --keys ${shelf}/k.gz`;
    expect(await guituOn(original, `backup ${inside}`)).toMatchObject({ code: exitCodes.refused });
    expect(existsSync(`${original}/log.gz`)).toBe(false);
  });

  it('a backup that was cut off, changed, or taken for another is refused, and nothing is made', async () => {
    const text = gunzipSync(readFileSync(logFile)).toString('utf8');
    const lines = text.trimEnd().split('\n');
    const damages: Readonly<Record<string, Buffer>> = {
      cut: readFileSync(logFile).subarray(0, -40),
      shortened: gzipSync(`${lines.slice(0, -1).join('\n')}\n`),
      holed: gzipSync(`${lines.toSpliced(5, 1).join('\n')}\n`),
      changed: gzipSync(text.replace('"version":1', '"version":2')),
      foreign: readFileSync(keysFile),
      plain: Buffer.from(text),
    };
    for (const [name, bytes] of Object.entries(damages)) {
      const damagedFile = path.join(shelf, `${name}.gz`);
      writeFileSync(damagedFile, bytes);
      const { code, err } = await guituOn(restored, `restore --log ${damagedFile} --keys ${keysFile}`);
      expect([name, code, err]).toEqual([name, exitCodes.broken, expect.stringContaining(damagedFile)]);
    }
    expect(existsSync(restored)).toBe(false);
  });

  it(
    'keys that are older than the log are refused, and so is a folder that is not empty',
    async () => {
      const client = await clientOf(running[0]!, original);
      await findPerson(client, 99);
      const later = path.join(shelf, 'later');
      mkdirSync(later);
      const { code, out } = await guituOn(original, `backup --log ${later} --keys ${later} --json`);
      expect(code).toBe(0);
      const made = JSON.parse(out) as { log: string; keys: string };
      expect(path.dirname(made.log)).toBe(later);
      expect(await guituOn(restored, `restore --log ${made.log} --keys ${keysFile}`)).toMatchObject({ code: exitCodes.refused, out: '' });
      expect(existsSync(restored)).toBe(false);
      const full = await guituOn(original, `restore ${kept}`);
      expect([full.code, full.err]).toEqual([exitCodes.badUse, expect.stringContaining('is not empty')]);
    },
    WITHIN_MS,
  );

  it(
    'a restored log has the same ids, bytes and times in the same order',
    async () => {
      for (const caseId of cases.slice(0, erasedAfterBackup)) await erase(caseId);
      await stop();
      const { code, out, err } = await guituOn(restored, `restore ${kept} --json`);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(JSON.parse(out)).toMatchObject({ records: inBackup.length, keyEncryptionKeys: [expect.stringMatching(/^[0-9a-f]{16}$/)] });
      const records = await recordsIn(restored);
      expect(records.map(bytesOf)).toEqual(inBackup.map(bytesOf));
      expect(records.map(({ position }) => position)).toEqual(records.map(({ position }) => position).toSorted((a, b) => Number(a - b)));
    },
    WITHIN_MS,
  );

  it(
    'the key-encryption key comes back by hand: without it, or with another one, the check of the keys fails',
    async () => {
      const keyFile = path.join(restored, 'keys', 'key-encryption-key');
      expect((await guituOn(restored, 'keys check')).code).toBe(exitCodes.badUse);
      expect(existsSync(keyFile)).toBe(false);
      writeFileSync(keyFile, Buffer.alloc(32, 7), { mode: 0o600 });
      const wrong = await guituOn(restored, 'keys check --json');
      expect(wrong.code).toBe(exitCodes.broken);
      expect((JSON.parse(wrong.out) as { doNotUnwrap: number }).doNotUnwrap).toBeGreaterThan(persons);
      copyFileSync(path.join(original, 'keys', 'key-encryption-key'), keyFile);
      expect((await guituOn(restored, 'keys check')).code).toBe(exitCodes.fine);
    },
    WITHIN_MS,
  );

  it(
    'the restored service refuses to open without the ledger, and before the ledger was applied; so does the auditor',
    async () => {
      cpSync(path.join(original, 'sandbox'), path.join(restored, 'sandbox'), { recursive: true });
      expect(await refusal(restored)).toMatch(
        /^Guitu cannot start: the erasure ledger .* is not there, and without it nobody knows who was erased/,
      );
      cpSync(path.join(original, 'erasure-ledger'), path.join(restored, 'erasure-ledger'), { recursive: true });
      expect(await refusal(restored)).toMatch(
        /^Guitu cannot start: this key store is older than .*: keys of 8 erasures are in it again; apply the ledger first: guitu apply-erasures\.$/,
      );
      const replayed = await guituOn(restored, `replay ${cases[0]} --open --purpose AUDIT --reason drill`);
      expect([replayed.code, replayed.out]).toEqual([exitCodes.refused, '']);
      expect(replayed.err).toContain('guitu apply-erasures');
    },
    WITHIN_MS,
  );

  it(
    'after the ledger was applied none of the erased is readable in any way, and all the others are',
    async () => {
      const applied = await guituOn(restored, 'apply-erasures --json');
      expect(applied.err).toBe('');
      expect(JSON.parse(applied.out)).toMatchObject({ entries: erasedAfterBackup, alreadyApplied: 0, keys: expect.any(Number) });
      expect((JSON.parse(applied.out) as { ciphertexts: number }).ciphertexts).toBeGreaterThanOrEqual(erasedAfterBackup);
      const service = await start(restored);
      const client = await clientOf(service, restored);
      const readable: Record<string, number[]> = { api: [], replay: [], asOf: [], afterRebuild: [] };
      const look = async (way: string, text: (caseId: string) => Promise<string>): Promise<void> => {
        for (const [number, caseId] of cases.entries()) if ((await text(caseId)).includes(nameOf(number))) readable[way]?.push(number);
      };
      const overHttp = async (caseId: string): Promise<string> => {
        const first = inBackup.find(({ stream }) => stream === `case-${caseId}`);
        const answer = await client.get(police, `/v1/cases/${caseId}/events/${first?.id}`);
        expect(answer.status).toBe(200);
        return JSON.stringify(answer.body);
      };
      await look('api', overHttp);
      await look('replay', async (caseId) => {
        const replayed = await guituOn(restored, `replay ${caseId} --open --purpose AUDIT --reason drill`);
        expect(replayed.code).toBe(0);
        return replayed.out;
      });
      await look('asOf', async (caseId) => (await guituOn(restored, `replay ${caseId} --as-of 2100-01-01`)).out);
      expect((await guituOn(restored, 'rebuild --confirm')).code).toBe(0);
      await look('afterRebuild', overHttp);
      const others = cases.map((_, number) => number).slice(erasedAfterBackup);
      expect(readable).toEqual({ api: others, replay: others, asOf: [], afterRebuild: others });
      expect((await guituOn(restored, 'verify-read-models')).code).toBe(0);
      // The hashed bytes are as they were, also where the ciphertexts are gone.
      const records = await recordsIn(restored);
      expect(records.slice(0, inBackup.length).map(bytesOf)).toEqual(inBackup.map(bytesOf));
      const erased = new Set(cases.slice(0, erasedAfterBackup).map((caseId) => `case-${caseId}`));
      for (const { stream, secrets } of records) if (erased.has(stream)) expect(secrets).toEqual({});
    },
    WITHIN_MS,
  );

  it(
    'a ledger that is taken away or shortened later keeps the service shut; one that is lost for good is begun anew on purpose only',
    async () => {
      await stop();
      const ledger = path.join(restored, 'erasure-ledger', 'ledger.jsonl');
      const whole = readFileSync(ledger, 'utf8');
      writeFileSync(ledger, `${whole.trimEnd().split('\n').slice(0, -1).join('\n')}\n`);
      expect(await refusal(restored)).toMatch(/was shortened: it holds 7 erasures, and 8 were applied/);
      expect(await guituOn(restored, 'apply-erasures --ledger-lost --confirm')).toMatchObject({ code: exitCodes.broken });
      rmSync(ledger);
      expect(await guituOn(restored, 'apply-erasures')).toMatchObject({ code: exitCodes.refused });
      expect(await guituOn(restored, 'apply-erasures --ledger-lost')).toMatchObject({ code: exitCodes.refused });
      expect(await guituOn(restored, 'apply-erasures --ledger-lost --confirm')).toMatchObject({ code: 0, err: '' });
      await start(restored);
    },
    WITHIN_MS,
  );

  it(
    'a key file that is not there is not made anew beside stored keys',
    async () => {
      await stop();
      const keyFile = path.join(restored, 'keys', 'key-encryption-key');
      renameSync(keyFile, `${keyFile}.away`);
      expect(await refusal(restored)).toMatch(
        /the key file .* is not there, and the stored keys belong to the key-encryption key [0-9a-f]{16}/,
      );
      expect(existsSync(keyFile)).toBe(false);
      renameSync(`${keyFile}.away`, keyFile);
    },
    WITHIN_MS,
  );

  it(
    'the drill of the guide runs beside a service',
    async () => {
      await start(restored);
      const main = path.resolve(path.dirname(builtService()), '../../auditor/src/main.js');
      const drillShelf = path.join(root, 'drill-shelf');
      mkdirSync(drillShelf);
      const names = { DATA_FOLDER: restored, SHELF: drillShelf, DRILL: path.join(root, 'drill') };
      const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GUITU_')));
      const drill = spawn('sh', [path.resolve(__dirname, '../samples/drills/restore-drill.sh')], {
        env: { ...inherited, ...names, GUITU: `${process.execPath} ${main}` },
      });
      let said = '';
      for (const stream of [drill.stdout, drill.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
      const code = await new Promise((resolve) => drill.once('close', resolve));
      expect([code, said]).toEqual([0, expect.stringContaining('every key unwraps')]);
    },
    WITHIN_MS,
  );
});
