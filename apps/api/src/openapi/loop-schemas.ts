import type { Awaited, LoopRow, Measure, ReturneeLedgerRow } from '@guitu/read-models';
import type { Schema } from '../validation/schemas';
import { count, flag, listOf, moment, orNull, pageOf, personal, row, text, told } from './schema-words';

const awaited = row<Awaited>('An open duty about the loop.', {
  dutyId: text,
  key: text,
  by: text,
  to: text,
  dueAt: moment,
  breached: flag,
});
const loop = row<LoopRow>('One written feedback loop (书面反馈闭环).', {
  caseId: text,
  loopId: text,
  phase: text,
  since: moment,
  over: told(flag, 'Closed or cancelled.'),
  departure: told(text, 'The dispatch, or the kind of leaving, that it answers for.'),
  departedAt: moment,
  expectedArrival: moment,
  destination: told(text, 'Division code.'),
  sender: text,
  addressee: told(orNull(text), 'Null while an officer must still choose.'),
  formerAddressees: listOf(text),
  letterId: orNull(text),
  letterNumber: orNull(text),
  receiptNumber: orNull(text),
  outcomeLetterId: orNull(text),
  awaitingCorrection: flag,
  notArrived: flag,
  reminders: count,
  waitsOn: told(orNull(text), 'Who owes the earliest open duty about it.'),
  waitsUntil: orNull(moment),
  awaited: told(listOf(awaited), 'Every open duty about it, the earliest due first.'),
});

const measure = row<Measure>('Help that was given, or declined with reasons.', {
  event: text,
  by: text,
  at: moment,
  given: flag,
  kind: personal,
  from: personal,
});
const ledgerLine = row<ReturneeLedgerRow>('One line of the ledger of returnees (返乡受助人员台账), with personal values opened.', {
  caseId: text,
  loopId: text,
  agency: orNull(text),
  ledgerNumber: orNull(text),
  ledgeredAt: orNull(moment),
  sender: text,
  letterId: orNull(text),
  letterNumber: orNull(text),
  receiptNumber: orNull(text),
  mode: text,
  destination: told(text, 'Division code.'),
  departedAt: moment,
  expectedArrival: moment,
  arrivedAt: orNull(moment),
  phase: told(text, 'Where the loop stands.'),
  whereabouts: orNull(text),
  receptionAt: orNull(moment),
  visitedAt: orNull(moment),
  visitMode: orNull(text),
  hardshipFound: orNull(flag),
  outcomeLetterId: orNull(text),
  person: personal,
  relative: personal,
  caseFacts: personal,
  health: personal,
  followUp: personal,
  place: personal,
  hardships: personal,
  measures: listOf(measure),
});

/** What both sides of a written feedback loop look at. */
export const loopSchemas: Readonly<Record<string, Schema>> = {
  LoopRow: loop,
  LoopPage: pageOf('LoopRow'),
  LedgerRow: ledgerLine,
  LedgerPage: pageOf('LedgerRow'),
};
