import type { EventKind } from './stream-kind';
import type { AgencyId, Event, PartyMarks, Personal, Plain, SealedMarks } from './words';

type Witness = Readonly<{ name: Personal<'identity', string, 'relative'>; since: string }>;
type Seen = Event<
  'Seen',
  {
    by: AgencyId;
    note: Personal<'health'>;
    phones?: readonly Personal<'contact', string, 'reporter'>[];
    witness?: Witness;
    legs?: readonly { readonly carrier: AgencyId; readonly distance: number }[];
    count: number;
  }
>;
type Sealed = SealedMarks<Seen['data']>;
type Parties = PartyMarks<Seen['data']>;

const sealed: Sealed = { note: 'health', phones: 'contact of reporter', witness: { name: 'identity of relative' } };
const parties: Parties = { by: true, legs: { carrier: true } };
const base = { zh: '见到', basis: 'spec', apply: (state: number): number => state + 1 };

describe('what is personal is marked, and the compiler sees to it', () => {
  it('an event that names every personal value and every agency compiles', () => {
    const complete: EventKind<number, Seen> = { ...base, sealed, parties };
    expect(complete.sealed).toEqual({ note: 'health', phones: 'contact of reporter', witness: { name: 'identity of relative' } });
  });
  it('forgetting a personal value does not compile', () => {
    // @ts-expect-error the note is about the person's health and must be sealed
    const forgotten: Sealed = { phones: 'contact of reporter', witness: { name: 'identity of relative' } };
    // @ts-expect-error an event with personal values has a `sealed` list
    const without: EventKind<number, Seen> = { ...base, parties };
    expect([forgotten, without]).toHaveLength(2);
  });
  it('a value inside a part, or under another person’s key, is marked as such', () => {
    // @ts-expect-error the witness's name belongs to a relative, not to the person of the case
    const wrongWhose: Sealed = { ...sealed, witness: { name: 'identity' } };
    // @ts-expect-error the class of the note is health
    const wrongClass: Sealed = { ...sealed, note: 'narrative' };
    expect([wrongWhose, wrongClass]).toHaveLength(2);
  });
  it('what is not personal is not sealed', () => {
    // @ts-expect-error a count is no personal value
    const tooMuch: Sealed = { ...sealed, count: 'narrative' };
    expect(tooMuch).toHaveProperty('count');
  });
  it('forgetting an agency does not compile', () => {
    // @ts-expect-error whoever carries takes part in the case
    const forgotten: Parties = { by: true };
    expect(forgotten).toEqual({ by: true });
  });
  it('the effect of an event sees no personal value, not even inside a part', () => {
    const plain: Plain<Seen['data']> = { by: 'a', witness: { since: '2020' }, legs: [{ carrier: 'b', distance: 1 }], count: 1 };
    // @ts-expect-error the note stays sealed
    const note: unknown = plain.note;
    // @ts-expect-error the witness's name stays sealed
    const name: unknown = plain.witness?.name;
    expect([note, name]).toEqual([undefined, undefined]);
  });
});
