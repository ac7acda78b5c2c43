export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './start-embedded-postgres';
export { findRunningPostgres, type RunningPostgres } from './find-running';
export { CannotStart, type CannotStartCode } from './cannot-start';
export { binariesAvailable } from './binaries';
export type { ServerSettings } from './launch-server';
