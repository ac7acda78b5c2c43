import { createServer, type Server } from 'node:http';
import type { Settings } from './settings';

/** How a process without an API is doing. `lease`: whether it does the work now or stands by for the one that does. */
export type ProcessHealth = Readonly<{ lease: 'held' | 'waiting'; position?: string; fault: string | null }>;

const headersWithinMs = 5_000;

/** Answers GET /health/live, and /health/ready with 503 while there is a fault: standing by is being ready. @throws EADDRINUSE and the like */
export async function serveHealth({ host, port }: Settings, health: () => ProcessHealth): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = request.method === 'GET' ? answerTo(request.url ?? '', health) : undefined;
    response.writeHead(answer?.status ?? 404, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    response.end(JSON.stringify(answer?.body ?? { status: 'not-found' }));
  });
  server.headersTimeout = headersWithinMs;
  server.requestTimeout = headersWithinMs;
  await listening(server, port, host);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerTo(url: string, health: () => ProcessHealth): Readonly<{ status: number; body: object }> | undefined {
  if (url === '/health/live') return { status: 200, body: { status: 'live' } };
  if (url !== '/health/ready') return undefined;
  const { fault, ...told } = health();
  // A fault's message can hold anything; its class cannot.
  const name = fault === null ? null : (/^[A-Za-z]{1,60}(?=:|$)/.exec(fault)?.[0] ?? 'fault');
  return { status: fault === null ? 200 : 503, body: { status: fault === null ? 'ready' : 'not-ready', ...told, fault: name } };
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}
