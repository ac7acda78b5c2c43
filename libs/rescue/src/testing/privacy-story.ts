import { privacyStream, type PrivacyCommand } from '../privacy/catalogue';
import type { Privacy } from '../privacy/privacy';
import type { Instant } from '../words';
import { given, type Asked, type Story } from './given';
import { admitted } from './reception-story';

export const station = 'taicang-station';
export const bureau = 'taicang-civil-affairs';
export const police = 'taicang-police';
const now: Instant = '2021-03-01T09:00:00+08:00';

type Data<T extends PrivacyCommand['type']> = Extract<PrivacyCommand, { type: T }>['data'];
type Who = Readonly<{ by?: string; user?: string }>;

/** A command about the personal data of a case: the case-owning station's first member of staff gives it unless said. */
export const ask = <T extends PrivacyCommand['type']>(type: T, data: Data<T>, { by = station, user = 'u1' }: Who = {}): Asked => ({
  by,
  user,
  now,
  type,
  data,
});
/** The same by Guitu itself. */
export const bySystem = <T extends PrivacyCommand['type']>(type: T, data: Data<T>): Asked => ({
  ...ask(type, data, { by: 'guitu', user: 'eraser' }),
  role: 'system',
});

/** Nothing is decided yet about the case of a man whom the police brought to Taicang's station. */
export const untouched = (): Story => given(privacyStream).about(admitted());
export const privacyIn = ({ situation }: Pick<Story, 'situation'>): Privacy => situation.state as Privacy;

export const hold = (holdId = 'hold-1', who: Who = {}): Asked =>
  ask('PlaceLegalHold', { holdId, reason: 'CRIMINAL_CASE', legalBasis: 'CPL-54' }, who);
export const liftHold = (holdId = 'hold-1', who: Who = {}): Asked =>
  ask('LiftLegalHold', { holdId, reason: 'MATTER_CLOSED', legalBasis: 'CPL-54' }, who);
export const restrict: Asked = ask('RestrictProcessing', { reason: 'KEEPING_TERM_RUNS', legalBasis: 'PIPL-47-2' });
export const liftRestriction: Asked = ask('LiftRestriction', { reason: 'GROUND_GONE', legalBasis: 'PIPL-47-2' });

export const decide = (changes: Partial<Data<'DecideErasure'>> = {}, who: Who = {}): Asked =>
  ask(
    'DecideErasure',
    {
      erasureId: 'erasure-1',
      persons: ['person'],
      classes: ['identity', 'contact'],
      reason: 'UNLAWFUL',
      legalBasis: 'PIPL-47-1-4',
      ...changes,
    },
    who,
  );
export const confirm = (who: Who = { user: 'u2' }, erasureId = 'erasure-1'): Asked => ask('ConfirmErasure', { erasureId }, who);
export const withdraw = (who: Who = {}, erasureId = 'erasure-1'): Asked =>
  ask('WithdrawErasure', { erasureId, reason: 'GROUND_GONE' }, who);
export const start = (erasureId = 'erasure-1'): Asked => bySystem('StartKeyDestruction', { erasureId });
export const recordKeys = (erasureId = 'erasure-1', dataClass: 'identity' | 'health' = 'identity'): Asked =>
  bySystem('RecordKeysDestroyed', { erasureId, keys: [{ subject: '5f0d2c1e-0000-4000-8000-000000000001', class: dataClass, version: 1 }] });
export const complete = (erasureId = 'erasure-1'): Asked =>
  bySystem('CompleteErasure', {
    erasureId,
    places: [{ place: 'KEY_STORE', outcome: 'DESTROYED', at: now, count: 1 }],
    ciphertextRemoved: false,
  });

export const decided = (): Story => untouched().and(decide());
export const confirmed = (): Story => decided().and(confirm());
export const started = (): Story => confirmed().and(start());
export const destroyed = (): Story => started().and(recordKeys());
export const completed = (): Story => destroyed().and(complete());
