import type { FastifyRequest } from 'fastify';
import type { ReadModels } from '@guitu/read-models';
import { Problem } from '../problems/problem';

export const MIN_POSITION_WAIT_MS = 2_000;
const largestPosition = 9_223_372_036_854_775_807n;

/** The position that the caller's own write came to, from `Guitu-Min-Position`. @throws Problem invalid-parameter */
export function minPositionOf(request: FastifyRequest): bigint | undefined {
  const header = request.headers['guitu-min-position'];
  if (header === undefined) return undefined;
  const position = typeof header === 'string' && /^\d{1,19}$/.test(header) ? BigInt(header) : undefined;
  if (position === undefined || position > largestPosition)
    throw new Problem('invalid-parameter', {
      faults: [{ pointer: 'Guitu-Min-Position', rule: 'invalid-parameter', message: 'A position is a whole number.' }],
    });
  return position;
}

/** Waits until the read models have come to the position that the caller asks for, at most two seconds. @throws Problem projection-behind */
export async function waitForMinPosition(request: FastifyRequest, readModels: Pick<ReadModels, 'waitForPosition'>): Promise<void> {
  const position = minPositionOf(request);
  if (position === undefined || (await readModels.waitForPosition(position, MIN_POSITION_WAIT_MS))) return;
  throw new Problem('projection-behind', { headers: { 'retry-after': '1' } });
}
