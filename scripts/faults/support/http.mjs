import { Agent, request } from 'node:http';

const ANSWER_WITHIN_MS = 20_000;

/** Connections that are used again; nothing is ever sent twice by itself. */
export const openAgent = (connections) => new Agent({ keepAlive: true, maxSockets: connections });

/** One POST. Rejects when no answer came: the request may have been carried out or not. */
export function post(url, { path, token, key, body, agent }) {
  const text = JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'idempotency-key': key,
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method: 'POST', agent, headers, timeout: ANSWER_WITHIN_MS }, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('error', reject);
      answer.on('aborted', () => reject(new Error('the answer was cut off')));
      answer.on('end', () => {
        const content = Buffer.concat(pieces).toString();
        try {
          resolve({ status: answer.statusCode, body: content === '' ? {} : JSON.parse(content) });
        } catch (error) {
          reject(error);
        }
      });
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('error', reject);
    sent.end(text);
  });
}
