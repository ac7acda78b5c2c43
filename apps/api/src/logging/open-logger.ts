import pino, { type DestinationStream } from 'pino';
import { onlyAllowed, type LogRecord, type LogSink } from './log-record';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Structured logs, one JSON object a line, with the allowed fields alone; no host name, no process id. */
export function openLogger(level: LogLevel, destination?: DestinationStream): LogSink {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger = destination === undefined ? pino(options) : pino(options, destination);
  const at =
    (severity: 'info' | 'warn' | 'error') =>
    (record: LogRecord): void =>
      logger[severity](onlyAllowed(record));
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
