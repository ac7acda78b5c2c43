/**
 * All that a log line may hold: kinds, codes, numbers and the template of a route. No body, no address with an id in it, no name, no free text.
 */
export type LogRecord = Readonly<{
  event: 'request' | 'fault' | 'listening' | 'stopping';
  requestId?: string;
  method?: string;
  /** The template of the route, such as `/v1/cases/:id`. */
  route?: string;
  status?: number;
  code?: string;
  agency?: string;
  durationMs?: number;
  /** The class of an unexpected error, and where it was thrown in our own code; never its message. */
  errorName?: string;
  errorCode?: string;
  errorAt?: string;
}>;

export const logFields: readonly (keyof LogRecord)[] = [
  'event',
  'requestId',
  'method',
  'route',
  'status',
  'code',
  'agency',
  'durationMs',
  'errorName',
  'errorCode',
  'errorAt',
];

/** Where log lines go, such as a pino logger. */
export type LogSink = Readonly<{
  info: (record: LogRecord) => void;
  warn: (record: LogRecord) => void;
  error: (record: LogRecord) => void;
}>;

/** The record with the fields of the list alone, whatever else an object brings along. */
export function onlyAllowed(record: LogRecord): LogRecord {
  const kept = logFields.filter((field) => record[field] !== undefined).map((field) => [field, record[field]]);
  return Object.fromEntries(kept) as LogRecord;
}

/** Where in our own files an error came from: file and line, without its message. */
export function placeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const frame = /\((?:.*[\\/])?((?:apps|libs)[\\/][\w\\/.-]+:\d+):\d+\)/.exec(error.stack ?? '');
  return frame?.[1];
}
