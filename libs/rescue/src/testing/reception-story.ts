import type { ConfirmIdentity } from '../case/identity/confirm-identity';
import type { RecordEncounter } from '../case/encounter/record-encounter';
import type { AdmitPerson } from '../case/reception/admit-person';
import type { DecideEligibility } from '../case/reception/decide-eligibility';
import type { RecordSafetyCheck } from '../case/reception/record-safety-check';
import type { RegisterHelpRequest } from '../case/reception/register-help-request';
import type { AcceptHandover } from '../case/handover/accept-handover';
import type { OfferHandover } from '../case/handover/offer-handover';
import { caseStream } from '../case/catalogue';
import type { Case } from '../case/case';
import type { AgencyId, Command, Instant } from '../words';
import { given, type Asked, type Outcome, type Story } from './given';

/** A command in a spec: who, when, what. */
export const ask = <C extends Command>(by: AgencyId, now: Instant, type: C['type'], data: C['data']): Asked<C> => ({ by, now, type, data });

export const stateOf = (told: Outcome | Story): Case => told.situation.state as Case;

const station = 'taicang-station';
/** Monday of SC-1. */
const day = '2020-10-12T';

/** The police of Taicang find a mobility-limited man at 08:40 (SC-1). */
export const encounter = (data: Partial<RecordEncounter['data']> = {}): Asked<RecordEncounter> =>
  ask<RecordEncounter>('taicang-police', `${day}08:40:00+08:00`, 'RecordEncounter', {
    place: { division: '320585', text: '太仓市上海路' },
    source: 'POLICE_PATROL',
    apparentSex: 'MALE',
    apparentAgeBand: 'FROM_19_TO_59',
    conditions: ['MOBILITY'],
    ...data,
  });
export const nothingYet = (): Story => given(caseStream);
export const found = (data: Partial<RecordEncounter['data']> = {}): Story => nothingYet().and(encounter(data));

/** One handover from offer to signature. */
export const handedOver = (
  story: Story,
  { kind, from, to, now }: Readonly<{ kind: OfferHandover['data']['kind']; from: AgencyId; to: AgencyId; now: Instant }>,
): Story => {
  const handoverId = `h-${kind}-${now.slice(5, 13)}`;
  return story
    .and(ask<OfferHandover>(from, now, 'OfferHandover', { handoverId, kind, to, statement: {} }))
    .and(ask<AcceptHandover>(to, now, 'AcceptHandover', { handoverId, statement: {} }));
};
export const atStation = (data: Partial<RecordEncounter['data']> = {}): Story =>
  handedOver(found(data), { kind: 'POLICE_STATION', from: 'taicang-police', to: station, now: `${day}09:25:00+08:00` });

export const request = (data: Partial<RegisterHelpRequest['data']> = {}): Asked<RegisterHelpRequest> =>
  ask<RegisterHelpRequest>(station, `${day}09:30:00+08:00`, 'RegisterHelpRequest', {
    arrivalMode: 'POLICE',
    causes: ['LOST'],
    assistanceStatus: 'UNKNOWN',
    ...data,
  });
export const registered = (): Story => atStation().and(request());

export const eligible: Asked<DecideEligibility> = ask<DecideEligibility>(station, `${day}09:35:00+08:00`, 'DecideEligibility', {
  eligible: true,
  ground: 'WITHOUT_MEANS',
  helpFirst: false,
});
export const safe: Asked<RecordSafetyCheck> = ask<RecordSafetyCheck>(station, `${day}09:36:00+08:00`, 'RecordSafetyCheck', {
  passed: true,
});
export const admit: Asked<AdmitPerson> = ask<AdmitPerson>(station, `${day}09:40:00+08:00`, 'AdmitPerson', { area: 'MALE' });
/** Admitted at 09:40 (SC-1). */
export const admitted = (): Story => registered().and(eligible).and(safe).and(admit);

/** 赵根生 of Fengyang, by the police database (SC-1). */
export const confirm = (data: Partial<ConfirmIdentity['data']> = {}): Asked<ConfirmIdentity> =>
  ask<ConfirmIdentity>(station, '2020-10-13T15:10:00+08:00', 'ConfirmIdentity', {
    basis: ['POLICE_DB'],
    documentCarried: false,
    name: '赵根生',
    idNumber: '341126198503120317',
    birthDate: '1985-03-12',
    sex: 'MALE',
    homeDivision: '341126',
    ...data,
  });
