import { EventEmitter } from 'node:events';
import { readDataSource } from './database';

describe('a new connection of the read models', () => {
  it('that the server ends before anybody uses it does not end the process', () => {
    const { extra } = readDataSource('postgres://guitu_read@127.0.0.1/guitu', 1).options as {
      extra: { verify: (connection: EventEmitter, done: () => void) => void };
    };
    const connection = new EventEmitter();
    let given = false;
    extra.verify(connection, () => (given = true));
    expect(given).toBe(true);
    expect(() => connection.emit('error', new Error('terminating connection due to unexpected postmaster exit'))).not.toThrow();
  });
});
