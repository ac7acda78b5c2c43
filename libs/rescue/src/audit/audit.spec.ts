import { commandKindsOf, findCommandKind } from '../decide';
import { evolve, nothing } from '../situation';
import { servedStreams, streams } from '../streams';
import { auditStream } from './catalogue';

const meta = { id: 'e1', by: 'taicang-station', at: '2020-10-12T08:40:00+08:00' };
const data = { purpose: 'CARE', streams: ['case-1'], classes: ['identity'], requestId: 'r-1', rule: 'participants', count: 1 };

describe('an audit stream', () => {
  it('counts what it holds', () => {
    const read = evolve(auditStream, nothing<unknown>(auditStream.initial), { type: 'PersonalDataRead', data, meta });
    expect(evolve(auditStream, read, { type: 'PersonalDataReadRefused', data, meta }).state).toEqual({
      reads: 1,
      refusals: 1,
      searches: 0,
    });
    expect(evolve(auditStream, read, { type: 'PersonalDataSearched', data, meta }).state).toEqual({ reads: 1, refusals: 0, searches: 1 });
  });
  it('holds no personal value', () => {
    for (const { sealed } of Object.values(auditStream.events)) expect(sealed).toBeUndefined();
  });
  it('takes no command, also none of duties', () => {
    expect(commandKindsOf(auditStream)).toEqual({});
    expect(findCommandKind(auditStream, 'WaiveDuty')).toBeUndefined();
  });
  it('is a kind of stream, but none that agencies look at', () => {
    expect(streams).toContain(auditStream);
    expect(servedStreams).not.toContain(auditStream);
  });
});
