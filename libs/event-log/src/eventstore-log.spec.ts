import { describeEventLog } from './contract';
import { openEventStoreLog } from './open-eventstore-log';
import { startEventStoreDouble } from './testing/eventstore-double';

describeEventLog('a double of EventStoreDB', async () => {
  const double = await startEventStoreDouble();
  const openAnother = () => openEventStoreLog({ connectionString: double.url });
  const log = await openAnother();
  const close = async () => {
    await log.close();
    await double.stop();
  };
  return { log, idsAreUniqueIn: 'stream', openAnother, close };
});

const realServer = process.env['GUITU_TEST_EVENTSTORE'];

if (realServer === undefined || realServer === '') {
  it.skip('EventStoreDB: skipped, no server (GUITU_TEST_EVENTSTORE names none, like esdb://127.0.0.1:2113?tls=false)', () => undefined);
} else {
  describeEventLog('EventStoreDB', async () => {
    const openAnother = () => openEventStoreLog({ connectionString: realServer });
    const log = await openAnother();
    return { log, idsAreUniqueIn: 'stream', openAnother, close: () => log.close() };
  });
}
