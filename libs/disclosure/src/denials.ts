import type { EventLog } from '@guitu/event-log';
import { readHistory } from '@guitu/history';
import type { Keyring, KeyVersion } from '@guitu/personal-data';
import { denialOf, isHeld, privacyStream, type AnyStreamKind, type Privacy, type PrivacyDenial, type Whose } from '@guitu/rescue';
import type { Purpose } from './purposes';

/** Why a value of one stream that this key version sealed is not shown, or undefined. */
export type Denial = (key: KeyVersion) => PrivacyDenial | undefined;

type Parts = Readonly<{ log: EventLog; keyring: Pick<Keyring, 'subjectsOf'> }>;

const shown: Denial = () => undefined;
const kind = privacyStream as unknown as AnyStreamKind;

/**
 * What is decided about the personal values of a stream, as the log holds it in this moment. Only cases have such decisions: who decided about an
 * erasure (the `privacy` stream itself) stays readable for those who may know of it.
 */
export async function denialsIn({ log, keyring }: Parts, stream: string, purpose: Purpose): Promise<Denial> {
  const privacy = await privacyOfStream(log, stream);
  if (privacy === undefined) return shown;
  const restriction = restrictionFor(privacy, purpose);
  if (Object.keys(privacy.erasures).length === 0) return restriction === undefined ? shown : () => restriction;
  const roles = new Map((await keyring.subjectsOf(stream)).map(({ subject, role }) => [subject, role]));
  return (key) => {
    const role = roles.get(key.subject);
    // Whose key it was is known no more, or no erasure can name the role: what may be meant is not shown.
    const whose = isWhose(role) ? role : undefined;
    return denialOf(privacy, { ...key, whose }) === 'erased' ? 'erased' : restriction;
  };
}

/** Undefined where nothing was ever decided. */
async function privacyOfStream(log: EventLog, stream: string): Promise<Privacy | undefined> {
  const [, id] = /^case-(.+)$/.exec(stream) ?? [];
  if (id === undefined) return undefined;
  const { situation } = await readHistory(log, kind, `${kind.category}-${id}`);
  return situation.version === 0 ? undefined : (situation.state as Privacy);
}

/** Restricted values are stored and nothing else, but for a legal hold that is in force (PIPL art 47). */
const restrictionFor = (privacy: Privacy, purpose: Purpose): PrivacyDenial | undefined =>
  privacy.restrictedBy === null || (purpose === 'LEGAL_HOLD' && isHeld(privacy)) ? undefined : 'restricted';

const everybody: { readonly [W in Whose]: true } = { person: true, relative: true, staff: true, reporter: true };
const isWhose = (role: string | undefined): role is Whose => role !== undefined && Object.hasOwn(everybody, role);
