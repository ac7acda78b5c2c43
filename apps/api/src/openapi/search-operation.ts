import { longestLookUp, maxCasesFound } from '@guitu/disclosure';
import { indexKinds } from '@guitu/personal-data';
import type { Schema } from '../validation/schemas';
import { answered, component, flag, text, told } from './schema-words';

/** What a look-up answers. */
export const searchSchemas: Readonly<Record<string, Schema>> = {
  CaseFound: answered('A case of the caller that names the person.', { caseId: text }),
  SearchAnswer: answered(
    'Cases that the caller may read and that name a person with this value. None, and none of the own, look the same.',
    {
      cases: { type: 'array', maxItems: maxCasesFound, items: component('CaseFound') },
      more: told(flag, 'There are more than these.'),
    },
  ),
};

export const searchOperations = {
  post: {
    operationId: 'search',
    tags: ['cases'],
    summary: '检索个人信息 Look-up of a person by ID number, phone or name',
    description:
      'The value travels in the body alone, never in an address. Who looked, what for and by what is recorded before the answer; the value is not.',
    parameters: [{ $ref: '#/components/parameters/Purpose' }],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          example: { kind: 'alias', value: '赵根生' },
          schema: {
            type: 'object',
            required: ['kind', 'value'],
            additionalProperties: false,
            properties: {
              kind: { type: 'string', enum: indexKinds },
              value: {
                type: 'string',
                minLength: 1,
                maxLength: longestLookUp,
                description: 'An ID number by GB 11643, a telephone number, or a name.',
              },
            },
          },
        },
      },
    },
    responses: {
      200: { description: 'The cases.', content: { 'application/json': { schema: component('SearchAnswer') } } },
      default: { $ref: '#/components/responses/Problem' },
    },
  },
};
