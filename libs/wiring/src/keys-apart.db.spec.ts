import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '@guitu/event-log';
import { CommandDesk, commandId, openedCaseId, readHistory } from '@guitu/history';
import { sealedValuesIn } from '@guitu/personal-data';
import { caseStream, type AnyStreamKind } from '@guitu/rescue';
import { directory } from '../../rescue/src/testing/agencies';
import { freshDatabase, serverOfOnesOwn } from '../../../test/support/database-for-tests';
import { openHouse, type House } from './open-house';
import { openLogOnly } from './open-log-only';
import { readSettings, type Settings } from './settings';

const kind = caseStream as unknown as AnyStreamKind;
const by = { agency: 'taicang-police', user: 'u1', client: 'c1', role: 'staff' } as const;

let server: Awaited<ReturnType<typeof serverOfOnesOwn>>;
let folder: string;
let urls: Readonly<{ log: string; keys: string }>;
let house: House | undefined;

beforeAll(async () => {
  server = await serverOfOnesOwn({});
  folder = mkdtempSync(path.join(tmpdir(), 'guitu-keys-apart-'));
  const [log, keys] = [await freshDatabase(server.superuserUrl), await freshDatabase(server.superuserUrl)];
  urls = { log: log.superuserUrl, keys: keys.superuserUrl };
}, 120_000);
afterEach(async () => {
  await house?.close();
  house = undefined;
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const settingsWith = (more: Readonly<Record<string, string>>): Settings =>
  readSettings({ GUITU_DATA_FOLDER: folder, GUITU_POSTGRES_URL: urls.log, ...more });
const apart = (more: Readonly<Record<string, string>> = {}): Settings => settingsWith({ GUITU_KEY_DATABASE_URL: urls.keys, ...more });

async function schemasAt(url: string): Promise<readonly string[]> {
  const database = openDatabase({ connectionString: url, poolSize: 1 });
  try {
    const rows = await database.query<{ name: string }>(
      `select nspname as name from pg_namespace where nspname in ('event_log', 'personal_data', 'read_models') order by 1`,
    );
    return rows.map(({ name }) => name);
  } finally {
    await database.close();
  }
}

/** Gives a command with the log and the keys of the house; its directory of agencies is still empty. */
async function recordEncounter({ log, keyring }: House): Promise<string> {
  const place = { division: '320585', text: '太仓市上海路' };
  const data = { place, source: 'POLICE_PATROL', apparentSex: 'MALE', apparentAgeBand: 'FROM_19_TO_59', conditions: [] };
  const at = '2020-10-12T08:40:00+08:00';
  const id = commandId(by.agency, by.client, 'key-1');
  const streamId = openedCaseId(id);
  const desk = new CommandDesk({ log, keyring, world: () => ({ now: at, directory }) });
  await desk.give({ kind, streamId, command: { type: 'RecordEncounter', data, by, at }, commandId: id, requestText: 'key-1' });
  return `case-${streamId}`;
}

describe('a database for the keys alone', () => {
  it('holds the keys, and the database of the log holds none', async () => {
    house = await openHouse(apart());
    expect(await schemasAt(urls.log)).toEqual(['event_log', 'read_models']);
    expect(await schemasAt(urls.keys)).toEqual(['personal_data']);
  });

  it('opens what was sealed, also in a process beside the service and with the other suite', async () => {
    house = await openHouse(apart({ GUITU_SEALING_SUITE: 'SM4-CTR-HMAC-SM3', GUITU_KEY_CACHE_KEYS: '0' }));
    const stream = await recordEncounter(house);
    const { events } = await readHistory(house.log, kind, stream);
    expect(new Set(sealedValuesIn(events[0]!.data).map(({ $sealed }) => $sealed.a))).toEqual(new Set(['SM4-CTR-HMAC-SM3']));
    const beside = await openLogOnly(apart());
    expect((await (await beside.openKeyring()).subjectsOf(stream)).map(({ role }) => role)).toEqual(['person']);
    await beside.close();
  });

  it('cannot be left out later: the values would seem to be erased', async () => {
    await expect(openHouse(settingsWith({}))).rejects.toMatchObject({ code: 'keys-elsewhere' });
  });

  it('cannot be named later, for the same reason', async () => {
    const other = await freshDatabase(server.superuserUrl);
    const own = mkdtempSync(path.join(tmpdir(), 'guitu-keys-beside-'));
    const passwords = { GUITU_ROLE_PASSWORDS_FILE: path.join(folder, 'keys', 'role-passwords.json') };
    const beside = { GUITU_DATA_FOLDER: own, GUITU_POSTGRES_URL: other.superuserUrl, ...passwords };
    await (await openHouse(readSettings(beside))).close();
    await expect(openHouse(readSettings({ ...beside, GUITU_KEY_DATABASE_URL: urls.keys }))).rejects.toMatchObject({
      code: 'keys-elsewhere',
    });
    rmSync(own, { recursive: true, force: true });
  });
});
