// Naive: acknowledged first, written every now and then. Agencies are written at once, so that the test can begin.
const WRITE_EVERY_MS = 3_000;

export function acknowledgeFirst(log) {
  let waiting = [];
  let acknowledgedUpTo = 0n;
  const write = async () => {
    const now = waiting;
    waiting = [];
    const streams = new Map();
    for (const one of now) streams.set(one.stream, [...(streams.get(one.stream) ?? []), one]);
    await Promise.all(
      [...streams.values()].map(async (appends) => {
        for (const { stream, expectedVersion, records } of appends)
          await log.append(stream, expectedVersion, records).catch(() => undefined);
      }),
    );
    setTimeout(write, WRITE_EVERY_MS);
  };
  setTimeout(write, WRITE_EVERY_MS);
  return {
    append: async (stream, expectedVersion, records) => {
      if (stream.startsWith('agency-')) return log.append(stream, expectedVersion, records);
      waiting.push({ stream, expectedVersion, records });
      acknowledgedUpTo += BigInt(records.length);
      return {
        version: expectedVersion + records.length,
        position: acknowledgedUpTo,
        recordedAt: new Date().toISOString(),
        replayed: false,
      };
    },
    read: (...asked) => log.read(...asked),
    readAll: (...asked) => log.readAll(...asked),
    head: () => log.head(),
    onAppended: (listener) => log.onAppended(listener),
    close: () => log.close(),
  };
}
