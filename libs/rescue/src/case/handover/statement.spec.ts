import { compareStatements } from './statement';

describe('comparing two statements', () => {
  it('an erased statement compares as unknown, and the signature stands', () =>
    expect(compareStatements('erased', { condition: ['HEALTHY'], belongings: [], documents: [] })).toEqual({
      comparison: { condition: 'UNKNOWN', belongings: 'UNKNOWN', documents: 'UNKNOWN' },
      differences: [],
    }));
  it('two silent sides agree on nothing', () =>
    expect(compareStatements({}, {}).comparison).toEqual({ condition: 'UNSTATED', belongings: 'UNSTATED', documents: 'UNSTATED' }));
  it('two empty lists agree', () => expect(compareStatements({ belongings: [] }, { belongings: [] }).comparison.belongings).toBe('SAME'));
  it('a note alone is no statement about the condition', () =>
    expect(compareStatements({ conditionNote: '左腿骨折' }, { conditionNote: '右腿骨折' }).comparison.condition).toBe('UNSTATED'));
});
