export * from './code-tables';
export type { DayUnit } from './count-days';
export * from './count-step';
export * from './explain-count';
export * from './limits';
export * from './time';
export * from './working-days';
