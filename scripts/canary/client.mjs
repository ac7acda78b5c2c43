// Talks to the service and shows the search everything that comes back, save what the API tells to those who are entitled to it.
import http from 'node:http';
import net from 'node:net';

const TIMEOUT_MS = 30_000;
const CONNECTIONS = 24;

/**
 * `client.send({ method, path, headers, body, entitled })`: `{ status, headers, body }`. Header values may hold any text: its UTF-8 bytes travel.
 * `entitled`: a body of status 200 may hold personal values; `onEntitled` gets it. Of every answer the head is searched, of all others the body, too.
 */
export function openClient({ port, look, onEntitled = () => undefined }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const counts = { answers: 0, unanswered: 0, byStatus: new Map(), faults: new Map() };
  const note = (request, { status, headers, body }) => {
    counts.answers += 1;
    counts.byStatus.set(status, (counts.byStatus.get(status) ?? 0) + 1);
    const what = `${request.what ?? request.method} answered with ${status}`;
    if (status >= 500) counts.faults.set(what, (counts.faults.get(what) ?? 0) + 1);
    look('headers of answers', what, headers);
    if (request.entitled === true && status === 200) onEntitled(body);
    else look(request.place ?? (status >= 400 ? 'bodies of errors' : 'answers to commands and of public pages'), what, body);
  };
  const send = (request) =>
    new Promise((resolve) => {
      const { method, path, headers = {}, body } = request;
      const raw = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value).toString('latin1')]));
      const asked = http.request({ host: '127.0.0.1', port, method, path, headers: raw, agent, timeout: TIMEOUT_MS }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => {
          const whole = {
            status: answer.statusCode,
            headers: Buffer.from(answer.rawHeaders.join('\n'), 'latin1'),
            body: Buffer.concat(parts),
          };
          note(request, whole);
          resolve({ status: whole.status, header: answer.headers, body: whole.body });
        });
        answer.on('error', () => resolve({ status: 0 }));
      });
      asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
      asked.on('error', () => {
        counts.unanswered += 1;
        resolve({ status: 0, header: {}, body: Buffer.alloc(0) });
      });
      if (body !== undefined) asked.write(body);
      asked.end();
    });
  /** Bytes that are no request; whatever comes back is searched. */
  const sendRaw = ({ what, bytes }) =>
    new Promise((resolve) => {
      const parts = [];
      const socket = net.connect(port, '127.0.0.1', () => socket.end(bytes));
      socket.setTimeout(TIMEOUT_MS, () => socket.destroy());
      socket.on('data', (part) => parts.push(part));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        counts.answers += 1;
        look('bodies of errors', `${what} on a bare connection`, Buffer.concat(parts));
        resolve();
      });
    });
  return { send, sendRaw, counts, close: () => agent.destroy() };
}

/** Runs tasks, so many at a time. */
export async function atATime(limit, tasks) {
  const waiting = tasks[Symbol.iterator]();
  const work = async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) await next.value();
  };
  await Promise.all(Array.from({ length: limit }, work));
}
