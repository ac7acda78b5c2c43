import type { CaseSummary, Desk, HandoverRow, InCustody, LetterRow } from '@guitu/read-models';
import type { Schema } from '../validation/schemas';
import { answered, component, count, flag, listOf, moment, orNull, position, row, text, told } from './schema-words';

const desk = row<Desk>('What lies on the desk of the own agency (待办): the beginning of each list.', {
  custody: deskPart('Persons in its custody.', 'InCustody'),
  handovers: deskPart('Handovers that wait for its signature.', 'HandoverRow'),
  letters: deskPart('Letters that wait for its receipt or reply.', 'LetterRow'),
});

function deskPart(description: string, name: string): Schema {
  return answered(description, {
    rows: { type: 'array', maxItems: 200, items: component(name) },
    more: told(flag, 'There are more than these.'),
  });
}

const caseSummary = row<CaseSummary>('One case (个案) at a glance.', {
  caseId: text,
  owner: told(orNull(text), 'The case-owning station (个案归属站), once there is one.'),
  location: text,
  custodyHolder: told(orNull(text), 'Who has the person now.'),
  foundIn: told(orNull(text), 'Division code.'),
  participants: listOf(text),
  openedAt: moment,
  lastAt: moment,
  version: count,
  position,
});

const inCustody = row<InCustody>("A person in the agency's hands.", { caseId: text, since: moment, case: component('CaseSummary') });

const handover = row<HandoverRow>('One handover (交接).', {
  caseId: text,
  handoverId: text,
  kind: text,
  from: text,
  to: text,
  phase: text,
  offeredAt: moment,
  since: told(moment, 'Since when it is in this phase.'),
  dispatchId: orNull(text),
});

const letter = row<LetterRow>('One letter that lies at its addressee.', {
  caseId: text,
  about: told(text, 'The dispatch, the escalation or the loop that it belongs to.'),
  kind: { type: 'string', enum: ['CONTACT', 'ESCALATION', 'FEEDBACK', 'OUTCOME'] },
  letterId: orNull(text),
  from: text,
  to: text,
  wants: { type: 'string', enum: ['REPLY', 'RECEIPT', 'DECISION'] },
  waiting: flag,
  since: moment,
});

/** What lies on a desk. */
export const deskSchemas: Readonly<Record<string, Schema>> = {
  DeskView: desk,
  InCustody: inCustody,
  CaseSummary: caseSummary,
  HandoverRow: handover,
  LetterRow: letter,
};
