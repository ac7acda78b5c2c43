import { dutyCommands } from '../duties/duty-commands';
import { Refusal } from '../refusal';
import type { Command } from '../words';
import type { Case } from './case';
import { feedbackCommands } from './feedback/catalogue';

/** After death the file is closed and papers are put in order; nothing more happens to the person (dossier 5.5). */
const afterDeath: ReadonlySet<string> = new Set([
  'RecordDeath',
  'RefuseHandover',
  'WithdrawHandover',
  'ArchiveCase',
  'ReopenCase',
  'CorrectFeedback',
  'WithdrawFeedback',
]);
/** An open feedback loop does not block archiving the case, and archiving does not block the loop (dossier 5.1). */
const afterArchiving: ReadonlySet<string> = new Set(['ArchiveCase', 'ReopenCase', ...Object.keys(feedbackCommands)]);

/** Refuses what no step may do to a dead person (CASE-DECEASED, DSP-DECEASED) or in a file that was put away (CASE-ARCHIVED). */
export function guard({ type }: Command, state: Case): void {
  if (Object.hasOwn(dutyCommands, type)) return;
  if (state.location === 'DECEASED' && !afterDeath.has(type))
    throw new Refusal('CASE-DECEASED', 'The person has died; only the file can be put in order.');
  if (state.location === 'ARCHIVED' && !afterArchiving.has(type))
    throw new Refusal('CASE-ARCHIVED', 'The case is archived; it can be reopened.');
}
