import type { KeyVersion } from '@guitu/personal-data';

/** What a rotation did, over both rounds. `unreadable`: under a former key's name, but it does not unwrap them. */
export type Rotated = Readonly<{
  current: string;
  former: readonly string[];
  subjectKeys: number;
  serviceKeys: number;
  unreadable: number;
  leftUnderFormer: number;
}>;
/** `wrappedBy`: how many keys each key-encryption key of the file wraps. */
export type Checked = Readonly<{ current: string; wrappedBy: Readonly<Record<string, number>>; doNotUnwrap: number }>;
export type Forgotten = Readonly<{ forgotten: readonly string[]; current: string }>;
export type NewVersions = Readonly<{ stream: string; versions: readonly KeyVersion[] }>;

export const rotatedText = ({ current, former, subjectKeys, serviceKeys, unreadable, leftUnderFormer }: Rotated): string =>
  [
    `已改由新主密钥加密 wrapped anew by ${current}: ${subjectKeys} 把个人密钥 keys of persons, ${serviceKeys} 把服务密钥 of the service`,
    `  旧主密钥 former: ${former.join(', ')}；仍由其加密 still under them: ${leftUnderFormer}`,
    ...(unreadable > 0 ? [`  ${unreadable} 把无法打开，保持原样 do not unwrap and stay as they are`] : []),
    leftUnderFormer > 0
      ? '请再次执行 run it again: guitu keys rotate-kek'
      : '另存新密钥文件后，可执行 keep a copy of the key file, then: guitu keys forget-kek --confirm',
  ].join('\n');

export const checkedText = ({ current, wrappedBy, doNotUnwrap }: Checked): string =>
  [
    doNotUnwrap === 0 ? '全部密钥均可打开 every key unwraps' : `${doNotUnwrap} 把密钥无法打开 keys do not unwrap`,
    ...Object.entries(wrappedBy).map(([id, count]) => `  ${id}${id === current ? ' 现行 current' : ' 旧 former'}: ${count} 把 keys`),
  ].join('\n');

export const forgottenText = ({ forgotten, current }: Forgotten): string =>
  `已删除旧主密钥 forgotten: ${forgotten.join(', ')}；现行 current ${current}`;

export const newVersionText = ({ stream, versions }: NewVersions): string =>
  [
    `${stream}: 新密钥 ${versions.length} 把 new key versions`,
    ...versions.map((key) => `  ${key.class} 第${key.version}版 version ${key.version}`),
  ].join('\n');
