import { Column, PrimaryColumn } from 'typeorm';

// The column types that a read model may have. No serial keys, no defaults, no floats, no time zone: a row is what the events say, byte for byte.
// Text is compared byte by byte (collate "C"), so that the order of a page never depends on the locale of a machine.

const text = { type: 'text', collation: 'C' } as const;
/** int8 comes as text from the driver. Milliseconds and counts stay far below 2^53. */
const toNumber = { to: (value: unknown) => value, from: (value: string | null) => (value === null ? null : Number(value)) };
const toBigInt = { to: (value: unknown) => value, from: (value: string | null) => (value === null ? null : BigInt(value)) };

export const KeyText = (): PropertyDecorator => PrimaryColumn(text);
export const KeyCount = (): PropertyDecorator => PrimaryColumn({ type: 'int4' });
export const Text = (): PropertyDecorator => Column(text);
export const TextOrNull = (): PropertyDecorator => Column({ ...text, nullable: true });
export const TextList = (): PropertyDecorator => Column({ ...text, array: true });
export const Count = (): PropertyDecorator => Column({ type: 'int4' });
export const CountOrNull = (): PropertyDecorator => Column({ type: 'int4', nullable: true });
export const Flag = (): PropertyDecorator => Column({ type: 'bool' });
export const FlagOrNull = (): PropertyDecorator => Column({ type: 'bool', nullable: true });
/** Milliseconds since 1970: an instant in a form that sorts, whatever its offset. */
export const Milliseconds = (): PropertyDecorator => Column({ type: 'int8', transformer: toNumber });
export const MillisecondsOrNull = (): PropertyDecorator => Column({ type: 'int8', transformer: toNumber, nullable: true });
/** A position of the log. */
export const Position = (): PropertyDecorator => Column({ type: 'int8', transformer: toBigInt });
export const Json = (): PropertyDecorator => Column({ type: 'jsonb' });
export const JsonOrNull = (): PropertyDecorator => Column({ type: 'jsonb', nullable: true });
/** JSON whose fields keep their order: the state of a stream, which its rules may walk through. */
export const OrderedJson = (): PropertyDecorator => Column({ type: 'json' });
