import 'reflect-metadata';
import { DataSource, DefaultNamingStrategy, type Logger } from 'typeorm';
import type { Database, Query } from '@guitu/event-log';
import { copyIn, type Submits } from './copy-in';
import { entities } from './list';

/** The role that owns everything the read models make; wiring gives it its password, or makes a login a member of it. */
export const readRole = 'guitu_read';
/** Where the views onto the living generation lie. */
export const readSchema = 'read_models';

const connectWithinMs = 10_000;
const statementTimeoutMs = 60_000;

/** `owedBy` is `owed_by` in the tables, where a person at a prompt reads them. */
class SnakeNaming extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string): string {
    return customName || snake(propertyName);
  }
}
const snake = (name: string): string => name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);

const say = (): void => undefined;
/** Errors are thrown and handled where they matter; TypeORM prints neither them nor the values of a statement. */
export const silent: Logger = { logQuery: say, logQueryError: say, logQuerySlow: say, logSchemaBuild: say, logMigration: say, log: say };

/**
 * The pool gives every new connection to this at once. One that the server ends in the very moment of its beginning would find nobody listening for
 * its error yet, and end the process; whoever uses the connection gets the error anyway.
 */
function keepProcessAlive(connection: Readonly<{ on(event: 'error', listener: () => void): unknown }>, done: () => void): void {
  connection.on('error', say);
  done();
}

/** @param url a login that is `guitu_read` or a member of it: everything runs with the rights of that role alone */
export function readDataSource(url: string, poolSize: number): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    schema: readSchema,
    poolSize,
    entities: [...entities],
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    logger: silent,
    logging: false,
    connectTimeoutMS: connectWithinMs,
    applicationName: 'guitu read models',
    extra: { options: `-c role=${readRole}`, statement_timeout: statementTimeoutMs, verify: keepProcessAlive },
  });
}

/**
 * Plain statements over TypeORM's connections: the writing of rows by the thousand goes this way, reading goes through the entities. Inside a
 * transaction a `copy … from stdin` takes its lines, in COPY's text format, as its only value.
 */
export function databaseOf(source: DataSource): Database {
  return {
    query: queryOf(source),
    transaction: (work) =>
      source.transaction(async ({ queryRunner }) => {
        if (queryRunner === undefined) throw new Error('The transaction has no connection.');
        return work(queryOf(queryRunner, (await queryRunner.connect()) as Submits));
      }),
    close: () => source.destroy(),
  };
}

type Asks = Readonly<{ query(text: string, values?: unknown[]): Promise<unknown> }>;

const queryOf =
  (on: Asks, connection?: Submits): Query =>
  async <Row extends object>(text: string, values?: readonly unknown[]) => {
    if (connection !== undefined && text.startsWith('copy ')) {
      await copyIn(connection, text, String(values?.[0] ?? ''));
      return [];
    }
    const rows = await on.query(text, values === undefined ? undefined : [...values]);
    return (Array.isArray(rows) ? rows : []) as readonly Row[];
  };
