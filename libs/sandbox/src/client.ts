import type { SandboxIssuer, TokenFor } from './issuer';

/** One answer of the service. */
export type Answer = Readonly<{ status: number; headers: Headers; body: Record<string, unknown> }>;
type Message = Readonly<{ key?: string; body: unknown; headers?: Readonly<Record<string, string>> }>;
type Request = Partial<Message> & Readonly<{ method: 'GET' | 'POST'; path: string }>;

const TIMEOUT_MS = 60_000;
const MAX_SENDS = 5;

export type ClientOptions = Readonly<{
  /** Called when the connection broke; the request is sent again afterwards, at most four times. Commands carry their keys, so that is harmless. */
  whenBroken?: () => Promise<void>;
}>;

/** Talks to a running sandbox as its agencies do: over HTTP, each with its own token. */
export class SandboxClient {
  private readonly tokens = new Map<string, Promise<string>>();

  constructor(
    readonly url: string,
    private readonly issuer: SandboxIssuer,
    private readonly options: ClientOptions = {},
  ) {}

  /** Reads a path as somebody. */
  get(as: TokenFor, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send(as, { method: 'GET', path, headers });
  }

  /** Gives a command, or moves the clock. */
  post(as: TokenFor, path: string, message: Message): Promise<Answer> {
    return this.send(as, { method: 'POST', path, ...message });
  }

  private async send(as: TokenFor, request: Request): Promise<Answer> {
    for (let sent = 1; ; sent += 1) {
      try {
        return await this.sendOnce(as, request);
      } catch (error) {
        if (this.options.whenBroken === undefined || sent >= MAX_SENDS)
          throw new Unanswered(`${this.url} does not answer: ${reasonOf(error)}`, { cause: error });
        await this.options.whenBroken();
      }
    }
  }

  private async sendOnce(as: TokenFor, { method, path, key, body, headers }: Request): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        authorization: `Bearer ${await this.tokenOf(as)}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  }

  private tokenOf(as: TokenFor): Promise<string> {
    const name = `${as.role} ${as.agency} ${as.user ?? ''}`;
    const known = this.tokens.get(name) ?? this.issuer.token(as);
    this.tokens.set(name, known);
    return known;
  }
}

/** Nobody answers at the address that the message names. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
