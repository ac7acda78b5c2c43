export type CannotStartCode = 'port-busy' | 'foreign-folder' | 'disk-full' | 'second-instance' | 'broken';

/** Why the database does not run, in a sentence that somebody at a terminal can act on. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';

  constructor(
    readonly code: CannotStartCode,
    sentence: string,
    options?: ErrorOptions,
  ) {
    super(sentence, options);
  }
}

/** A full disk looks different from the file system, from initdb and from the server's log; it is told in one way. */
export function asCannotStart(error: unknown, folder: string): CannotStart {
  if (error instanceof CannotStart) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (speaksOfFullDisk(text))
    return new CannotStart('disk-full', `There is no space left on the disk that holds ${folder}.`, { cause: error });
  return new CannotStart('broken', `The database in ${folder} cannot be started: ${text}`, { cause: error });
}

export function speaksOfFullDisk(text: string): boolean {
  return /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/i.test(text);
}
