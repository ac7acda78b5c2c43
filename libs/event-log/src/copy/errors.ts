/** The target holds records that are not the beginning of the source. Nothing was written to it. */
export class TargetHoldsOthers extends Error {
  override readonly name = 'TargetHoldsOthers';

  constructor(where: string) {
    super(`the target is no beginning of the source: ${where}; a copy goes into an empty log or goes on with a copy of the same source`);
  }
}

/** Somebody else writes to the target while it is copied into. What was placed before stays, and the copy can be started again. */
export class TargetInUse extends Error {
  override readonly name = 'TargetInUse';
}

/** Source and target differ after the copy. */
export class CopyDiffers extends Error {
  override readonly name = 'CopyDiffers';

  constructor(readonly streams: readonly string[]) {
    super(`the copy differs from its source in ${streams.length} streams, such as ${streams.slice(0, 5).join(', ')}`);
  }
}

/** An address that no engine of ours has. The message never repeats it: it may hold a password. */
export class UnknownEngine extends Error {
  override readonly name = 'UnknownEngine';
}
