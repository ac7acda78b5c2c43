import { inspect } from 'node:util';
import { readSettings, settingVariables, WrongSettings } from './settings';

const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof WrongSettings) return error.faults;
    throw error;
  }
  return [];
};

describe('settings', () => {
  it('have defaults for the embedded case', () => {
    const settings = readSettings({ PATH: '/bin' });
    expect(settings).toMatchObject({ mode: 'live', host: '127.0.0.1', port: 3000, postgresPort: 0 });
    expect(settings.dataFolder.endsWith('.guitu')).toBe(true);
  });

  it('name all faults at once', () => {
    const faults = faultsOf({ GUITU_PORT: 'abc', GUITU_MODE: 'yes', GUITU_HOST: 'nowhere', GUITU_POSTGRES_URL: 'mysql://x' });
    expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
      'GUITU_HOST',
      'GUITU_MODE',
      'GUITU_PORT',
      'GUITU_PORT',
      'GUITU_PORT',
      'GUITU_POSTGRES_URL',
    ]);
  });

  it.each(['0', '99999', '1e3', ' 3000', '"3000"', '', '-1'])('refuse %p as a port', (port) => {
    expect(faultsOf({ GUITU_PORT: port })).not.toEqual([]);
  });

  it('refuse an unknown variable, so that a typing error is no silent default', () => {
    expect(faultsOf({ GUITU_PROT: '3000' })).toEqual(['GUITU_PROT is not a setting of Guitu']);
  });

  it('never print a secret, neither when right nor when wrong', () => {
    const settings = readSettings({ GUITU_POSTGRES_URL: 'postgres://owner:hidden-word@db:5432/guitu' });
    expect(`${JSON.stringify(settings)} ${inspect(settings)} ${String(settings.postgresUrl)}`).not.toContain('hidden-word');
    expect(faultsOf({ GUITU_POSTGRES_URL: 'hidden-word' }).join()).not.toContain('hidden-word');
  });

  it('want the address of EventStoreDB where the log lies there, and nowhere else', () => {
    const address = 'esdb://admin:hidden-word@store:2113?tls=true';
    expect(readSettings({ GUITU_EVENT_LOG: 'eventstoredb', GUITU_EVENTSTORE_URL: address })).toMatchObject({ eventLog: 'eventstoredb' });
    expect(faultsOf({ GUITU_EVENT_LOG: 'eventstoredb' })).toEqual(['GUITU_EVENTSTORE_URL is wanted by GUITU_EVENT_LOG=eventstoredb']);
    expect(faultsOf({ GUITU_EVENTSTORE_URL: address })).toEqual(['GUITU_EVENTSTORE_URL is used by GUITU_EVENT_LOG=eventstoredb alone']);
    const wrong = faultsOf({ GUITU_EVENT_LOG: 'eventstoredb', GUITU_EVENTSTORE_URL: 'http://admin:hidden-word@store' });
    expect(wrong).toEqual([expect.stringMatching(/^GUITU_EVENTSTORE_URL: /)]);
    expect(wrong.join()).not.toContain('hidden-word');
  });

  it.each(['esdb://one:2113,two:2113,three:2113?tls=true', 'esdb+discover://cluster.example:2113'])('take a cluster: %s', (address) => {
    expect(faultsOf({ GUITU_EVENT_LOG: 'eventstoredb', GUITU_EVENTSTORE_URL: address })).toEqual([]);
  });

  it('say how personal values are sealed, how many keys are remembered, and where keys lie', () => {
    expect(readSettings({})).toMatchObject({ sealingSuite: 'A256GCM', keyCacheKeys: 10_000, keyCacheSeconds: 60 });
    const keys = 'postgres://owner:hidden-word@vault:5432/keys';
    const given = { GUITU_SEALING_SUITE: 'SM4-CTR-HMAC-SM3', GUITU_KEY_CACHE_KEYS: '0', GUITU_KEY_DATABASE_URL: keys };
    const settings = readSettings(given);
    expect(settings).toMatchObject({ sealingSuite: 'SM4-CTR-HMAC-SM3', keyCacheKeys: 0 });
    expect(`${JSON.stringify(settings)} ${inspect(settings)}`).not.toContain('hidden-word');
    const wrong = faultsOf({
      GUITU_SEALING_SUITE: 'ROT13',
      GUITU_KEY_CACHE_KEYS: '1000001',
      GUITU_KEY_DATABASE_URL: 'mysql://hidden-word',
    });
    expect(wrong.map((fault) => fault.split(':')[0])).toEqual(['GUITU_KEY_CACHE_KEYS', 'GUITU_SEALING_SUITE', 'GUITU_KEY_DATABASE_URL']);
    expect(wrong.join()).not.toContain('hidden-word');
  });

  it('cannot be changed once read', () => {
    const settings = readSettings({}) as { port: number };
    expect(() => {
      settings.port = 1;
    }).toThrow(TypeError);
  });

  it('are listed by the name of their variables', () => {
    expect(settingVariables).toContain('GUITU_POSTGRES_URL');
    expect(settingVariables).toContain('GUITU_DATA_FOLDER');
  });
});
