import { openJwks } from '@guitu/access';
import { LogUnavailable } from '@guitu/event-log';
import { sentenceFor } from './cannot-start';
import { openDataFolder } from './data-folder';
import { oneOfSeveral } from './one-of-several';
import { readSettings } from './settings';

const said = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return sentenceFor(error);
  }
  throw new Error('Nothing was refused.');
};

describe('who cannot start says why in one sentence', () => {
  it('a key set of the issuer that is not there', () =>
    expect(said(() => openJwks({ file: '/nowhere/jwks.json' }))).toBe(
      'Guitu cannot start: The key set /nowhere/jwks.json cannot be used: it cannot be read.',
    ));

  it('a data folder that cannot be made', () =>
    expect(said(() => openDataFolder('/proc/guitu/data', 'live'))).toMatch(
      /^Guitu cannot start: The data folder \/proc\/guitu\/data cannot be used: E/,
    ));

  it('a port in use, by its number', () => {
    const busy = Object.assign(new Error('listen'), { code: 'EADDRINUSE', port: 3000, address: '127.0.0.1' });
    expect(sentenceFor(busy)).toContain('port 3000 on 127.0.0.1 is in use; choose another one with GUITU_PORT');
  });

  it('an event log that does not answer, by its reason alone', () =>
    expect(sentenceFor(new LogUnavailable('unreachable', 'at esdb://admin:hidden@store'))).toBe(
      'Guitu cannot start: the event log cannot be opened (unreachable).',
    ));

  it('a process of several without a database that they share', () =>
    expect(said(() => oneOfSeveral(readSettings({})))).toContain('set GUITU_POSTGRES_URL'));

  it('a process of several in a sandbox, whose clock one process moves', () => {
    const settings = readSettings({ GUITU_MODE: 'sandbox', GUITU_POSTGRES_URL: 'postgres://guitu@db:5432/guitu' });
    expect(said(() => oneOfSeveral(settings))).toContain('A sandbox and its hand-moved clock run in one process');
  });

  it('and never the message of a stranger, which may hold values', () => {
    const driver = Object.assign(new Error('password "hidden" is wrong'), { code: '28P01' });
    expect(sentenceFor(driver)).not.toContain('hidden');
    expect(sentenceFor(driver)).toContain('28P01');
  });
});
