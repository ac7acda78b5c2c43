import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Secret } from '@guitu/personal-data';
import { CannotOpen } from './data-folder';
import { makeFileOnce } from './make-file-once';
import type { Settings } from './settings';

/** The database roles that the processes log in with. None of them owns the log or the keys. */
export const serviceRoles = ['guitu_log', 'guitu_keys', 'guitu_read', 'guitu_erasure'] as const;
export type ServiceRole = (typeof serviceRoles)[number];
export type RolePasswords = Readonly<Record<ServiceRole, Secret>>;

const othersMayAct = 0o077;

export const rolePasswordsFile = ({ rolePasswordsFile: set, dataFolder }: Pick<Settings, 'rolePasswordsFile' | 'dataFolder'>): string =>
  set ?? path.join(dataFolder, 'keys', 'role-passwords.json');

/**
 * The passwords of our database roles: a JSON object with one text for each role. A file that is not there is made, with new random passwords.
 * @throws CannotOpen when it is open to others, or does not name every role
 */
export function openRolePasswords(file: string): RolePasswords {
  try {
    makeFileOnce(file, JSON.stringify(Object.fromEntries(serviceRoles.map((role) => [role, randomBytes(24).toString('base64url')]))));
    if ((statSync(file).mode & othersMayAct) !== 0)
      throw unusable(file, `is open to other users; allow its owner alone: chmod 600 ${file}`);
    return passwordsIn(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof CannotOpen) throw error;
    throw unusable(file, `cannot be used (${(error as NodeJS.ErrnoException).code ?? 'it is no JSON'})`);
  }
}

function passwordsIn(text: string, file: string): RolePasswords {
  const stored: unknown = JSON.parse(text);
  const of = (role: ServiceRole): Secret => {
    const password: unknown = Object(stored)[role];
    if (typeof password !== 'string' || password === '') throw unusable(file, `holds no password of the role ${role}`);
    return new Secret(password);
  };
  return Object.fromEntries(serviceRoles.map((role) => [role, of(role)])) as Record<ServiceRole, Secret>;
}

const unusable = (file: string, why: string): CannotOpen =>
  new CannotOpen('folder-unusable', `The file with the passwords of the database roles, ${file}, ${why}.`);
