import { instantInChina, toMilliseconds, type Instant } from '@guitu/standards';
import type { CertifiedStep, ErasureCertificate } from './certificate';
import { classWords, outcomeWords, placeWords, stepWords, whoseWords } from './words';

const moment = (instant: Instant): string => instantInChina(toMilliseconds(instant)).slice(0, 19).replace('T', ' ');

/** What a backup means for the erasure: the certificate says it in full, since nobody can do it from here. */
const backups = [
  '备份：此前所作备份仍含已包封的密钥，直至该备份被销毁或其密钥加密密钥停用；恢复备份后须先套用删除台账，服务才会启动。',
  'Backups: one made before holds the wrapped keys until it is thrown away or its key-encryption key is dropped; after a restore the service opens',
  'only when the erasure ledger was applied.',
];

/** The certificate as people read it: Chinese first, moments in China's time. */
export function certificateText(certificate: ErasureCertificate): string {
  const { caseId, erasureId, completed, persons, classes, reason, legalBasis, steps, keys, places } = certificate;
  return [
    completed ? '个人信息删除证明 Erasure certificate' : '个人信息删除进度（尚未办结） Erasure, not completed yet',
    '',
    `个案 Case        ${caseId}`,
    `删除 Erasure     ${erasureId}`,
    `何人 Whose       ${persons.map((one) => whoseWords[one]).join('，')}`,
    `类别 Classes     ${classes.map((one) => classWords[one]).join('，')}`,
    `事由 Reason      ${reason}`,
    `依据 Basis       ${legalBasis}`,
    '',
    '经过 Steps',
    ...steps.flatMap(stepLines),
    ...(completed ? ['', '各处 Places', ...places.map(placeLine), '', ...backups] : []),
    '',
    `已销毁的密钥 Keys destroyed: ${keys.length}`,
    ...keys.map(({ subject, class: dataClass, version }) => `  ${subject} ${dataClass} v${version}`),
  ].join('\n');
}

const stepLines = ({ type, occurredAt, agency, eventId, position, leaf }: CertifiedStep): readonly string[] => [
  `  ${moment(occurredAt)}  ${stepWords(type)}  ${agency}`,
  `    事件 event ${eventId}  位置 position ${position}  叶 leaf ${leaf}`,
];

const placeLine = ({ place, outcome, at, count }: ErasureCertificate['places'][number]): string =>
  `  ${moment(at)}  ${placeWords[place]}：${outcomeWords[outcome]}${count === undefined ? '' : ` (${count})`}`;
