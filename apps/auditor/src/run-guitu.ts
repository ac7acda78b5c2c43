import { Command, CommanderError } from 'commander';
import { addApplyErasures } from './apply-erasures-command';
import { addBackup } from './backup-command';
import { addCertificate } from './certificate-command';
import { addCopyLog } from './copy-log-command';
import { addErase } from './erase-command';
import { addExplain } from './explain-command';
import { exitCodeHelp, exitCodes, type ExitCode } from './exit-codes';
import { failureOf } from './failures';
import { addForgetReadModels } from './forget-command';
import { addKeys } from './keys-commands';
import { addRebuild, addVerifyReadModels } from './read-model-commands';
import { addReplay } from './replay-command';
import { addRetention } from './retention-command';
import { addRestore } from './restore-command';
import { addSandbox } from './sandbox-commands';
import type { Session, Surroundings } from './session';

/** Runs `guitu` with these arguments (those after the name of the program). Never throws: everything ends in a code of the list. */
export async function runGuitu(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let code: ExitCode = exitCodes.fine;
  const session: Session = { ...surroundings, finish: (decided) => (code = decided) };
  try {
    await createProgram(session).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.badUse;
    const failure = failureOf(error);
    surroundings.terminal.complain(failure.sentence);
    // What was found broken before the fault weighs more than the fault.
    return code === exitCodes.fine ? failure.code : code;
  }
}

function createProgram(session: Session): Command {
  const { terminal } = session;
  const program = new Command('guitu')
    .description('归途审计：重放、解释、重建与核对。The auditor of Guitu: replay, explain, rebuild, verify.')
    .addHelpText('afterAll', exitCodeHelp)
    .exitOverride()
    .showHelpAfterError()
    .configureOutput({ writeOut: (text) => terminal.print(text.trimEnd()), writeErr: (text) => terminal.complain(text.trimEnd()) });
  addReplay(program, session);
  addExplain(program, session);
  addRebuild(program, session);
  addVerifyReadModels(program, session);
  addForgetReadModels(program, session);
  addCopyLog(program, session);
  addBackup(program, session);
  addRestore(program, session);
  addApplyErasures(program, session);
  addKeys(program, session);
  addErase(program, session);
  addCertificate(program, session);
  addRetention(program, session);
  addSandbox(program, session);
  return program;
}
