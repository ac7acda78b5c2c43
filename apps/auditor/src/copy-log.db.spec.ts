import { randomUUID } from 'node:crypto';
import { openEventStoreLog, openPostgresLog, type EventLog, type NewRecord } from '@guitu/event-log';
import { readSettings } from '@guitu/wiring';
import { startEventStoreDouble, type EventStoreDouble } from '../../../libs/event-log/src/testing/eventstore-double';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database-for-tests';
import { logDatabase, type LogDatabase } from '../../../test/support/log-database-for-tests';
import { exitCodes } from './exit-codes';
import { runGuitu } from './run-guitu';

const record = (): NewRecord => ({
  id: randomUUID(),
  type: 'PersonFound',
  schemaVersion: 1,
  envelope: Buffer.from('{"a":1}'),
  secrets: { d: 'c' },
});

let source: LogDatabase;
let empty: FreshDatabase;
let double: EventStoreDouble;
let log: EventLog;

beforeAll(async () => {
  [source, empty, double] = await Promise.all([logDatabase(), freshDatabase(), startEventStoreDouble()]);
  log = await openPostgresLog({ connectionString: source.appUrl });
  for (let version = 0; version < 6; version += 1)
    for (const stream of ['case-1', 'case-2']) await log.append(stream, version * 2, [record(), record()]);
});
afterAll(async () => {
  await log.close();
  await Promise.all([source.drop(), empty.drop(), double.stop()]);
});

async function guitu(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runGuitu(['copy-log', ...args], {
    terminal: { print: (text) => out.push(text), complain: (text) => err.push(text) },
    dataFolder: () => ({ path: '/nowhere', mode: undefined }),
    settings: () => readSettings({}),
    serviceUrl: () => 'http://127.0.0.1:1',
    open: async () => ({ log, close: async () => undefined }) as unknown as Awaited<ReturnType<Parameters<typeof runGuitu>[1]['open']>>,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

// In this order: each goes on with what the one before has left.
describe('guitu copy-log', () => {
  it('moves the log of PostgreSQL to EventStoreDB and tells what it has compared', async () => {
    const { code, out, err } = await guitu('--from', source.appUrl, '--to', double.url, '--json');
    expect({ code, err }).toEqual({ code: exitCodes.fine, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      records: 24,
      streams: 2,
      found: 0,
      copied: 24,
      position: '24',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('and back into an empty database, which gets its tables first, with the same digest', async () => {
    const there = JSON.parse((await guitu('--from', source.appUrl, '--to', double.url, '--json')).out) as { digest: string };
    const { code, out } = await guitu('--from', double.url, '--to', empty.superuserUrl);
    expect(code).toBe(exitCodes.fine);
    expect(out).toContain('24 条 records, 2 流 streams');
    expect(out).toContain(`sha256:${there.digest}`);
  });

  it('without --from copies the log of the data folder', async () => {
    await log.append('case-3', 0, [record()]);
    expect(JSON.parse((await guitu('--to', double.url, '--json')).out)).toMatchObject({ found: 24, copied: 1 });
  });

  it('goes on after a lost answer, which ends in exit code 5', async () => {
    await log.append('case-3', 1, [record()]);
    double.faults.appends.push('lose-answer');
    expect(await guitu('--to', double.url)).toMatchObject({ code: exitCodes.unavailable, out: '' });
    expect(JSON.parse((await guitu('--to', double.url, '--json')).out)).toMatchObject({ found: 26, copied: 0 });
  });

  it('is refused by a target with records of its own', async () => {
    const others = await openEventStoreLog({ connectionString: double.url });
    await others.append('case-9', 0, [record()]);
    await others.close();
    const { code, err } = await guitu('--to', double.url);
    expect(code).toBe(exitCodes.refused);
    expect(err).toContain('more than the 26 records of the source');
  });

  it('is refused where the login of --to is that of a service', async () => {
    const target = await logDatabase();
    const { code, err } = await guitu('--to', target.appUrl);
    expect(code).toBe(exitCodes.refused);
    expect(err).toContain('the owner of the log');
    await target.drop();
  });

  it.each([
    [[], 'wants --to'],
    [['--to', 'mysql://root:hidden-word@host/db'], 'the address of a log is like'],
    [['--from', 'esdb://a?tls=false', '--to', 'esdb://a?tls=false'], 'the same log'],
    [['--to', 'esdb://host:2113'], 'wants a user and a password'],
    [['--to', 'esdb://user:hidden-word@host:2113?tls=perhaps'], 'unknown option'],
  ])('%j is bad use, and no address is repeated', async (args, words) => {
    const { code, err } = await guitu(...args);
    expect(code).toBe(exitCodes.badUse);
    expect(err).toContain(words);
    expect(err).not.toContain('hidden-word');
  });

  it('a target that nobody answers for ends in exit code 5', async () => {
    expect(await guitu('--to', 'esdb://127.0.0.1:1?tls=false')).toMatchObject({ code: exitCodes.unavailable });
    expect(await guitu('--to', 'postgres://a:b@127.0.0.1:1/c')).toMatchObject({ code: exitCodes.unavailable });
  });
});
