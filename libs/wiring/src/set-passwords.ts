import { openDatabase, type Query } from '@guitu/event-log';
import { CannotOpen } from './data-folder';
import { serviceRoles, type RolePasswords, type ServiceRole } from './role-passwords';

/** "guitu role passwords": processes that start at once set them one after the other. */
const passwordLock = 48_490;
/** What stands on a role whose password was given by us. Roles belong to the whole server, and so does this note. */
const noted = 'Guitu gave this role its password.';
/** SQLSTATE: wrong password. */
const wrongPassword = '28P01';

export type SetPasswords = Readonly<{
  /** A login that may change our roles. */
  url: string;
  passwords: RolePasswords;
  /** Where the passwords come from, for the message. */
  file: string;
  /** Nobody else works on this server: what the file says is set, whatever was before. */
  alone: boolean;
}>;

/**
 * Gives our roles their passwords. On a server that others may use, too, a password that was given before is never replaced: the others would lose
 * their connections.
 * @throws CannotOpen when a role has another password than the file says
 */
export async function setPasswords({ url, passwords, file, alone }: SetPasswords): Promise<void> {
  const database = openDatabase({ connectionString: url, poolSize: 1 });
  try {
    await database.transaction(async (query) => {
      await query('select pg_advisory_xact_lock($1)', [passwordLock]);
      for (const role of await rolesOf(query)) {
        const password = passwords[role].reveal();
        if (alone || !(await opens(withRole(url, role, password)))) {
          if (!alone && (await isNoted(query, role))) throw otherPassword(role, file);
          await say(query, `format('alter role %I login password %L', $1::text, $2::text)`, [role, password]);
        }
        if (!(await isNoted(query, role))) await say(query, `format('comment on role %I is %L', $1::text, $2::text)`, [role, noted]);
      }
    });
  } finally {
    await database.close();
  }
}

/** The same server and database, as one of our roles. Holds a password: for connecting, never for printing. */
export function withRole(url: string, role: ServiceRole, password: string): string {
  const changed = new URL(url);
  changed.username = role;
  changed.password = encodeURIComponent(password);
  return changed.toString();
}

/** These statements have no place for parameters; format() quotes them on the server. */
async function say(query: Query, statement: string, values: readonly string[]): Promise<void> {
  const [row] = await query<{ statement: string }>(`select ${statement} as statement`, values);
  await query(row?.statement ?? '');
}

/** Those of our roles that the server has: one for keys alone has not all of them. */
async function rolesOf(query: Query): Promise<readonly ServiceRole[]> {
  const rows = await query<{ name: string }>('select rolname as name from pg_roles where rolname = any ($1::text[])', [[...serviceRoles]]);
  return serviceRoles.filter((role) => rows.some(({ name }) => name === role));
}

async function isNoted(query: Query, role: ServiceRole): Promise<boolean> {
  const comment = `select shobj_description(oid, 'pg_authid') as note from pg_roles where rolname = $1`;
  return (await query<{ note: string | null }>(comment, [role]))[0]?.note === noted;
}

async function opens(url: string): Promise<boolean> {
  const login = openDatabase({ connectionString: url, poolSize: 1 });
  try {
    await login.query('select 1');
    return true;
  } catch (error) {
    // A role that may not log in yet is refused with 28000.
    const { code } = error as NodeJS.ErrnoException;
    if (code === wrongPassword || code === '28000') return false;
    throw error;
  } finally {
    await login.close();
  }
}

const otherPassword = (role: ServiceRole, file: string): CannotOpen =>
  new CannotOpen(
    'other-passwords',
    `The database role ${role} has another password than the file ${file} says. Give every process the same file ` +
      `(GUITU_ROLE_PASSWORDS_FILE); if that file is lost, stop every process and let this one set new passwords: COMMENT ON ROLE ${role} IS NULL.`,
  );
