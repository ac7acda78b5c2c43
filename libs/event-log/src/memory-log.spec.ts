import { describeEventLog } from './contract';
import { newRecord } from './contract/records';
import { openMemoryLog } from './memory-log';

describeEventLog('memory', async () => {
  const log = openMemoryLog();
  return { log, idsAreUniqueIn: 'log', openAnother: async () => openMemoryLog(), close: () => log.close() };
});

describe('the memory log', () => {
  it('takes its time from a clock that is moved by hand', async () => {
    let now = '2020-10-20T08:00:00.000Z';
    const log = openMemoryLog({ clock: () => now });
    expect((await log.append('case-1', 0, [newRecord()])).recordedAt).toBe(now);
    now = '2020-10-23T16:00:00.000Z';
    expect((await log.append('case-1', 1, [newRecord()])).recordedAt).toBe(now);
    expect((await log.read('case-1'))[0]!.recordedAt).toBe('2020-10-20T08:00:00.000Z');
  });

  it('numbers positions without holes', async () => {
    const log = openMemoryLog();
    await log.append('case-1', 0, [newRecord(), newRecord()]);
    await log.append('case-2', 0, [newRecord()]);
    expect((await log.readAll(0n, 10)).map((record) => record.position)).toEqual([1n, 2n, 3n]);
  });

  it('a listener that throws fails no append', async () => {
    const log = openMemoryLog();
    const failures: unknown[] = [];
    const letGo = log.onAppended!(() => {
      failures.push(new Error('the listener is broken'));
      throw new Error('the listener is broken');
    });
    await expect(log.append('case-1', 0, [newRecord()])).resolves.toMatchObject({ version: 1 });
    letGo();
    expect(failures).toHaveLength(1);
  });
});
