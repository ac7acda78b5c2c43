import { directory } from '../testing/agencies';
import { given, type Asked, type Story } from '../testing/given';
import { found } from '../testing/reception-story';
import {
  bureau,
  bySystem,
  complete,
  completed,
  confirm,
  confirmed,
  decide,
  decided,
  destroyed,
  police,
  privacyIn,
  recordKeys,
  start,
  started,
  station,
  untouched,
  withdraw,
} from '../testing/privacy-story';
import { privacyStream } from './catalogue';
import { confirmErasure } from './confirm-erasure';
import { denialOf, privacyOf } from './privacy-status';

const key = { subject: '5f0d2c1e-0000-4000-8000-000000000001', class: 'identity', version: 1 } as const;
const stands = (story: Pick<Story, 'situation'>): string => privacyOf(privacyIn(story)).erasure;
const denial = (story: Story, dataClass: 'identity' | 'health'): string | undefined =>
  denialOf(privacyIn(story), { whose: 'person', ...key, class: dataClass });

describe('deciding an erasure', () => {
  it('names whose data, which classes, why, by which clause, who signed and who is asked to confirm', () =>
    expect(untouched().when(decide()).events).toEqual([
      {
        type: 'ErasureDecided',
        data: {
          erasureId: 'erasure-1',
          persons: ['person'],
          classes: ['identity', 'contact'],
          reason: 'UNLAWFUL',
          legalBasis: 'PIPL-47-1-4',
          confirmer: station,
          decidedBy: 'u1',
        },
      },
    ]));
  it('denies nothing yet', () => expect([stands(decided()), denial(decided(), 'identity')]).toEqual(['decided', undefined]));
  it('is for the agency that answers for the case, or one above it', () => {
    expect(untouched().refusal(decide({}, { by: police }))).toBe('ACT-WRONG-AGENCY');
    expect(untouched().when(decide({}, { by: bureau })).events).toHaveLength(1);
  });
  it('before a station owns the case, whoever has the person answers for it', () => {
    const onTheStreet = given(privacyStream).about(found());
    expect(onTheStreet.when(decide({}, { by: police })).events).toHaveLength(1);
    expect(onTheStreet.refusal(decide())).toBe('ACT-WRONG-AGENCY');
  });
  it('an agency above may be asked to confirm, and then takes part', () =>
    expect(untouched().when(decide({ confirmer: bureau })).situation.parties).toEqual(new Set([station, bureau])));
  it('no other agency is asked to confirm', () => expect(untouched().refusal(decide({ confirmer: police }))).toBe('ACT-WRONG-AGENCY'));
  it('the agency that is asked must work', () => {
    const without = new Map([...directory].filter(([id]) => id !== bureau));
    expect(
      untouched()
        .with(without)
        .refusal(decide({ confirmer: bureau })),
    ).toBe('agency-unknown');
  });
  it('one erasure at a time', () => expect(decided().refusal(decide({ erasureId: 'erasure-2' }))).toBe('PRV-ERASURE-OPEN'));
  it('takes an id that was never used', () => expect(decided().and(withdraw()).refusal(decide())).toBe('ID-TAKEN'));
  it('the same persons and classes may be named again once the one before is completed, under another id', () => {
    expect(destroyed().refusal(decide({ erasureId: 'erasure-2' }))).toBe('PRV-ERASURE-OPEN');
    expect(completed().when(decide({ erasureId: 'erasure-2' })).events).toHaveLength(1);
    expect(completed().refusal(decide())).toBe('ID-TAKEN');
  });
});

describe('confirming an erasure', () => {
  it('is done by another member of staff, and denies at once', () => {
    expect(decided().when(confirm()).events).toEqual([{ type: 'ErasureConfirmed', data: { erasureId: 'erasure-1' } }]);
    expect([denial(confirmed(), 'identity'), denial(confirmed(), 'health')]).toEqual(['erased', undefined]);
  });
  it('is not done by the one who decided', () => expect(decided().refusal(confirm({ user: 'u1' }))).toBe('PRV-SAME-USER'));
  it('is not done where nobody can read any more who decided', () => {
    const { situation } = decided();
    const by = { agency: station, user: 'u2', client: 'c1', role: 'staff' } as const;
    const at = '2021-03-01T09:00:00+08:00';
    const asked = { type: 'ConfirmErasure', data: { erasureId: 'erasure-1' }, by, at } as const;
    const aid = { world: { now: at, directory }, duties: situation.duties, opened: new Map([['e1', 'erased' as const]]) };
    expect(() => confirmErasure.decide(asked, privacyIn({ situation }), aid)).toThrow(expect.objectContaining({ code: 'PRV-SAME-USER' }));
  });
  it('is done by the agency that was asked, whose staff numbers are its own', () => {
    const asked = untouched().and(decide({ confirmer: bureau }));
    expect(asked.refusal(confirm())).toBe('ACT-WRONG-AGENCY');
    expect(asked.when(confirm({ by: bureau, user: 'u1' })).events).toHaveLength(1);
  });
  it('happens once', () => {
    for (const story of [confirmed(), started(), destroyed(), completed()]) expect(story.when(confirm({ user: 'u3' })).events).toEqual([]);
  });
  it('needs a decision', () => expect(decided().refusal(confirm({ user: 'u2' }, 'erasure-9'))).toBe('unknown-reference'));
  it('is refused after it was withdrawn', () => expect(decided().and(withdraw()).refusal(confirm())).toBe('illegal-transition'));
});

describe('withdrawing an erasure', () => {
  it('ends it before its keys go, and shows the values again', () => {
    for (const story of [decided(), confirmed()]) {
      const withdrawn = story.and(withdraw());
      expect([stands(withdrawn), denial(withdrawn, 'identity')]).toEqual(['none', undefined]);
    }
  });
  it('comes too late once the destruction has begun', () => {
    for (const story of [started(), destroyed(), completed()]) expect(story.refusal(withdraw())).toBe('PRV-TOO-LATE');
  });
  it('is for the agency that decided and the one that was asked', () => {
    const asked = untouched().and(decide({ confirmer: bureau }));
    expect(asked.when(withdraw({ by: bureau })).events).toHaveLength(1);
    expect(asked.refusal(withdraw({ by: 'suzhou-civil-affairs' }))).toBe('ACT-WRONG-AGENCY');
  });
  it('happens once', () => expect(decided().and(withdraw()).when(withdraw()).events).toEqual([]));
  it('needs a decision', () => expect(decided().refusal(withdraw({}, 'erasure-9'))).toBe('unknown-reference'));
});

describe('destroying the keys', () => {
  it('is recorded by Guitu alone, step by step', () => {
    expect([confirmed(), started(), destroyed(), completed()].map(stands)).toEqual(['confirmed', 'started', 'destroyed', 'completed']);
    for (const asked of [start(), recordKeys(), complete()])
      expect(confirmed().refusal({ ...asked, by: station, role: 'staff' })).toBe('ACT-WRONG-KIND');
  });
  it.each<[string, Asked, Story]>([
    ['begins after confirmation', start(), decided()],
    ['does not begin after a withdrawal', start(), decided().and(withdraw())],
    ['is recorded after it began', recordKeys(), confirmed()],
    ['is complete after the keys are gone', complete(), started()],
  ])('%s', (_rule, asked, story) => expect(story.refusal(asked)).toBe('illegal-transition'));
  it('each step happens once', () => {
    for (const [story, asked] of [
      [started(), start()],
      [completed(), start()],
      [destroyed(), recordKeys()],
      [completed(), recordKeys()],
      [completed(), complete()],
    ] as const)
      expect(story.when(asked).events).toEqual([]);
  });
  it('destroys no key of another class', () => expect(started().refusal(recordKeys('erasure-1', 'health'))).toBe('validation-failed'));
  it('also where nothing had ever been sealed', () =>
    expect(started().when(bySystem('RecordKeysDestroyed', { erasureId: 'erasure-1', keys: [] })).events).toHaveLength(1));
  it('goes on denying what those versions had sealed, and nothing that was sealed since', () => {
    const newer = { whose: 'person', ...key, version: 2 } as const;
    for (const story of [confirmed(), started()]) expect(denialOf(privacyIn(story), newer)).toBe('erased');
    for (const story of [destroyed(), completed()]) {
      expect(denial(story, 'identity')).toBe('erased');
      expect(denialOf(privacyIn(story), newer)).toBeUndefined();
      expect(denialOf(privacyIn(story), { ...newer, version: 1, class: 'contact' })).toBeUndefined();
    }
  });
  it('a value of which nobody knows whose it is counts as anybody’s until the keys are gone, then by its key', () => {
    const nobodys = { ...key, whose: undefined };
    for (const story of [confirmed(), destroyed()]) expect(denialOf(privacyIn(story), nobodys)).toBe('erased');
    expect(denialOf(privacyIn(confirmed()), { ...nobodys, class: 'health' })).toBeUndefined();
    expect(denialOf(privacyIn(destroyed()), { ...nobodys, version: 2 })).toBeUndefined();
  });
  it('a second time denies what was recorded meanwhile, and keeps what the first one destroyed denied', () => {
    const again = completed()
      .and(decide({ erasureId: 'erasure-2' }))
      .and(confirm({ user: 'u2' }, 'erasure-2'));
    const gone = again
      .and(start('erasure-2'))
      .and(bySystem('RecordKeysDestroyed', { erasureId: 'erasure-2', keys: [{ ...key, version: 2 }] }));
    const versions = (story: Story) => [1, 2, 3].map((version) => denialOf(privacyIn(story), { whose: 'person', ...key, version }));
    expect(versions(again)).toEqual(['erased', 'erased', 'erased']);
    expect(versions(gone)).toEqual(['erased', 'erased', undefined]);
  });
  it('says what was named, for ever', () =>
    expect(privacyOf(privacyIn(completed())).erased).toEqual([
      { whose: 'person', class: 'identity' },
      { whose: 'person', class: 'contact' },
    ]));
});
