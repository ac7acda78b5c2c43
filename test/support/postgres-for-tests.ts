import type { EmbeddedPostgres } from '../../libs/embedded-postgres/src';

type Started = Readonly<{ folder: string; server: EmbeddedPostgres }>;

const place = globalThis as { guituServerForTests?: Started };

/** What setup leaves for teardown in jest's own process, and for the specs in its workers. */
export const serverForTests = {
  urlVariable: 'GUITU_SPECS_POSTGRES_URL',
  remember(started: Started): void {
    place.guituServerForTests = started;
  },
  recall(): Started | undefined {
    return place.guituServerForTests;
  },
} as const;
