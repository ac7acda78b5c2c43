import { personIn } from '../../testing/person-in';
import { noCase } from '../case';
import { accepted, asks, but, contacted, departed, dispatchOf, identified, on, planned, sc1, typesOf } from '../../testing/return-story';
import type { RefuseReception } from './refuse-reception';

const { letter, accept } = sc1;
const refuse = asks('fengyang-station', '10-15T10:00', 'RefuseReception', {
  dispatchId: 'd1',
  reason: 'NOT_FOUND',
  letterNumber: '凤救助函〔2020〕11号',
});
const again = (data: Partial<RefuseReception['data']>): typeof refuse => but({ ...refuse, now: on('10-16T09:00') }, data);
const secondLetter = but({ ...letter, now: on('10-16T08:00') }, { letterId: 'contact-2', letterNumber: '太救助函〔2020〕32号' });

describe('the contact letter', () => {
  it('asks the outflow side to receive the person', () => {
    const outcome = planned().when(letter);
    expect(outcome.events).toMatchObject([
      { type: 'ReceptionContactLetterIssued', data: { to: 'fengyang-station', letterNumber: '太救助函〔2020〕31号' } },
    ]);
    expect(dispatchOf(outcome)).toMatchObject({ phase: 'CONTACTED', letters: [{ letterId: 'contact-1', to: 'fengyang-station' }] });
  });
  it('goes to an agency that answers for the destination: its station or civil affairs department, or one above', () => {
    expect(planned().refusal(but(letter, { to: 'minquan-station' }))).toBe('validation-failed');
    expect(planned().refusal(but(letter, { to: 'fengyang-township' }))).toBe('validation-failed');
    expect(typesOf(planned().when(but(letter, { to: 'anhui-civil-affairs' })))).toHaveLength(1);
  });
  it('its number is kept in the strict form, or refused', () => {
    expect(planned().when(but(letter, { letterNumber: '太救助函[2020]第031号' })).events[0]?.data).toMatchObject({
      letterNumber: '太救助函〔2020〕31号',
    });
    expect(planned().refusal(but(letter, { letterNumber: '31号' }))).toBe('LETTER-NUMBER');
  });
  it('nor that of a feedback letter', () => {
    const feedback = { ...noCase.feedback, letterIds: ['contact-1'] };
    expect(personIn('IN_STATION', { feedback }).and(sc1.plan).refusal(letter)).toBe('ID-TAKEN');
  });
  it('no letter bears the name of another', () => expect(contacted().refusal(letter)).toBe('ID-TAKEN'));
  it('can be sent again after silence and after a refusal', () => {
    expect(typesOf(contacted().when(secondLetter))).toEqual(['ReceptionContactLetterIssued']);
    expect(dispatchOf(contacted().and(refuse).when(secondLetter))).toMatchObject({
      phase: 'CONTACTED',
      refusals: [{ reason: 'NOT_FOUND' }],
    });
  });
  it('is no longer sent once reception is agreed', () => expect(accepted().refusal(secondLetter)).toBe('illegal-transition'));
  it('is sent by the owner only, for a dispatch that exists', () => {
    expect(planned().refusal({ ...letter, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
    expect(identified().refusal(letter)).toBe('unknown-reference');
  });
  it('is not sent on an identity that was retracted', () => {
    const retracted = planned().and(asks('taicang-station', '10-13T15:50', 'RetractIdentity', { reason: 'WRONG_MATCH' }));
    expect(retracted.refusal(letter)).toBe('DSP-IDENTITY-NOT-CONFIRMED');
  });
});

describe('the outflow side answers', () => {
  it('agrees: it becomes the receiver unless another is named', () =>
    expect(dispatchOf(contacted().when(accept))).toMatchObject({ phase: 'ACCEPTED', receiver: 'fengyang-station' }));
  it('refuses in writing with a reason', () => {
    const outcome = contacted().when(refuse);
    expect(outcome.events).toMatchObject([{ type: 'ReceptionRefused', data: { reason: 'NOT_FOUND' } }]);
    expect(dispatchOf(outcome)).toMatchObject({ phase: 'REFUSED', receptionEvent: null });
  });
  it('may answer again: a second refusal counts as a second one, an agreement ends the dispute', () => {
    const refused = contacted().and(refuse);
    const twice = refused.when(again({ reason: 'NO_CAPACITY', letterNumber: '凤救助函〔2020〕12号' }));
    expect(dispatchOf(twice).refusals.map(({ reason }) => reason)).toEqual(['NOT_FOUND', 'NO_CAPACITY']);
    expect(dispatchOf(refused.when({ ...accept, now: on('10-16T09:00') }))).toMatchObject({ phase: 'ACCEPTED' });
  });
  it('stays quiet the second time', () => {
    expect(accepted().when({ ...accept, now: on('10-15T11:00') }).events).toEqual([]);
    expect(contacted().and(refuse).when(again({})).events).toEqual([]);
  });
  it('nobody but the addressee answers', () => {
    expect(contacted().refusal({ ...accept, by: 'fengyang-civil-affairs' })).toBe('ACT-WRONG-AGENCY');
    expect(contacted().refusal({ ...refuse, by: 'minquan-station' })).toBe('ACT-WRONG-AGENCY');
    expect(planned().refusal(accept)).toBe('ACT-WRONG-AGENCY');
  });
  it('no refusal comes after the agreement, no answer after departure', () => {
    expect(accepted().refusal(again({}))).toBe('illegal-transition');
    expect(departed().refusal(again({}))).toBe('illegal-transition');
  });
  it('no refusal comes before the letter either', () =>
    expect(contacted().refusal({ ...refuse, at: on('10-13T15:00'), backfillReason: '补录' })).toBe('TIM-ORDER'));
  it('who was named as the receiver stays the receiver, whoever agrees', () => {
    const named = identified()
      .and(but(sc1.plan, { receiver: 'fengyang-civil-affairs' }))
      .and(letter);
    expect(dispatchOf(named.when(accept)).receiver).toBe('fengyang-civil-affairs');
  });
  it('no answer comes before the letter', () =>
    expect(contacted().refusal({ ...accept, at: on('10-13T15:00'), backfillReason: '补录' })).toBe('TIM-ORDER'));
});

describe('the letter is passed on', () => {
  const redirect = asks('fengyang-station', '10-14T09:00', 'RedirectReceptionContact', { dispatchId: 'd1', to: 'fengyang-civil-affairs' });
  it('to the agency of the same place that must answer: it answers then, and the first no longer does', () => {
    const story = contacted().and(redirect);
    expect(typesOf(story.when({ ...accept, by: 'fengyang-civil-affairs' }))).toEqual(['ReceptionAccepted']);
    expect(story.refusal(accept)).toBe('ACT-WRONG-AGENCY');
  });
  it('not to another place, nor to itself', () => {
    expect(contacted().refusal(but(redirect, { to: 'minquan-station' }))).toBe('validation-failed');
    expect(contacted().refusal(but(redirect, { to: 'fengyang-station' }))).toBe('validation-failed');
  });
  it('only by its addressee, and only while it waits for an answer', () => {
    expect(contacted().refusal({ ...redirect, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
    expect(accepted().refusal({ ...redirect, now: on('10-15T11:00') })).toBe('illegal-transition');
  });
});
