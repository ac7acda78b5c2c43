export { createApi, routesOf } from './create-api';
export type { ApiParts, ApiSettings, SandboxClock } from './api-parts';
export { openLogger, type LogLevel } from './logging/open-logger';
export { logFields, type LogRecord, type LogSink } from './logging/log-record';
export { collectExamples, type StorySteps } from './openapi/collect-examples';
export { openApiOf } from './openapi/documents';
export { edgeOf } from './edge-of';
