export * from './agency-kind';
export * from './letter-kind';
export * from './person';
export * from './return';
export * from './safety';
export * from './station';
export * from './street';
