import 'reflect-metadata';
import path from 'node:path';
import { Secret, sealingSuiteNames, type SealingSuiteName } from '@guitu/personal-data';
import { plainToInstance, Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, MaxLength, Min, MinLength, validateSync } from 'class-validator';

const wholeNumber = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
const secret = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? new Secret(value) : value);
const modes = ['live', 'sandbox'] as const;
const eventLogs = ['postgres', 'eventstoredb'] as const;
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** Everything that can be set, each by the variable `GUITU_` and its name in capitals. The defaults are the embedded case. */
export class Settings {
  /** `live`: the server's clock and the tokens of a configured issuer. `sandbox`: a hand-moved clock, invented agencies and their tokens. */
  @IsIn(modes)
  readonly mode: (typeof modes)[number] = 'live';

  /** Where the embedded PostgreSQL and the key file lie. */
  @IsString()
  @MinLength(1)
  readonly dataFolder: string = '.guitu';

  /** Address on which the service listens. */
  @Matches(/^(\d{1,3}\.){3}\d{1,3}$|^::1?$|^localhost$/, { message: 'host must be an IP address or localhost' })
  readonly host: string = '127.0.0.1';

  /** Port on which the service listens, 1 to 65535. */
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(65535)
  readonly port: number = 3000;

  /** Port of the embedded PostgreSQL; 0 chooses a free one and keeps it. */
  @Transform(wholeNumber)
  @IsInt()
  @Min(0)
  @Max(65535)
  readonly postgresPort: number = 0;

  /** A PostgreSQL of your own instead of the embedded one: a URL of a role that may create roles and schemas. Never printed. */
  @IsOptional()
  @Transform(secret)
  readonly postgresUrl?: Secret;

  /** Where the history is kept. Read models, keys, checkpoints and leases stay in PostgreSQL either way. */
  @IsIn(eventLogs)
  readonly eventLog: (typeof eventLogs)[number] = 'postgres';

  /** The EventStoreDB or KurrentDB of `eventLog` `eventstoredb`, such as esdb://user:password@host:2113?tls=true. Never printed. */
  @IsOptional()
  @Transform(secret)
  readonly eventstoreUrl?: Secret;

  /** How long a projector or timekeeper may be silent before another process takes its work over, 1 to 600 seconds. */
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(600)
  readonly leaseSeconds: number = 15;

  /** How long the timekeeper rests between two looks at the open duties, 1 to 3600 seconds. */
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(3_600)
  readonly timekeeperRestSeconds: number = 30;

  /**
   * How long a wall clock that has jumped by more than a minute must hold its new time before the timekeeper judges limits by it, 60 to 86400
   * seconds; until then it stands still and says so in its health. A correction and a machine that slept are believed after this.
   */
  @Transform(wholeNumber)
  @IsInt()
  @Min(60)
  @Max(86_400)
  readonly clockHoldSeconds: number = 3_600;

  /** File with the passwords of our database roles, mode 0600; by default `keys/role-passwords.json` in the data folder, made at the first start. */
  @IsOptional()
  @IsString()
  @MinLength(1)
  readonly rolePasswordsFile?: string;

  /** File of the key-encryption key, mode 0600; by default `keys/key-encryption-key` in the data folder, made at the first start. */
  @IsOptional()
  @IsString()
  @MinLength(1)
  readonly keyFile?: string;

  /**
   * File of the erasure ledger, mode 0600; by default `erasure-ledger/ledger.jsonl` in the data folder, made at the first start. Kept apart from every
   * backup of database and keys.
   */
  @IsOptional()
  @IsString()
  @MinLength(1)
  readonly erasureLedger?: string;

  /** How long a process remembers an open key of a person, 0 to 3600 seconds; an erasure waits for as long. All processes want the same. */
  @Transform(wholeNumber)
  @IsInt()
  @Min(0)
  @Max(3_600)
  readonly keyCacheSeconds: number = 60;

  /** How many open keys of persons a process remembers, and as many persons, 0 to 1,000,000; the one unused for longest makes room. */
  @Transform(wholeNumber)
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly keyCacheKeys: number = 10_000;

  /** How new personal values are sealed: AES-256-GCM, or SM4-CTR with HMAC-SM3. Values of both open side by side. */
  @IsIn(sealingSuiteNames)
  readonly sealingSuite: SealingSuiteName = 'A256GCM';

  /**
   * A PostgreSQL database for the keys alone, apart from the log: a URL of a role that may create roles and schemas there. Named before the first start,
   * and never changed by itself. Never printed.
   */
  @IsOptional()
  @Transform(secret)
  readonly keyDatabaseUrl?: Secret;

  /** JWKS file with the public keys of the token issuer. */
  @IsOptional()
  @IsString()
  @MinLength(1)
  readonly jwksFile?: string;

  /** JWKS address of the token issuer; a file goes before it. */
  @IsOptional()
  @IsUrl({ protocols: ['https', 'http'], require_tld: false, require_protocol: true })
  readonly jwksUrl?: string;

  /** `iss` that tokens must carry. */
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly tokenIssuer: string = 'guitu';

  /** `aud` that tokens must carry. */
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly tokenAudience: string = 'guitu-api';

  /** How much the service logs. */
  @IsIn(logLevels)
  readonly logLevel: (typeof logLevels)[number] = 'warn';
}

/** Wrong settings, all faults at once. Names variables and rules, never values. */
export class WrongSettings extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`config-invalid:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'WrongSettings';
  }
}

const prefix = 'GUITU_';
const variableOf = (name: string): string => `${prefix}${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** Optional settings have no default and so are no own property of a fresh object; they are listed here. */
const optional = [
  'postgresUrl',
  'keyDatabaseUrl',
  'eventstoreUrl',
  'rolePasswordsFile',
  'keyFile',
  'erasureLedger',
  'jwksFile',
  'jwksUrl',
] as const satisfies readonly (keyof Settings)[];
const names: readonly string[] = [...Object.keys(new Settings()), ...optional];

/** The names of all variables, for documents and messages. */
export const settingVariables: readonly string[] = names.map(variableOf);

/**
 * Reads settings from the environment; unknown `GUITU_` variables are refused.
 * @throws WrongSettings naming every fault
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[0].startsWith(prefix) && entry[1] !== undefined,
  );
  const faults = given
    .filter(([variable]) => !settingVariables.includes(variable))
    .map(([variable]) => `${variable} is not a setting of Guitu`);
  const values: Record<string, string> = {};
  for (const name of names) {
    const value = environment[variableOf(name)];
    if (value === undefined) continue;
    if (value.trim() === '' || value.trim() !== value || /^["'].*["']$/.test(value))
      faults.push(`${variableOf(name)} is empty, quoted or has spaces around it`);
    else values[name] = value;
  }
  const settings = plainToInstance(Settings, { ...new Settings(), ...values });
  for (const { property, constraints } of validateSync(settings)) {
    if (faults.some((fault) => fault.startsWith(`${variableOf(property)} `))) continue;
    faults.push(...Object.values(constraints ?? {}).map((rule) => `${variableOf(property)}: ${rule}`));
  }
  faults.push(...rules.flatMap((rule) => rule(settings) ?? []));
  if (faults.length > 0) throw new WrongSettings(faults);
  return Object.freeze(Object.assign(settings, { dataFolder: path.resolve(settings.dataFolder) }));
}

/** What no single setting tells by itself; each gives a fault or nothing. */
const rules: readonly ((settings: Settings) => string | undefined)[] = [
  ({ postgresUrl }) => postgresFault('postgresUrl', postgresUrl),
  ({ keyDatabaseUrl }) => postgresFault('keyDatabaseUrl', keyDatabaseUrl),
  ({ eventstoreUrl }) =>
    eventstoreUrl === undefined || hasScheme(eventstoreUrl, ['esdb:', 'esdb+discover:'])
      ? undefined
      : `${variableOf('eventstoreUrl')}: eventstoreUrl must be a URL like esdb://user:password@host:2113?tls=true`,
  ({ eventLog, eventstoreUrl }) =>
    eventLog === 'eventstoredb' && eventstoreUrl === undefined
      ? `${variableOf('eventstoreUrl')} is wanted by ${variableOf('eventLog')}=eventstoredb`
      : undefined,
  ({ eventLog, eventstoreUrl }) =>
    eventLog !== 'eventstoredb' && eventstoreUrl !== undefined
      ? `${variableOf('eventstoreUrl')} is used by ${variableOf('eventLog')}=eventstoredb alone`
      : undefined,
];

const postgresFault = (name: keyof Settings, url: Secret | undefined): string | undefined =>
  url === undefined || (hasScheme(url, ['postgres:', 'postgresql:']) && URL.canParse(url.reveal()))
    ? undefined
    : `${variableOf(name)}: ${name} must be a URL like postgres://role:password@host:5432/database`;

/** Several hosts in one address are no URL for `URL`, so the scheme alone is looked at. */
const hasScheme = (url: Secret, schemes: readonly string[]): boolean =>
  schemes.some((scheme) => url.reveal().startsWith(`${scheme}//`) && url.reveal().length > scheme.length + 2);
