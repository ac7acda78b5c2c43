import { connect, createServer } from 'node:net';

const LONGEST_BEFORE_MS = 12;

/**
 * A TCP proxy before a service on this machine. Of the requests it passes on, the part `cutPart` never gets its answer: in half of these the
 * connection is cut when the answer arrives (the service has done its work), in half a few milliseconds after the request (who knows).
 * A client sends one request at a time on a connection, as HTTP/1.1 clients do.
 */
export async function openCuttingProxy(port, { random, cutPart }) {
  const cuts = { before: 0, after: 0 };
  const open = new Set();
  const server = createServer((client) => {
    const service = connect(port, '127.0.0.1');
    let answering = true;
    let loseAnswer = false;
    const end = () => {
      open.delete(client);
      client.destroy();
      service.destroy();
    };
    const cut = (kind) => {
      if (!open.has(client)) return;
      cuts[kind] += 1;
      end();
    };
    open.add(client);
    client.on('data', (bytes) => {
      const begins = answering;
      answering = false;
      service.write(bytes);
      if (!begins || random() >= cutPart) return;
      if (random() < 0.5) loseAnswer = true;
      else setTimeout(() => !answering && cut('before'), random() * LONGEST_BEFORE_MS);
    });
    service.on('data', (bytes) => {
      if (loseAnswer) return cut('after');
      answering = true;
      return client.write(bytes);
    });
    for (const socket of [client, service]) {
      socket.on('error', end);
      socket.on('close', end);
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    cuts: () => ({ ...cuts }),
    close: () =>
      new Promise((resolve) => {
        for (const client of open) client.destroy();
        server.close(resolve);
      }),
  };
}
