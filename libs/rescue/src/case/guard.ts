import { dutyCommands } from '../duties/duty-commands';
import { Refusal } from '../refusal';
import type { Command } from '../words';
import type { Case } from './case';
import { dispatchCommands } from './dispatch/catalogue';
import { feedbackCommands } from './feedback/catalogue';
import { isOver } from './feedback/loops';

/** After death papers are put in order; nothing more happens to the person (dossier 5.5). Letters that are owed are still written. */
const afterDeath: ReadonlySet<string> = new Set([
  'RecordDeath',
  'RefuseHandover',
  'WithdrawHandover',
  'RegisterBelongings',
  'ReturnBelongings',
  'ArchiveCase',
  'ReopenCase',
]);
const afterArchiving: ReadonlySet<string> = new Set(['ArchiveCase', 'ReopenCase']);
/** What a closed or cancelled loop leaves behind: help goes on, and a letter that is out is withdrawn. */
const afterTheLoop: ReadonlySet<string> = new Set(['RecordAssistanceMeasure', 'DeclineAssistance', 'WithdrawFeedback']);

const isFeedback = (type: string): boolean => Object.hasOwn(feedbackCommands, type);

/** Refuses what no step may do to a dead person (CASE-DECEASED, DSP-DECEASED) or in a file that was put away (CASE-ARCHIVED). */
export function guard({ type }: Command, state: Case): void {
  if (Object.hasOwn(dutyCommands, type)) return;
  if (state.location === 'DECEASED' && Object.hasOwn(dispatchCommands, type))
    throw new Refusal('DSP-DECEASED', 'The person has died and is not sent home.');
  if (state.location === 'DECEASED' && !afterDeath.has(type) && !isFeedback(type))
    throw new Refusal('CASE-DECEASED', 'The person has died; only the file can be put in order.');
  if (state.location === 'ARCHIVED' && !afterArchiving.has(type) && !goesOnInTheFile(type, state))
    throw new Refusal('CASE-ARCHIVED', 'The case is archived; it can be reopened.');
}

/** An open feedback loop does not hinder archiving, so its steps go on afterwards (dossier 5.1). */
const goesOnInTheFile = (type: string, { feedback }: Case): boolean =>
  isFeedback(type) && (afterTheLoop.has(type) || Object.values(feedback.loops).some((loop) => !isOver(loop)));
