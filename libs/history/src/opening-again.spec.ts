import { Refusal } from '@guitu/rescue';
import { directory } from '../../rescue/src/testing/agencies';
import { openTestDesk, requestOf, type TestRequest } from './testing/desk-for-tests';

const found: TestRequest = {
  by: 'taicang-police',
  type: 'RecordEncounter',
  at: '2020-10-12T08:40:00+08:00',
  key: 'encounter-key-0001',
  data: {
    place: { division: '320585' },
    source: 'POLICE_PATROL',
    apparentSex: 'MALE',
    apparentAgeBand: 'FROM_19_TO_59',
    conditions: ['MOBILITY'],
  },
};

describe('A command that began a stream, sent again with its key', () => {
  it('gets its first answer even when the rule would refuse it now: two days later it would need a reason for being late', async () => {
    const { desk, setNow } = await openTestDesk(directory);
    const first = await desk.give(requestOf(found));
    setNow('2020-10-14T09:00:00+08:00');
    const again = await desk.give(requestOf(found));
    expect(again).toMatchObject({ stream: first.stream, version: first.version, replayed: true });
    expect(again.events.map(({ meta }) => meta.id)).toEqual(first.events.map(({ meta }) => meta.id));
  });

  it('is refused when nothing was ever recorded with that key', async () => {
    const { desk, setNow, log } = await openTestDesk(directory);
    setNow('2020-10-14T09:00:00+08:00');
    await expect(desk.give(requestOf(found))).rejects.toThrow(Refusal);
    expect(await log.head()).toBe(0n);
  });
});
