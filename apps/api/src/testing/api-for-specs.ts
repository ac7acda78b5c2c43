import { randomBytes, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openJwks, type Caller } from '@guitu/access';
import { DisclosureGate } from '@guitu/disclosure';
import { openMemoryLog, type EventLog } from '@guitu/event-log';
import { AuditTrail, CommandDesk, Follower } from '@guitu/history';
import {
  KeyEncryptionKey,
  Keyring,
  memoryBlindIndex,
  memoryKeyStore,
  openBlindIndex,
  type BlindIndex,
  type BlindIndexStore,
} from '@guitu/personal-data';
import type { ReadModels } from '@guitu/read-models';
import type { Directory, Instant, World } from '@guitu/rescue';
import { toMilliseconds } from '@guitu/standards';
import { createApi, type ApiParts, type LogRecord } from '../index';

const rules = { issuer: 'specs', audience: 'guitu-api', maxLifeSeconds: 3_600 };
const someBytes = 32;

export type ApiForSpecsOptions = Readonly<{
  directory: Directory;
  now: Instant;
  readModels: ReadModels;
  /** Stands between the desk and the log, for specs that break things on purpose. */
  around?: (log: EventLog) => EventLog;
  sandbox?: boolean;
}>;

export type ApiForSpecs = Readonly<{
  app: NestFastifyApplication;
  parts: ApiParts;
  url: string;
  log: EventLog;
  /** Filled by hand: nothing follows the log for it here. */
  blindIndex: BlindIndex;
  logged: readonly LogRecord[];
  token: (who: Partial<Caller>) => Promise<string>;
  /** Brings the read models up to the log. */
  project: () => Promise<void>;
  close: () => Promise<void>;
}>;

/** The whole HTTP service on a memory log, listening on a free port, with its own token issuer and a clock that stands still. */
export async function apiForSpecs(options: ApiForSpecsOptions): Promise<ApiForSpecs> {
  let now = options.now;
  const memory = openMemoryLog({ clock: () => new Date(toMilliseconds(now)).toISOString() });
  const log = options.around?.(memory) ?? memory;
  const store = memoryKeyStore();
  const keyring = await Keyring.open({ store, keyEncryptionKey: new KeyEncryptionKey(randomBytes(someBytes)) });
  const world = (): World => ({ now, directory: options.directory });
  const trail = new AuditTrail({ log, keyring, world });
  const indexed: string[] = [];
  const index = memoryBlindIndex();
  const counting: BlindIndexStore = {
    find: (kind, macs) => index.find(kind, macs),
    put: (rows) => {
      indexed.push(...rows.map(({ subject }) => subject));
      return index.put(rows);
    },
  };
  const blindIndex = await openBlindIndex(keyring, counting);
  const indexRows = (subjects: readonly string[]): Promise<number> =>
    Promise.resolve(indexed.filter((one) => subjects.includes(one)).length);
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  const logged: LogRecord[] = [];
  const note = (record: LogRecord): void => void logged.push(record);
  const projector = new Follower(log, options.readModels.projection);
  const parts: ApiParts = {
    desk: new CommandDesk({ log, keyring, world }),
    log,
    keyring,
    gate: new DisclosureGate({ log, keyring, trail }),
    trail,
    blindIndex,
    keysForPlan: { keys: store, indexRows },
    readModels: options.readModels,
    world,
    jwks: openJwks({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'EdDSA' }] }),
    settings: { host: '127.0.0.1', port: 0, tokens: rules },
    followers: () => [projector.health()],
    logger: { info: note, warn: note, error: note },
    ...(options.sandbox === true ? { sandbox: { now: () => now, moveTo: (moment: Instant) => void (now = moment) } } : {}),
  };
  const app = await createApi(parts);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    app,
    parts,
    url: `http://127.0.0.1:${port}`,
    log,
    blindIndex,
    logged,
    token: (who) => tokenFor(pair.privateKey, who),
    project: async () => void (await projector.catchUp()),
    close: async () => {
      await app.close();
      await trail.close();
      await memory.close();
    },
  };
}

function tokenFor(
  key: CryptoKey,
  { agency = 'taicang-police', user = 'A0017', client = 'desk-1', role = 'staff' }: Partial<Caller>,
): Promise<string> {
  return new SignJWT({ agency, role, azp: client })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'k1' })
    .setSubject(user)
    .setIssuer(rules.issuer)
    .setAudience(rules.audience)
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(key);
}

export const freshKey = (): string => randomUUID();

export type RawRequest = Readonly<{ method: string; path: string; headers?: Record<string, string | string[]>; body?: string | Buffer }>;
export type RawAnswer = Readonly<{
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  body: Record<string, unknown>;
}>;

/** Sends a request as it is: no client tidies up its address, its headers or its body. `transfer-encoding: chunked` sends without a length. */
export function sendRaw(url: string, { method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const length = body === undefined || 'transfer-encoding' in headers ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, method, path, headers: { ...length, ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const isJson = text !== '' && /json/.test(response.headers['content-type'] ?? '');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
        });
      });
    });
    sent.on('connect', (response, socket, head) => {
      socket.destroy();
      const text = head.toString('utf8');
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: {} });
    });
    sent.on('error', reject);
    if (body !== undefined) sent.write(body);
    sent.end();
  });
}
