import { Client, type ClientConfig, type QueryConfig } from 'pg';
import { checkDurable } from './check-store';
import { valuesOf, valuesOfOne, type Decided, type Group } from './group';
import { logTypes } from './value-types';

export type Connecting = Readonly<{ connectionString: string; deadlineMs: number }>;

const connectWithinMs = 5_000;
/** The server gives up first and says so; only a server that does not answer at all is left to the client's own clock. */
const graceMs = 2_000;

const appendStatement = {
  name: 'append-group',
  text: `select * from event_log.append_group($1::text[], $2::int[], $3::int[], $4::int[], $5::timestamptz[], $6::int[], $7::int[], $8::uuid[],
    $9::text[], $10::int[], $11::int[], $12::int[], $13::int[], $14::bytea)`,
};

const appendOneStatement = {
  name: 'append-one',
  text: `select * from event_log.append_one($1::text, $2::int, $3::timestamptz, $4::uuid, $5::text, $6::int, $7::bytea, $8::text)`,
};

export const sessionOptions = '-c TimeZone=UTC -c DateStyle=ISO';

/** One connection, several groups on their way, answered in the order of sending. Once it is lost it stays lost. */
export class WriterConnection {
  lost = false;
  /** Fails when the connection is lost: whoever waits for an answer hears of it from here, whatever the driver has forgotten. */
  private readonly gone: Promise<never>;

  private constructor(
    private readonly client: Client,
    private readonly deadlineMs: number,
  ) {
    this.gone = new Promise((_, fail) => {
      const lose = (): void => {
        this.lost = true;
        fail(new Error('the connection was lost'));
      };
      client.on('error', lose);
      client.on('end', lose);
    });
    this.gone.catch(() => undefined);
  }

  static async open({ connectionString, deadlineMs }: Connecting): Promise<WriterConnection> {
    const config: ClientConfig & { pipeline: boolean } = {
      connectionString,
      connectionTimeoutMillis: connectWithinMs,
      statement_timeout: deadlineMs,
      application_name: 'guitu-append',
      options: sessionOptions,
      keepAlive: true,
      types: logTypes,
      pipeline: true, // not in the published types yet
    };
    const connection = new WriterConnection(new Client(config), deadlineMs);
    try {
      await connection.client.connect();
      await Promise.race([checkDurable(connection.client), connection.gone]);
    } catch (error) {
      connection.destroy();
      throw error;
    }
    return connection;
  }

  async send(group: Group): Promise<readonly Decided[]> {
    const timer = setTimeout(() => this.destroy(), this.deadlineMs + graceMs);
    try {
      return (await Promise.race([this.client.query<Decided>(requestOf(group)), this.gone])).rows;
    } finally {
      clearTimeout(timer);
    }
  }

  async end(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }

  /** Every group on its way fails at once; what the server makes of them stays unknown. */
  destroy(): void {
    this.lost = true;
    const { connection } = this.client as unknown as { connection: { stream: { destroy(error?: Error): void } } };
    connection.stream.destroy(new Error('the connection was given up'));
  }
}

function requestOf(group: Group): QueryConfig {
  const one = valuesOfOne(group);
  return one ? { ...appendOneStatement, values: [...one] } : { ...appendStatement, values: [...valuesOf(group)] };
}
