import { WrongEventStoreUrl } from '../errors';

/** `address` is the connection string as the client takes it. */
export type ServerAddress = Readonly<{ address: string; credentials: Readonly<{ username: string; password: string }> }>;

const shape = /^esdb(\+discover)?:\/\/(?:([^:@/]+):([^@]+)@)?([^/?#@]+)\/?(\?[^#]*)?$/;
/** The client asks for some user before it appends in the plain way; without TLS the server is not told. */
const nobody = { username: 'guitu', password: 'none' };

/**
 * `esdb://host:port?tls=false`, `esdb://user:password@host:port`, `esdb+discover://user:password@cluster:port`, or several hosts with commas.
 * Of a cluster the leader is asked, because only the leader knows what was appended last.
 * @throws WrongEventStoreUrl
 */
export function serverAddress(connectionString: string): ServerAddress {
  const [, discover, username, password, hosts = '', query = ''] = shape.exec(connectionString.trim()) ?? [];
  if (hosts === '')
    throw new WrongEventStoreUrl('an EventStoreDB address is like esdb://user:password@host:2113 or esdb://host:2113?tls=false');
  const given = new URLSearchParams(query);
  const named = (name: string) => [...given.keys()].some((key) => key.toLowerCase() === name);
  if (username === undefined && given.get('tls') !== 'false')
    throw new WrongEventStoreUrl('an EventStoreDB with TLS wants a user and a password in its address');
  const isCluster = discover !== undefined || hosts.includes(',');
  const preference = isCluster && !named('nodepreference') ? `${query === '' ? '?' : '&'}nodePreference=leader` : '';
  return {
    address: `${connectionString.trim()}${preference}`,
    credentials: username === undefined ? nobody : { username: decoded(username), password: decoded(password ?? '') },
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new WrongEventStoreUrl('user and password in an EventStoreDB address are percent-encoded');
  }
}
