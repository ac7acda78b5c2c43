import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findRunningPostgres } from '@guitu/embedded-postgres';
import { openDatabase, openPostgresLog } from '@guitu/event-log';
import { Follower } from '@guitu/history';
import { openKeyFile, sqlKeyStore } from '@guitu/personal-data';
import { openReadModels, smallestPool } from '@guitu/read-models';
import { modeOf, openDataFolder, openLogOnly, readSettings } from '@guitu/wiring';
import { openMigratedDatabase, type OpenedDatabase } from '../../../libs/wiring/src/open-database';
import { caseId, lateAnswer, playedCase, shortCase } from './case-for-specs';
import { exitCodes } from './exit-codes';
import { runGuitu } from './run-guitu';

const root = mkdtempSync(path.join(tmpdir(), 'guitu-auditor-'));
const dataFolder = path.join(root, 'data');
const settings = readSettings({ GUITU_DATA_FOLDER: dataFolder, GUITU_MODE: 'sandbox' });
const postgres = path.join(dataFolder, 'postgres');

type Ended = Readonly<{ code: number; out: string; err: string }>;
async function guitu(line: string, folder = dataFolder): Promise<Ended> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runGuitu(line.split(' '), {
    terminal: { print: (text) => out.push(text), complain: (text) => err.push(text) },
    dataFolder: () => ({ path: folder, mode: modeOf(folder) }),
    settings: () => readSettings({ GUITU_DATA_FOLDER: folder }),
    serviceUrl: () => 'http://127.0.0.1:1',
    open: ({ databaseUrl }) => openLogOnly(readSettings({ GUITU_DATA_FOLDER: folder }), databaseUrl),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

let service: OpenedDatabase | undefined;
const asSuperuser = async (statement: string): Promise<void> => {
  const database = openDatabase({ connectionString: findRunningPostgres(postgres)!.superuserUrl, poolSize: 1 });
  await database.query(statement).finally(() => database.close());
};

/** What a service leaves in its data folder: a case in the log, keys, and read models up to its end. */
async function serve({ urlFor }: OpenedDatabase): Promise<void> {
  const keys = openDatabase({ connectionString: urlFor('guitu_keys'), poolSize: 1 });
  const keyEncryptionKey = await openKeyFile(path.join(dataFolder, 'keys', 'key-encryption-key'));
  const { log } = await playedCase([...shortCase, ...lateAnswer], {
    openLog: (clock) => openPostgresLog({ connectionString: urlFor('guitu_log'), clock }),
    store: sqlKeyStore(keys),
    keyEncryptionKey,
  });
  const readModels = await openReadModels({ url: urlFor('guitu_read'), poolSize: smallestPool });
  await readModels.prepare();
  await new Follower(log, readModels.projection).catchUp();
  await readModels.close();
  await log.close();
  await keys.close();
}

beforeAll(async () => {
  openDataFolder(dataFolder, 'sandbox');
  service = await openMigratedDatabase(settings);
  await serve(service);
});
afterAll(async () => {
  await service?.stop();
  rmSync(root, { recursive: true, force: true });
});

// In this order: first beside a running service, then without one.
describe('guitu on PostgreSQL', () => {
  it('replays beside the running service, whose database goes on', async () => {
    const { code, out, err } = await guitu(`replay ${caseId}`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('链条完整');
    expect(out).toContain('太仓市公安局娄东派出所（taicang-police）');
    expect(findRunningPostgres(postgres)).toBeDefined();
  });

  it('opens personal values with the key file of the data folder', async () => {
    expect((await guitu(`replay ${caseId} --open --reason inspection`)).out).toContain('claims.name 王秀英');
  });

  it('needs nothing but a login that may read the log', async () => {
    await asSuperuser(`create role auditor_only login password 'auditor-only';
      grant usage on schema event_log to auditor_only; grant select on event_log.record, event_log.applied_migration to auditor_only`);
    const url = new URL(findRunningPostgres(postgres)!.superuserUrl);
    url.username = 'auditor_only';
    url.password = 'auditor-only';
    const nowhere = path.join(root, 'nowhere');
    expect((await guitu(`explain ${caseId} D-I4-1 --database-url ${url.toString()}`, nowhere)).out).toContain('第5个工作日2020-10-19');
    expect(await guitu(`replay ${caseId} --open --reason x --database-url ${url.toString()}`, nowhere)).toMatchObject({
      code: exitCodes.badUse,
    });
    url.password = 'wrong';
    const denied = await guitu(`replay ${caseId} --database-url ${url.toString()}`, nowhere);
    expect(denied).toMatchObject({ code: exitCodes.unavailable, out: '' });
    expect(existsSync(nowhere)).toBe(false);
  });

  it('lists what an erasure would destroy, and tells nothing of it', async () => {
    const { code, out } = await guitu(`erase ${caseId} --dry-run --json --class identity --person person`);
    expect(code).toBe(0);
    const plan = JSON.parse(out) as { keys: number; values: number; rows: Record<string, number> };
    expect(plan).toMatchObject({ keys: 1, classes: ['identity'], persons: ['person'], held: false, underWay: null });
    expect(plan.values).toBeGreaterThan(0);
    expect(plan.rows['timeline']).toBeGreaterThan(0);
    expect(out).not.toContain('王秀英');
    expect((await guitu(`erase ${caseId} --dry-run`)).out).toContain('删除预览');
  });

  it('finds no difference between the read models and the log', async () => {
    const { code, out } = await guitu('verify-read-models --json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ differing: 0, events: 22, position: '22' });
  });

  it('finds a row that somebody changed, and rebuilds it from the log', async () => {
    await asSuperuser(`do $$ declare place text; begin
      select format('%I.%I', table_schema, table_name) into place from information_schema.tables
        where table_name = 'duty' and table_type = 'BASE TABLE';
      execute format('update %s set owed_by = ''nobody'' where duty_id = ''D-P2-1''', place); end $$`);
    const found = await guitu('verify-read-models');
    expect(found.code).toBe(exitCodes.broken);
    expect(found.out).toMatch(/duty \[case-.* D-P2-1\] 列不同 columns differ: owed_by/);
    expect(found.out).not.toContain('nobody');
    const rebuilt = await guitu('rebuild');
    expect(rebuilt.code).toBe(exitCodes.broken);
    expect(rebuilt.out).toContain('the old rows are kept as generation 1');
    expect((await guitu('verify-read-models')).code).toBe(0);
    expect((await guitu('rebuild')).code).toBe(0);
  });

  it('starts the database for itself when no service runs, and leaves none behind', async () => {
    await service?.stop();
    service = undefined;
    expect(findRunningPostgres(postgres)).toBeUndefined();
    expect((await guitu(`replay ${caseId} --as-of 2020-10-12`)).out).toContain('照管 太仓市救助管理站（taicang-station）');
    expect(findRunningPostgres(postgres)).toBeUndefined();
    expect((await guitu('replay no-such-case')).code).toBe(exitCodes.badUse);
    expect(findRunningPostgres(postgres)).toBeUndefined();
  });

  it('finds a record that an administrator changed behind the back of everybody', async () => {
    service = await openMigratedDatabase(settings);
    await asSuperuser(`alter table event_log.record disable trigger no_update;
      update event_log.record set envelope = convert_to(replace(convert_from(envelope, 'UTF8'), 'GUIDED', 'INFORMED'), 'UTF8')
        where type = 'PersonInformedOfHelp'`);
    const { code, err } = await guitu(`replay ${caseId}`);
    expect(code).toBe(exitCodes.broken);
    expect(err).toContain('第6条 version 6 [leaf-mismatch]');
  });

  it('answers a folder in which no service has worked with exit code 2, and makes nothing there', async () => {
    const nowhere = path.join(root, 'nowhere');
    expect((await guitu(`replay ${caseId}`, nowhere)).code).toBe(exitCodes.badUse);
    expect(existsSync(nowhere)).toBe(false);
    const empty = mkdtempSync(path.join(root, 'empty-'));
    writeFileSync(path.join(empty, 'mode'), 'sandbox\n');
    expect((await guitu(`replay ${caseId}`, empty)).code).toBe(exitCodes.badUse);
    expect(existsSync(path.join(empty, 'postgres'))).toBe(false);
  });

  it('throws the read models away only with --confirm, and then they want a start of the service', async () => {
    expect(await guitu('forget-read-models')).toMatchObject({ code: exitCodes.refused, out: '' });
    expect(await guitu('forget-read-models --confirm')).toMatchObject({ code: 0, err: '' });
    expect((await guitu('verify-read-models')).err).toContain('尚无查询表');
  });
});
