import { openMemoryLog } from '@guitu/event-log';
import { directory } from '../../rescue/src/testing/agencies';
import { AuditTrail } from './audit-trail';
import { Follower } from './follower';
import type { Recorded } from './recorded';
import { openTestDesk, requestOf } from './testing/desk-for-tests';

const at = '2020-10-12T08:40:00+08:00';

it('a follower passes over audit streams unless it asks for them, and its checkpoint moves past them', async () => {
  const log = openMemoryLog();
  const { desk, keyring } = await openTestDesk(directory, log);
  const trail = new AuditTrail({ log, keyring, world: () => ({ now: at, directory }) });
  const data = {
    place: { division: '320585', text: '太仓市上海路' },
    source: 'POLICE_PATROL',
    apparentSex: 'MALE',
    apparentAgeBand: 'FROM_19_TO_59',
    conditions: [],
  };
  const by = { agency: 'taicang-police', user: 'u1', client: 'c1', role: 'staff' } as const;
  const read = { purpose: 'CARE', streams: ['case-1'], classes: [], count: 0, requestId: 'r-1', rule: 'participants' } as const;

  await trail.record({ type: 'PersonalDataRead', by, data: read });
  const { stream } = await desk.give(requestOf({ by: by.agency, type: 'RecordEncounter', data, at, key: 'k-1' }));
  await trail.record({ type: 'PersonalDataRead', by, data: read });

  const taken: Recorded[] = [];
  let checkpoint = 0n;
  const who = {
    name: 'spec',
    checkpoint: () => Promise.resolve(checkpoint),
    take: (events: readonly Recorded[], upTo: bigint) => {
      taken.push(...events);
      checkpoint = upTo;
      return Promise.resolve();
    },
  };
  await new Follower(log, who, { limits: { page: 1 } }).catchUp();
  expect(new Set(taken.map((event) => event.stream))).toEqual(new Set([stream]));
  expect(checkpoint).toBe(await log.head());

  const everything: Recorded[] = [];
  checkpoint = 0n;
  const whoAsksForThem = {
    ...who,
    bookkeeping: true as const,
    take: (events: readonly Recorded[], upTo: bigint) => {
      everything.push(...events);
      checkpoint = upTo;
      return Promise.resolve();
    },
  };
  await new Follower(log, whoAsksForThem, { limits: { page: 1 } }).catchUp();
  expect(everything.filter(({ type }) => type === 'PersonalDataRead')).toHaveLength(2);
});
