export * from './code-tables';
export * from './time';
