// Stands between a process and PostgreSQL, counts what the process really sends (BEGIN and COMMIT too), and ends it at a chosen statement.
import net from 'node:net';

/** Messages that end a statement: a simple query, or the Sync after parse, bind and execute. */
const ends = new Set(['Q', 'S']);
const ready = 'Z';

/**
 * A proxy on a port of its own. `at` counts statements from 1 over all connections; without it nothing is cut. `when` is 'before' (the server never
 * sees the statement) or 'after' (the server has carried it out, its answer is lost). `onCut` runs before the connections go. `state.ports` are those
 * that the server sees; `state.onStatement` is called before each statement goes on.
 */
export async function openProxy({ url, at = Infinity, when = 'before', onCut = () => undefined }) {
  const target = new URL(url);
  const state = { statements: 0, cut: false, sockets: new Set(), ports: new Set(), onStatement: () => undefined };
  const cut = () => {
    state.cut = true;
    onCut();
    for (const socket of state.sockets) socket.destroy();
  };
  const server = net.createServer((client) => {
    if (state.cut) return client.destroy();
    const upstream = net.connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    for (const socket of [client, upstream]) state.sockets.add(socket.setNoDelay(true).on('error', () => undefined));
    upstream.on('connect', () => state.ports.add(upstream.localPort));
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    pass({ client, upstream }, { at, when, state, cut });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxied = new URL(url);
  proxied.hostname = '127.0.0.1';
  proxied.port = String(server.address().port);
  const close = () => {
    for (const socket of state.sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: proxied.toString(), state, close };
}

function pass({ client, upstream }, { at, when, state, cut }) {
  let lastSent = 0;
  let unit = [];
  const fromClient = messages({ startup: true });
  const fromServer = messages({ startup: false });
  client.on('data', (chunk) => {
    for (const { type, bytes } of fromClient(chunk)) {
      unit.push(bytes);
      if (type === 'B' || type === 'P' || type === 'D' || type === 'E') continue;
      if (ends.has(type)) lastSent = state.statements += 1;
      if (ends.has(type) && state.statements === at && when === 'before') return cut();
      if (ends.has(type)) state.onStatement();
      upstream.write(Buffer.concat(unit));
      unit = [];
    }
  });
  upstream.on('data', (chunk) => {
    const answered = fromServer(chunk);
    if (lastSent === at && when === 'after' && answered.some(({ type }) => type === ready)) return cut();
    client.write(chunk);
  });
}

/** Cuts a stream of bytes into the messages of PostgreSQL's protocol: a letter and a length, without the letter at the very beginning. */
function messages({ startup }) {
  let rest = Buffer.alloc(0);
  let untyped = startup;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const found = [];
    for (;;) {
      const start = untyped ? 0 : 1;
      if (rest.length < start + 4) return found;
      const end = start + rest.readUInt32BE(start);
      if (rest.length < end) return found;
      found.push({ type: untyped ? 'startup' : String.fromCharCode(rest[0]), bytes: rest.subarray(0, end) });
      untyped = false;
      rest = rest.subarray(end);
    }
  };
}
