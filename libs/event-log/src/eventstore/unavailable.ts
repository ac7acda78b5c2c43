import { LogUnavailable, type UnavailableReason } from '../errors';
import { WireFailure, type WireFailureKind } from './wire';

const reasons: { readonly [K in WireFailureKind]: UnavailableReason } = {
  'wrong-version': 'refused',
  'too-large': 'refused',
  refused: 'refused',
  unreachable: 'unreachable',
  'timed-out': 'deadline',
  lost: 'unreachable',
  deadline: 'deadline',
};

/** A failed call by which nothing can have been written. Whatever is no failure of the wire stays as it is. */
export function unavailable(error: unknown, message: string): unknown {
  return error instanceof WireFailure ? new LogUnavailable(reasons[error.kind], message, { cause: new Error(error.message) }) : error;
}
