import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { openDatabase, type Database } from '@guitu/event-log';
import { SandboxClient, type SandboxIssuer, type TokenFor } from '@guitu/sandbox';
import { readSettings, type Settings } from '@guitu/wiring';
import { freePort } from '../../apps/player/src/throwaway';
import { builtService } from './built-service';
import { serverOfOnesOwn } from './database-for-tests';

const START_WITHIN_MS = 60_000;
const issuerName = 'issuer-of-specs';
const audience = 'guitu-api';

export type Part = 'api' | 'projector' | 'timekeeper';

/** One process of an installation. */
export type PartProcess = Readonly<{
  name: Part;
  child: ChildProcess;
  pid: number;
  url: string;
  complained: () => string;
  /** What /health/ready answers. */
  health: () => Promise<Readonly<{ status: number; body: Readonly<Record<string, unknown>> }>>;
  /** Ends it with SIGTERM; its exit code. */
  stop: () => Promise<number | null>;
}>;

/** A live installation whose processes share a PostgreSQL, a key file and a token issuer. */
export type Installation = Readonly<{
  database: Database;
  settings: Settings;
  environment: Readonly<Record<string, string>>;
  start: (name: Part, more?: Readonly<Record<string, string>>) => Promise<PartProcess>;
  clientOf: (api: PartProcess) => SandboxClient;
  /** Who holds a lease now. */
  holderOf: (lease: string) => Promise<Readonly<{ pid: number; epoch: bigint }> | undefined>;
  stop: () => Promise<void>;
}>;

export async function installation(more: Readonly<Record<string, string>> = {}): Promise<Installation> {
  const server = await serverOfOnesOwn({ max_connections: 200 });
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-several-'));
  const issuer = await issuerIn(folder);
  const environment = {
    GUITU_POSTGRES_URL: server.superuserUrl,
    GUITU_DATA_FOLDER: path.join(folder, 'data'),
    GUITU_JWKS_FILE: path.join(folder, 'jwks.json'),
    GUITU_TOKEN_ISSUER: issuerName,
    GUITU_TOKEN_AUDIENCE: audience,
    ...more,
  };
  const database = openDatabase({ connectionString: server.superuserUrl, poolSize: 2 });
  const started: PartProcess[] = [];
  return {
    database,
    settings: readSettings(environment),
    environment,
    start: async (name, extra = {}) => {
      const part = await startPart(name, { ...environment, ...extra });
      started.push(part);
      return part;
    },
    clientOf: ({ url }) => new SandboxClient(url, issuer),
    holderOf: async (lease) => {
      const [row] = await database.query<{ owner: string; epoch: bigint }>(
        'select owner, epoch from leases.lease where name = $1 and until > clock_timestamp()',
        [lease],
      );
      return row === undefined ? undefined : { pid: Number(row.owner.split('/')[1]), epoch: row.epoch };
    },
    stop: async () => {
      await Promise.all(started.map((part) => part.stop()));
      await database.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function issuerIn(folder: string): Promise<SandboxIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'spec', alg: 'EdDSA', use: 'sig' }] };
  writeFileSync(path.join(folder, 'jwks.json'), JSON.stringify(jwks));
  const token = ({ agency, role, user = 'spec' }: TokenFor): Promise<string> =>
    new SignJWT({ agency, role, client_id: 'spec' })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'spec' })
      .setSubject(user)
      .setIssuer(issuerName)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('50m')
      .sign(privateKey);
  return { jwks, token };
}

/** Resolves when the process says that it has started. */
async function startPart(name: Part, settings: Readonly<Record<string, string>>): Promise<PartProcess> {
  const port = await freePort();
  const main = path.resolve(path.dirname(builtService()), `../../${name}/src/main.js`);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([variable]) => !variable.startsWith('GUITU_')));
  const child = spawn(process.execPath, [main], {
    env: { ...inherited, ...settings, GUITU_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complained = '';
  child.stderr.on('data', (text: Buffer) => (complained += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${name} did not start in time. ${complained}`)), START_WITHIN_MS);
    void ended.then((code) => reject(new StartRefused(name, code, complained))).finally(() => clearTimeout(late));
    child.stdout.once('data', () => {
      clearTimeout(late);
      resolve();
    });
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    name,
    child,
    pid: child.pid ?? 0,
    url,
    complained: () => complained,
    health: async () => {
      const answer = await fetch(`${url}/health/ready`);
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
    stop: async () => {
      // A process that was made to stand still hears no SIGTERM.
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** The process ended before it had started, with what it said. */
export class StartRefused extends Error {
  constructor(
    name: string,
    readonly code: number | null,
    readonly said: string,
  ) {
    super(`${name} ended with code ${String(code)}. ${said}`);
  }
}
