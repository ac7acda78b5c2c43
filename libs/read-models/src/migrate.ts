import { createHash } from 'node:crypto';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { silent } from './database';
import { readModelMigrations } from './migrations';

/** One step towards today's database, in SQL. A released one never changes. */
export type MigrationStep = Readonly<{ name: string; sql: string }>;

/** The database has been through a step that this version does not know, or knows otherwise. Nothing was run. */
export class ForeignMigration extends Error {
  constructor(
    readonly step: string,
    why: 'changed' | 'missing',
  ) {
    super(
      why === 'changed'
        ? `Migration ${step} was changed after it had run; released migrations never change.`
        : `The database has been through migration ${step}, which this version does not know: it is newer than this version.`,
    );
    this.name = 'ForeignMigration';
  }
}

const table = 'guitu_migrations';
/** "guitu" on a telephone: any number will do, as long as it is always the same. */
const lockKey = 48_488;
// TypeORM wants a time at the end of every name and sorts by it. All steps share one, so that the order of the list is kept.
const noTime = 1_600_000_000_000;

const digestOf = ({ sql }: MigrationStep): string => createHash('sha256').update(sql, 'utf8').digest('hex').slice(0, 32);
const recordedName = (step: MigrationStep): string => `${step.name} sha256:${digestOf(step)} ${noTime}`;
const stepName = (recorded: string): string => recorded.split(' sha256:', 1)[0] ?? recorded;

/** `readModels: false` for a database that holds none. */
export type Migrated = Readonly<{ url: string; steps: readonly MigrationStep[]; readModels?: boolean }>;

/**
 * Brings the database to today: the other rooms' steps in the order given, then those of the read models, each once and in a transaction of its
 * own, all noted in one table. Two processes at once wait for each other.
 *
 * @param url a superuser, or a login that may create roles and schemas
 * @returns the names of the steps that ran
 * @throws ForeignMigration before anything runs
 */
export async function migrate({ url, steps, readModels = true }: Migrated): Promise<readonly string[]> {
  const all = readModels ? [...steps, ...readModelMigrations] : steps;
  if (new Set(all.map(({ name }) => name)).size < all.length) throw new Error('two migration steps have the same name');
  const source = new DataSource({
    type: 'postgres',
    url,
    poolSize: 2,
    migrations: all.map(migrationClass),
    migrationsTableName: table,
    migrationsTransactionMode: 'each',
    installExtensions: false,
    logger: silent,
    logging: false,
    applicationName: 'guitu migrations',
  });
  await source.initialize();
  try {
    return await alone(source, async (query) => {
      checkDone(await done(query), all);
      const ran = await source.runMigrations({ transaction: 'each' });
      return ran.map(({ name }) => stepName(name));
    });
  } finally {
    await source.destroy();
  }
}

async function alone<T>(source: DataSource, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    await runner.query('select pg_advisory_lock($1)', [lockKey]);
    return await work(runner);
  } finally {
    await runner.query('select pg_advisory_unlock($1)', [lockKey]).catch(() => undefined);
    await runner.release();
  }
}

async function done(runner: QueryRunner): Promise<readonly string[]> {
  if (!(await runner.hasTable(table))) return [];
  const rows = (await runner.query(`select name from ${table} order by id`)) as readonly { name: string }[];
  return rows.map(({ name }) => name);
}

function checkDone(before: readonly string[], all: readonly MigrationStep[]): void {
  const known = new Map(all.map((step) => [step.name, recordedName(step)]));
  for (const recorded of before) {
    const today = known.get(stepName(recorded));
    if (today === undefined) throw new ForeignMigration(stepName(recorded), 'missing');
    if (today !== recorded) throw new ForeignMigration(stepName(recorded), 'changed');
  }
}

/** TypeORM's runner takes classes. */
function migrationClass(step: MigrationStep): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = recordedName(step);
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(step.sql);
    }
    async down(): Promise<void> {
      throw new Error(`Migration ${step.name} has no way back: a merged migration is never undone.`);
    }
  };
}
