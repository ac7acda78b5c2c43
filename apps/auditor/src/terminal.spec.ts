import { PassThrough, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { asJson, terminalOn } from './terminal';

/** A pipe whose reader has gone. */
const closedPipe = (code: string): Writable & { writes: number } => {
  const pipe = Object.assign(
    new Writable({
      autoDestroy: false,
      write: (_chunk, _encoding, done) => {
        pipe.writes += 1;
        done(Object.assign(new Error(code), { code }));
      },
    }),
    { writes: 0 },
  );
  return pipe;
};

describe('the terminal', () => {
  it('prints results and complaints to different sides, a line each', () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const terminal = terminalOn({ stdout, stderr });
    terminal.print('结果');
    terminal.complain('错误');
    expect([String(stdout.read()), String(stderr.read())]).toEqual(['结果\n', '错误\n']);
  });

  it('falls silent when its reader has gone, and throws nothing', async () => {
    const stdout = closedPipe('EPIPE');
    const terminal = terminalOn({ stdout, stderr: new PassThrough() });
    terminal.print('one');
    await setImmediate();
    terminal.print('two');
    expect(stdout.writes).toBe(1);
  });

  it('prints positions as text in JSON, since they go beyond the safe numbers', () => {
    expect(JSON.parse(asJson({ position: 9_007_199_254_740_993n }))).toEqual({ position: '9007199254740993' });
  });
});
