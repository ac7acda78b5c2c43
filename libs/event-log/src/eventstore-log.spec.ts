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
