import { existsSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  addKeyEncryptionKey,
  dataClasses,
  dropFormerKeyEncryptionKeys,
  keyFileLifetimeMs,
  keysThatDoNotUnwrap,
  keysWrappedBy,
  newKeyVersions,
  openKeyFile,
  rotateKeyEncryptionKey,
  sqlKeyLife,
  type KeyEncryptionKeys,
  type KeyLifeStore,
} from '@guitu/personal-data';
import { keyFileOf } from '@guitu/wiring';
import type { Command } from 'commander';
import { exitCodes } from './exit-codes';
import { BadUse, Refused } from './failures';
import { checkedText, forgottenText, newVersionText, rotatedText, type Checked, type Rotated } from './keys-text';
import { show, withCommonOptions, withOpened, type CommonOptions, type Session } from './session';

/** Every process has seen a changed key file, and what it began before has reached the store. */
const settledAfterMs = 2 * keyFileLifetimeMs;

type RotateOptions = CommonOptions & Readonly<{ wait: boolean }>;
type ForgetOptions = CommonOptions & Readonly<{ confirm?: true }>;

/** What an operator does with keys. Nothing here opens a personal value. */
export function addKeys(program: Command, session: Session): void {
  const keys = program.command('keys').summary('密钥 the keys of personal values: rotate, check, renew');
  withCommonOptions(keys.command('rotate-kek'))
    .description(
      [
        '更换主密钥：在密钥文件中加入新主密钥，全部个人密钥改由它加密；服务照常运行，中断后再次执行即续行。',
        'A new key-encryption key beside the former one, and every key wrapped anew, while requests run; killed, it goes on when started again.',
        `It waits ${settledAfterMs / 1_000} seconds for the other processes, wraps once more, and leaves the former one in the file. Copy the new key file first.`,
      ].join('\n'),
    )
    .option('--no-wait', '不等待 end after the first round; run it again later')
    .action((options: RotateOptions) => rotate(session, options));
  withCommonOptions(keys.command('forget-kek'))
    .description(
      [
        '从密钥文件删除旧主密钥，仅当已无密钥由它加密。此前的密钥备份从此无法打开。',
        'Takes former key-encryption keys out of the key file, when no key is wrapped by them. Backups of keys made before open no more.',
      ].join('\n'),
    )
    .option('--confirm', '确认 always needed')
    .action((options: ForgetOptions) => forget(session, options));
  withCommonOptions(keys.command('check'))
    .description('核对全部密钥能否打开 counts the keys that do not unwrap; any ends in exit code 4')
    .action((options: CommonOptions) => check(session, options));
  withCommonOptions(keys.command('new-version'))
    .description('为一人启用新密钥 a new key version for the person of a case: new values use it, the old ones stay readable')
    .argument('<case>', '个案编号 id of a case')
    .action((name: string, options: CommonOptions) => renew(session, name, options));
}

type Work = Readonly<{ life: KeyLifeStore; keys: KeyEncryptionKeys; file: string }>;

async function withKeys<T>(session: Session, options: CommonOptions, work: (with_: Work) => Promise<T>): Promise<T> {
  const file = keyFileOf(session.settings(options));
  // Nothing is made here: a new key file beside old keys would only hide that the right one is missing.
  if (!existsSync(file)) throw new BadUse(`没有密钥文件 there is no key file ${file}.`);
  return withOpened(session, options, async ({ openKeyStore }) =>
    work({ life: sqlKeyLife(await openKeyStore()), keys: await openKeyFile(file), file }),
  );
}

async function rotate(session: Session, options: RotateOptions): Promise<void> {
  const rotated = await withKeys(session, options, async ({ life, keys, file }) => {
    // A rotation that broke off is taken up; else a new key is added.
    if ((await leftUnder(life, keys)) === 0) await addKeyEncryptionKey(file);
    const first = await wrapAnew(life, await openKeyFile(file));
    if (!options.wait) return first;
    const restMs = settlingMs(file);
    session.terminal.complain(`等待其他进程 waiting ${Math.ceil(restMs / 1_000)} s for the other processes`);
    await sleep(restMs);
    const second = await wrapAnew(life, await openKeyFile(file));
    return { ...second, subjectKeys: first.subjectKeys + second.subjectKeys, serviceKeys: first.serviceKeys + second.serviceKeys };
  });
  show(session, options, rotated, rotatedText);
  if (rotated.unreadable > 0) session.finish(exitCodes.broken);
}

async function wrapAnew(life: KeyLifeStore, keys: KeyEncryptionKeys): Promise<Rotated> {
  const total = { subjectKeys: 0, serviceKeys: 0, unreadable: 0 };
  for (const former of keys.former) {
    const one = await rotateKeyEncryptionKey(life, former, keys.current);
    for (const what of ['subjectKeys', 'serviceKeys', 'unreadable'] as const) total[what] += one[what];
  }
  return { ...total, current: keys.current.id, former: keys.former.map(({ id }) => id), leftUnderFormer: await leftUnder(life, keys) };
}

async function leftUnder(life: KeyLifeStore, keys: KeyEncryptionKeys): Promise<number> {
  let left = 0;
  for (const { id } of keys.former) left += await keysWrappedBy(life, id);
  return left;
}

/** Milliseconds until every process knows the file as it is. */
const settlingMs = (file: string): number => Math.max(0, statSync(file).mtimeMs + settledAfterMs - Date.now());

async function forget(session: Session, options: ForgetOptions): Promise<void> {
  const forgotten = await withKeys(session, options, async ({ life, keys, file }) => {
    const former = keys.former.map(({ id }) => id);
    if (former.length === 0) throw new Refused('没有旧主密钥 there is no former key-encryption key in the key file.');
    const left = await leftUnder(life, keys);
    if (left > 0)
      throw new Refused(`仍有 ${left} 把密钥由旧主密钥加密 ${left} keys are still wrapped by a former one: guitu keys rotate-kek.`);
    const restMs = settlingMs(file);
    if (restMs > 0) throw new Refused(`请稍候 a process may still wrap with the former one; again in ${Math.ceil(restMs / 1_000)} s.`);
    if (options.confirm !== true)
      throw new Refused(
        '须加 --confirm backups of keys that were made under a former key-encryption key open no more: it wants --confirm.',
      );
    await dropFormerKeyEncryptionKeys(file);
    return { forgotten: former, current: keys.current.id };
  });
  show(session, options, forgotten, forgottenText);
}

async function check(session: Session, options: CommonOptions): Promise<void> {
  const checked: Checked = await withKeys(session, options, async ({ life, keys }) => {
    const wrappedBy: Record<string, number> = {};
    for (const { id } of [keys.current, ...keys.former]) wrappedBy[id] = await keysWrappedBy(life, id);
    return { current: keys.current.id, wrappedBy, doNotUnwrap: await keysThatDoNotUnwrap(life, keys) };
  });
  show(session, options, checked, checkedText);
  if (checked.doNotUnwrap > 0) session.finish(exitCodes.broken);
}

async function renew(session: Session, name: string, options: CommonOptions): Promise<void> {
  const stream = name.startsWith('case-') ? name : `case-${name}`;
  const versions = await withKeys(session, options, async ({ life, keys }) => {
    const person = (await life.subjectsOf(stream)).find(({ role }) => role === 'person');
    if (person === undefined) throw new BadUse(`密钥库中没有 ${stream} the key store knows nobody in ${stream}.`);
    return newKeyVersions(
      life,
      keys,
      dataClasses.map((dataClass) => ({ subject: person.subject, class: dataClass })),
    );
  });
  show(session, options, { stream, versions }, newVersionText);
}
