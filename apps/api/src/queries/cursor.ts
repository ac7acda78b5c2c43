import { timingSafeEqual } from 'node:crypto';
import type { Keyring } from '@guitu/personal-data';
import { Problem } from '../problems/problem';

/** For what a cursor was given: another agency, list or filter cannot use it. */
export type CursorUse = Readonly<{ agency: string; list: string }>;

export const CURSOR_LIFE_SECONDS = 24 * 60 * 60;

/** Cursors as callers see them: the position inside a list, signed for one agency and one list, good for a day. */
export class Cursors {
  constructor(
    private readonly keyring: Pick<Keyring, 'digest'>,
    private readonly now: () => number = Date.now,
  ) {}

  give(inner: string | null, use: CursorUse): string | null {
    if (inner === null) return null;
    const text = JSON.stringify([inner, Math.floor(this.now() / 1000)]);
    return `${Buffer.from(text, 'utf8').toString('base64url')}.${this.sign(text, use)}`;
  }

  /** @throws Problem cursor-invalid, cursor-expired */
  read(cursor: string, use: CursorUse): string {
    const [body, signature, ...rest] = cursor.split('.');
    if (body === undefined || signature === undefined || rest.length > 0) throw new Problem('cursor-invalid');
    const text = Buffer.from(body, 'base64url').toString('utf8');
    if (!same(signature, this.sign(text, use)) || Buffer.from(text, 'utf8').toString('base64url') !== body)
      throw new Problem('cursor-invalid');
    const [inner, issued] = JSON.parse(text) as [string, number];
    if (this.now() / 1000 - issued > CURSOR_LIFE_SECONDS) throw new Problem('cursor-expired');
    return inner;
  }

  private sign(text: string, { agency, list }: CursorUse): string {
    return this.keyring.digest(JSON.stringify(['cursor', agency, list, text]));
  }
}

function same(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
