import type { Writable } from 'node:stream';

/** Where a command writes: results to one side, complaints to the other. */
export type Terminal = Readonly<{ print: (text: string) => void; complain: (text: string) => void }>;

/** JSON with positions as text: they go beyond what a number of JSON holds safely. */
export const asJson = (value: unknown): string =>
  JSON.stringify(
    value,
    (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner instanceof Set ? [...inner] : inner),
    2,
  );

/** These streams, such as those of the process. A reader that has gone (`guitu … | head`) ends the printing quietly; the command still closes what it opened. */
export function terminalOn(streams: Readonly<{ stdout: Writable; stderr: Writable }>): Terminal {
  const write = (stream: Writable): ((text: string) => void) => {
    let closed = false;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      closed = true;
    });
    return (text) => {
      if (!closed) stream.write(`${text}\n`);
    };
  };
  return { print: write(streams.stdout), complain: write(streams.stderr) };
}
