import { createServer } from 'node:net';

export const address = '127.0.0.1';

/** Whether a server of ours could listen there at this moment. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: address, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: address, exclusive: true }, () => {
      const bound = server.address();
      server.close(() => (bound && typeof bound === 'object' ? resolve(bound.port) : reject(new Error('no free port'))));
    });
  });
}
