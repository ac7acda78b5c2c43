import type { Creditor, DutyRule } from '../../../duties/duty';
import type { World } from '../../../world/world';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { isOfKind } from '../../encounter/duties/station-of-place';
import { noLongerInCare } from '../../no-longer-in-care';

/** The police that found the person, if they did. No other police learn of the case before they are asked. */
const policeOrPerson = ({ encounter }: Case, world: World): Creditor =>
  encounter.by !== null && isOfKind(world, encounter.by, 'POLICE') ? encounter.by : 'PERSON';

/** Who is still unidentified after entry is reported to the police for DNA. */
export const requestDna: DutyRule<Case, CaseEvent> = {
  key: 'D-I2',
  zh: '报请公安采血比对',
  en: 'ask police for DNA',
  basis: '2015 opinion [X]',
  force: 'ordinary',
  limit: 'duty.D-I2',
  opens: {
    PersonAdmitted: ({ meta }, state, world) =>
      state.identity.current === null ? { owedBy: meta.by, owedTo: policeOrPerson(state, world) } : undefined,
    CaseOpenedAtHospital: ({ data, meta }, state, world) =>
      state.identity.current === null ? { owedBy: meta.by, owedTo: policeOrPerson(state, world), from: data.deliveredAt } : undefined,
  },
  dischargedBy: { DnaSamplingRequested: true },
  lapsesOn: { ...noLongerInCare, IdentityConfirmed: true, DispatchDeparted: true },
};
