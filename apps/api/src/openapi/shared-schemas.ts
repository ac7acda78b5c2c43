import { edgeCodes, problemCodes } from '../problems/problem-codes';

/** Answers that every route shares. */
export const sharedSchemas = {
  Problem: {
    type: 'object',
    description: 'RFC 9457. `errors` lists all faults, at most 50.',
    required: ['type', 'title', 'status', 'code', 'detail', 'instance'],
    properties: {
      type: { type: 'string', format: 'uri' },
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string', enum: problemCodes },
      detail: { type: 'string' },
      instance: { type: 'string', pattern: '^urn:request:' },
      refusal: { type: 'string', description: 'The rule that said no, when a rule did.' },
      allowed: { type: 'array', items: { type: 'string' } },
      missing: { type: 'array', items: { type: 'string' } },
      expected: { type: 'string' },
      currentVersion: { type: 'integer' },
      offset: { type: 'integer' },
      errors: {
        type: 'array',
        maxItems: 50,
        items: {
          type: 'object',
          required: ['pointer', 'rule', 'message'],
          properties: {
            pointer: { type: 'string', description: 'A JSON pointer into the body, or the name of a parameter or header.' },
            rule: { type: 'string' },
            message: { type: 'string' },
          },
        },
      },
      truncated: { type: 'boolean', const: true },
    },
  },
  CommandAnswer: {
    type: 'object',
    description:
      'What was recorded: ids and versions, no personal data. The id of the stream is named after its kind (`caseId`, `agencyId`).',
    required: ['version', 'position', 'recordedAt', 'events'],
    properties: {
      caseId: { type: 'string' },
      agencyId: { type: 'string' },
      version: { type: 'integer' },
      position: { type: 'string', description: 'Send it as `Guitu-Min-Position` to read your own write.' },
      recordedAt: { type: ['string', 'null'] },
      normalised: { type: 'boolean', const: true, description: 'The texts were brought into composed form (NFC).' },
      events: {
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'type', 'version'],
          properties: { id: { type: 'string' }, type: { type: 'string' }, version: { type: 'integer' } },
          additionalProperties: { type: 'string' },
        },
      },
    },
  },
} as const;

/** Answers of commands besides success, by status: which codes they can carry. */
export const problemStatuses: readonly number[] = [
  ...new Set<number>([...Object.values(edgeCodes).map(({ status }) => status as number)]),
].sort((a, b) => a - b);
