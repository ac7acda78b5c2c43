import { WrongEventStoreUrl } from '../errors';
import { serverAddress } from './server-address';

describe('the address of an EventStoreDB', () => {
  it.each([
    ['esdb://localhost:2113?tls=false', 'esdb://localhost:2113?tls=false', 'guitu'],
    ['esdb://admin:p%40ss@db:2113', 'esdb://admin:p%40ss@db:2113', 'admin'],
    ['esdb://admin:x@a,b,c', 'esdb://admin:x@a,b,c?nodePreference=leader', 'admin'],
    ['esdb+discover://admin:x@cluster:2113?tls=true', 'esdb+discover://admin:x@cluster:2113?tls=true&nodePreference=leader', 'admin'],
    ['esdb://admin:x@a,b?nodePreference=follower', 'esdb://admin:x@a,b?nodePreference=follower', 'admin'],
    [' esdb://127.0.0.1:2113/?tls=false ', 'esdb://127.0.0.1:2113/?tls=false', 'guitu'],
  ])('%s is taken, and of a cluster the leader', (given, address, username) => {
    expect(serverAddress(given)).toMatchObject({ address, credentials: { username } });
  });

  it('has its user and password decoded', () => {
    expect(serverAddress('esdb://ad%3Amin:p%40ss@db').credentials).toEqual({ username: 'ad:min', password: 'p@ss' });
  });

  it.each([
    '',
    'localhost:2113',
    'postgres://a:hidden-word@b/c',
    'esdb://',
    'esdb://user:hidden-word@',
    'esdb://localhost:2113',
    'esdb://a:%E0%A4@b',
  ])('%j is refused without being repeated', (given) => {
    let failure: unknown;
    try {
      serverAddress(given);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(WrongEventStoreUrl);
    expect((failure as Error).message).not.toContain('hidden-word');
  });
});
