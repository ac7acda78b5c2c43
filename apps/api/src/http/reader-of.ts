import type { FastifyRequest } from 'fastify';
import { purposeCodes, purposeOf, purposes, type DisclosureRule, type PurposeFault, type Reader } from '@guitu/disclosure';
import { Problem } from '../problems/problem';
import { callerOf } from './requests';

export const purposeHeader = 'Guitu-Purpose';

/** A reader whose access is not decided yet. */
export type StatedReader = Omit<Reader, 'rule'>;

/** Who reads, and what for as `Guitu-Purpose` says. @throws Problem purpose-required, purpose-invalid */
export function statedReader(request: FastifyRequest): StatedReader {
  const by = callerOf(request);
  const header = request.headers['guitu-purpose'];
  const stated = purposeOf(Array.isArray(header) ? header.join() : header, by.role);
  if ('fault' in stated) throw purposeProblem(stated.fault);
  return { by, purpose: stated.purpose, requestId: String(request.id) };
}

export const readerOf = (stated: StatedReader, rule: DisclosureRule): Reader => ({ ...stated, rule });

const messages: { readonly [F in PurposeFault]: string } = {
  required: `An auditor says what personal values are read for: ${purposeHeader}.`,
  unknown: `There is no such purpose; there are ${purposeCodes.join(', ')}.`,
  'not-for-role': 'This purpose is not for the role of the caller.',
};

function purposeProblem(fault: PurposeFault): Problem {
  const code = fault === 'required' ? 'purpose-required' : 'purpose-invalid';
  const codes = purposeCodes.map((purpose) => `${purpose} ${purposes[purpose].zh}`).join('、');
  return new Problem(code, {
    zh: `请用 ${purposeHeader} 说明查阅用途：${codes}。`,
    en: messages[fault],
    faults: [{ pointer: purposeHeader, rule: code, message: messages[fault] }],
  });
}
