import { admitted, ask, registered } from '../../testing/reception-story';

const station = 'taicang-station';

describe('what the station owed to a person in care', () => {
  it('falls away with a death', () => {
    const death = ask(station, '2020-10-12T12:00:00+08:00', 'RecordDeath', {
      diedAt: '2020-10-12T11:45:00+08:00',
      place: '站内',
      cause: '疾病',
    });
    const duties = registered().when(death).duties;
    for (const dutyId of ['D-P1-1', 'D-P2-1', 'D-C1-1', 'D-G12-1']) expect(duties).toContain(`lapsed ${dutyId}`);
    expect(admitted().when(death).duties).toEqual(expect.arrayContaining(['lapsed D-C3-1', 'lapsed D-I2-1', 'lapsed D-I5-1']));
  });
});
