import type { Limit } from '@guitu/standards';
import type { PolicyKey, PolicyVersion, Policy } from './policy';

const always = '1949-10-01';
const national = <K extends PolicyKey>(key: K, value: Policy[K], source: string): PolicyVersion =>
  ({ key, division: 'national', effectiveFrom: always, value, source }) as PolicyVersion;
/** A local version: valid in `division` and below from `effectiveFrom` on. */
const local =
  (division: string, effectiveFrom: string) =>
  <K extends PolicyKey>(key: K, value: Policy[K], source: string): PolicyVersion =>
    ({ key, division, effectiveFrom, value, source }) as PolicyVersion;
const taicang = local('320585', '2020-09-28');
const jiangyin = local('320281', '2018-12-25');
const beijing = local('110000', '2020-07-20');

const minutes = (amount: number): Limit => ({ amount, unit: 'minutes' });
const hours = (amount: number): Limit => ({ amount, unit: 'hours' });
const workingDays = (amount: number): Limit => ({ amount, unit: 'working-days' });
/** Paperwork: a last day that is no working day moves to the next one (Civil Code art 203). */
const days = (amount: number): Limit => ({ amount, unit: 'days', roll: true });
const months = (amount: number): Limit => ({ amount, unit: 'months', roll: true });

/**
 * The shipped policy values (dossier section 3 and Appendix C). `[P]` in a source marks a default that no document gives.
 * Taicang (320585), Jiangyin (320281) and Beijing (110000) stand as examples of local versions.
 */
export const policyTable: readonly PolicyVersion[] = [
  national('duty.D-P1', hours(2), '[P] dossier D-P1; S002-A1 §4(1)'),
  national('duty.D-P2', hours(2), '[P] dossier D-P2; S002-A1 §3(1)1'),
  national('duty.D-P3', hours(4), '[P] dossier D-P3; S002-A1 §4(4)'),
  national('duty.D-P4', minutes(0), '[P] dossier D-P4, immediately; S002-A1 §3(1)1'),
  national('duty.D-P5', hours(2), '[P] dossier D-P5; S002-A1 §3(1)1'),
  national('duty.D-P6', hours(24), '[P] dossier D-P6; S002-A1 §4(2)'),
  national('duty.D-P7', hours(24), '[P] dossier D-P7; S002-A1 §4(2)'),
  national('duty.D-P8', workingDays(3), '[P] dossier D-P8; S002-A1 §4(2)'),
  national('duty.D-C1', hours(24), '[P] dossier D-C1; S002-A1 §4(6)'),
  national('duty.D-C2', hours(24), '[P] dossier D-C2; Order 381 art 6'),
  national('duty.D-C3', hours(24), '[P] dossier D-C3; S001 §2(2)'),
  national('duty.D-C4', hours(24), '[P] dossier D-C4; S001 §2(2)'),
  national('duty.D-C5', minutes(0), '[P] dossier D-C5, immediately; Order 381 art 7'),
  national('duty.D-C6', hours(24), '[P] dossier D-C6; S002-A1 §4(6)'),
  national('duty.D-I2', workingDays(7), '[X] 2015 opinion, dossier D-I2'),
  national('duty.D-I3', months(1), '[X] 2015 opinion, dossier D-I3'),
  national('duty.D-I4', workingDays(5), '[P] dossier D-I4; S001 §2(2)'),
  national(
    'tracing.update',
    { ...workingDays(5), after: { amount: 1, unit: 'months', over: true } },
    'S001 §2(2) >1 month, then 5 working days [P]',
  ),
  national('tracing.update.again', months(1), '[P] dossier D-I5, monthly'),
  national('duty.D-R1', days(7), '[P] dossier D-R1; S001 §2(2)'),
  national('duty.D-R2', workingDays(1), '[P] dossier D-R2; Order 381 arts 7, 11'),
  national('duty.D-R3', workingDays(3), '[P] dossier D-R3; S001 §2(5)'),
  national('duty.D-R4', hours(2), '[P] dossier D-R4; S001 §2(5)'),
  national('duty.D-R5', workingDays(1), '[P] dossier D-R5; S001 §2(2)'),
  national('duty.D-R6', workingDays(3), '[P] dossier D-R6; S001 §2(2)'),
  national('duty.D-R6.ministry', workingDays(5), '[P] dossier D-R6, at the ministry; S001 §2(2)'),
  national('duty.D-R7', workingDays(3), '[P] dossier D-R7; S003 §2(3)3'),
  national('feedback.due', workingDays(5), '[P] dossier D-F1; S001 §2(5)'),
  national('duty.D-F2', workingDays(5), '[P] dossier D-F2'),
  national('duty.D-F3', workingDays(1), '[P] dossier D-F3; S001 §2(5)'),
  national('duty.D-F4', workingDays(3), '[P] dossier D-F4; S001 §2(5)'),
  national('duty.D-F5', days(30), '[P] dossier D-F5; S001 §2(5)'),
  national('duty.D-F6', workingDays(5), '[P] dossier D-F6; S001 §2(5)'),
  national('duty.D-F7', days(30), '[P] dossier D-F7; S001 §2(5)'),
  national('duty.D-F8', days(60), '[P] dossier D-F8'),
  national('duty.D-F12', workingDays(1), '[P] dossier D-F12; PIPL art 8'),
  national('duty.D-G12', hours(24), 'PIPL arts 17, 18, 35; 24 hours [P]'),
  national('dispatch.crossProvinceCarrier', 'OWN_STATION', 'Appendix C'),
  national('localScope', 'county', 'Appendix C, A11'),
  national('minor.age', 18, 'Minors Protection Law art 2'),
  national('selfLeave.age', 16, '[X] 规程; Appendix C'),
  national('sensitive.age', 14, 'PIPL art 28'),
  national('fitness.validDays', 7, '[P] dossier 4.4'),
  national('identity.personDocumentComparison', true, '[P] dossier SC-5'),
  national('reminder.workingDaysBefore', 1, '[P]'),
  national('stay.softLimitDays', 10, '[X] 规程; Appendix C'),

  taicang('feedback.due', workingDays(5), 'S002 §2(5) "及时"; 5 working days [P]'),
  taicang('localScope', 'county', 'S002-A1 §4(2), county-level city'),
  jiangyin('dispatch.crossProvinceCarrier', { organisationCode: '12320200466200020M' }, 'S003 §2(3)3, 无锡市救助管理站'),
  jiangyin('localScope', 'county', 'S003, county-level city'),
  beijing('localScope', 'prefecture', 'S004; whether the municipality or the district is local is left open there [P]'),
];
