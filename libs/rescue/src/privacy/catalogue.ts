import type { CommandKinds, EventKinds, StreamKind } from '../stream-kind';
import { completeErasure, erasureCompleted, type CompleteErasure, type ErasureCompleted } from './complete-erasure';
import { confirmErasure, erasureConfirmed, type ConfirmErasure, type ErasureConfirmed } from './confirm-erasure';
import { decideErasure, erasureDecided, type DecideErasure, type ErasureDecided } from './decide-erasure';
import { legalHoldLifted, liftLegalHold, type LegalHoldLifted, type LiftLegalHold } from './lift-legal-hold';
import { liftRestriction, restrictionLifted, type LiftRestriction, type RestrictionLifted } from './lift-restriction';
import { legalHoldPlaced, placeLegalHold, type LegalHoldPlaced, type PlaceLegalHold } from './place-legal-hold';
import { noPrivacy, type Privacy } from './privacy';
import { keysDestroyed, recordKeysDestroyed, type KeysDestroyed, type RecordKeysDestroyed } from './record-keys-destroyed';
import { processingRestricted, restrictProcessing, type ProcessingRestricted, type RestrictProcessing } from './restrict-processing';
import { keyDestructionStarted, startKeyDestruction, type KeyDestructionStarted, type StartKeyDestruction } from './start-key-destruction';
import { erasureWithdrawn, withdrawErasure, type ErasureWithdrawn, type WithdrawErasure } from './withdraw-erasure';

/** Everything that can happen to the personal data of a case. */
export type PrivacyEvent =
  | LegalHoldPlaced
  | LegalHoldLifted
  | ProcessingRestricted
  | RestrictionLifted
  | ErasureDecided
  | ErasureConfirmed
  | ErasureWithdrawn
  | KeyDestructionStarted
  | KeysDestroyed
  | ErasureCompleted;
/** Everything that can be asked about them. */
export type PrivacyCommand =
  | PlaceLegalHold
  | LiftLegalHold
  | RestrictProcessing
  | LiftRestriction
  | DecideErasure
  | ConfirmErasure
  | WithdrawErasure
  | StartKeyDestruction
  | RecordKeysDestroyed
  | CompleteErasure;

const events: EventKinds<Privacy, PrivacyEvent> = {
  LegalHoldPlaced: legalHoldPlaced,
  LegalHoldLifted: legalHoldLifted,
  ProcessingRestricted: processingRestricted,
  RestrictionLifted: restrictionLifted,
  ErasureDecided: erasureDecided,
  ErasureConfirmed: erasureConfirmed,
  ErasureWithdrawn: erasureWithdrawn,
  KeyDestructionStarted: keyDestructionStarted,
  KeysDestroyed: keysDestroyed,
  ErasureCompleted: erasureCompleted,
};
const commands: CommandKinds<Privacy, PrivacyCommand, PrivacyEvent> = {
  PlaceLegalHold: placeLegalHold,
  LiftLegalHold: liftLegalHold,
  RestrictProcessing: restrictProcessing,
  LiftRestriction: liftRestriction,
  DecideErasure: decideErasure,
  ConfirmErasure: confirmErasure,
  WithdrawErasure: withdrawErasure,
  StartKeyDestruction: startKeyDestruction,
  RecordKeysDestroyed: recordKeysDestroyed,
  CompleteErasure: completeErasure,
};

/**
 * What is decided about the personal data of one case (个人信息保护). Its id is the case's. Hold, restriction and erasure share the stream, so that the
 * expected version decides which of them came first.
 */
export const privacyStream: StreamKind<Privacy, PrivacyEvent, PrivacyCommand> = {
  category: 'privacy',
  collection: 'privacy',
  zh: '个人信息保护',
  about: 'case',
  initial: noPrivacy,
  events,
  commands,
  duties: [],
};
