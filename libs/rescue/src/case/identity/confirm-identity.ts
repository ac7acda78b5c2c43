import { ageAt, dateInChina, type CertificateKind, type IdentityBasis, type Sex } from '@guitu/standards';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { CalendarDate, Command, DivisionCode, Event, Instant, Personal } from '../../words';
import { divisionOf } from '../../world/directory';
import { policyFor } from '../../world/world';
import type { Case } from '../case';
import { checkDivisionKnown } from '../encounter/place';
import { notNow, onlyOwner } from '../only-owner';
import { checkBasis, checkBirthDate, checkedIdNumber } from './check-identity';
import type { CitizenIdNumber } from './citizen-id-number';
import { isLocalHere } from './is-local-here';
import { isSameIdentity } from './is-same-identity';

/** Another paper than one with a citizen number; its number is not checked. */
export type OtherCertificate = Readonly<{
  kind: CertificateKind;
  /**
   * @minLength 1
   * @maxLength 40
   */
  number: string;
}>;

/** Who the person is, on which basis, and where home is (身份确认). Every confirmation is a version of its own. */
export type IdentityConfirmed = Event<
  'IdentityConfirmed',
  {
    /**
     * 1 for the first confirmation of the case.
     * @asType integer
     * @minimum 1
     */
    version: number;
    /**
     * @minItems 1
     * @maxItems 5
     * @uniqueItems true
     */
    basis: readonly IdentityBasis[];
    /** The database was asked about a document that the person carried. */
    documentCarried: boolean;
    /** Person and document were compared (人证比对). */
    personDocumentCompared?: boolean;
    /**
     * @minLength 1
     * @maxLength 60
     */
    name: Personal<'identity'>;
    idNumber?: Personal<'identity', CitizenIdNumber>;
    otherCertificate?: Personal<'identity', OtherCertificate>;
    birthDate: Personal<'identity', CalendarDate>;
    sex: Personal<'identity', Sex>;
    /**
     * GB/T 3304.
     * @pattern ^(0[1-9]|[1-4][0-9]|5[0-6]|9[78])$
     */
    ethnicity?: Personal<'identity'>;
    /** The household place (户籍地): stated, never derived from the citizen number. A code retired since then is kept as it stands. */
    homeDivision: DivisionCode;
    /**
     * Township or village of the household.
     * @pattern ^(\d{9}|\d{12})$
     */
    homeTownshipDivision?: Personal<'identity'>;
    /** @maxLength 200 */
    homeText?: Personal<'identity'>;
    residenceDivision?: Personal<'identity', DivisionCode>;
    /** The household is in this city (本市户籍). */
    local: boolean;
    minor: boolean;
    /** Below the age from which a person may leave alone. */
    under16: boolean;
  }
>;
export const identityConfirmed: EventKind<Case, IdentityConfirmed> = {
  zh: '身份确认',
  basis: 'S001 §2(2); dossier 4.5',
  sealed: {
    name: 'identity',
    idNumber: 'identity',
    otherCertificate: 'identity',
    birthDate: 'identity',
    sex: 'identity',
    ethnicity: 'identity',
    homeTownshipDivision: 'identity',
    homeText: 'identity',
    residenceDivision: 'identity',
  },
  apply: (state, { version, homeDivision, local, minor, under16 }, { id, at }) => {
    const { person } = state;
    const ageBefore = { minor: person.minor, under16: person.under16 };
    return {
      ...state,
      person: { ...person, minor, under16, needsEscort: person.needsEscort || minor },
      identity: {
        ...state.identity,
        phase: 'CONFIRMED',
        versions: version,
        current: { version, event: id, at, homeDivision, ageBefore },
        // A household elsewhere ends what was believed of a local one.
        localTownship: local ? state.identity.localTownship : null,
        retractedAt: null,
      },
    };
  },
};

export type ConfirmIdentity = Command<'ConfirmIdentity', Omit<IdentityConfirmed['data'], 'version' | 'local' | 'minor' | 'under16'>>;
export const confirmIdentity: CommandKind<Case, ConfirmIdentity, IdentityConfirmed> = {
  zh: '确认身份',
  by: ['STATION'],
  // A repeated confirmation is told from a different one by what the standing one says.
  needs: (_data, { identity }) => (identity.current === null ? [] : [identity.current.event]),
  decide: ({ data, by, at }, state, { world, opened }) => {
    onlyOwner(state, by);
    const { current, versions } = state.identity;
    checkDivisionKnown(data.homeDivision, at, '/homeDivision');
    if (data.residenceDivision !== undefined) checkDivisionKnown(data.residenceDivision, at, '/residenceDivision');
    checkBirthDate(data.birthDate, at);
    const idNumber = checkedIdNumber(data, at);
    const stated = { ...data, ...(idNumber === undefined ? {} : { idNumber }) };
    if (current !== null && isSameIdentity(opened.get(current.event), stated)) return [];
    if (current !== null) throw notNow('Another identity is confirmed; it is retracted first.', 'RetractIdentity');
    const division = divisionOf(world, by.agency, at);
    checkBasis(data, policyFor('identity.personDocumentComparison', division, at).value);
    const local = isLocalHere(state, data.homeDivision, world, at);
    return [{ type: 'IdentityConfirmed', data: { ...stated, version: versions + 1, local, ...ageFacts(data.birthDate, at, division) } }];
  },
};

function ageFacts(birthDate: CalendarDate, at: Instant, division: DivisionCode | undefined): { minor: boolean; under16: boolean } {
  const age = ageAt(birthDate, dateInChina(at));
  const below = (key: 'minor.age' | 'selfLeave.age'): boolean => age < policyFor(key, division, at).value;
  return { minor: below('minor.age'), under16: below('selfLeave.age') };
}
