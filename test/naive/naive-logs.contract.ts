// The contract suite on two naive stores. It must fail: `npm run faults -- --only I-38` runs it and counts; no test command does.
import type { EventLog } from '@guitu/event-log';
import { describeEventLog } from '../../libs/event-log/src/contract';
import { HeadComparingLog, RenumberingLog } from './naive-logs';

const onNaive = (name: string, make: () => EventLog): void =>
  describeEventLog(name, async () => {
    const log = make();
    return { log, idsAreUniqueIn: 'log', openAnother: async () => make(), close: () => log.close() };
  });

onNaive('a naive store that compares ids with the head only', () => new HeadComparingLog());
onNaive('a naive store that renumbers what it reads', () => new RenumberingLog());
