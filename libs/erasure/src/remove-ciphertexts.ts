import type { EventLog } from '@guitu/event-log';
import type { KeyVersion } from '@guitu/personal-data';
import { keyOfSeal, keyText, sealsIn } from './what-is-named';

/** Takes ciphertexts out of the records of a stream, by their digests. Gives how many were still there. */
export type RemoveSecrets = (stream: string, digests: readonly string[]) => Promise<number>;

type Removal = Readonly<{ stream: string; keys: readonly KeyVersion[]; removeSecrets?: RemoveSecrets }>;

/**
 * Takes the ciphertexts of these keys out of a stream's records, where the engine can. The hashed bytes tell which they are, before and after.
 * @returns how many values of the stream these keys had sealed
 */
export async function removeCiphertexts(log: EventLog, { stream, keys, removeSecrets }: Removal): Promise<number> {
  const gone = new Set(keys.map(keyText));
  const records = await log.read(stream);
  const digests = records.flatMap((record) => sealsIn(record).flatMap((seal) => (gone.has(keyText(keyOfSeal(seal))) ? [seal.d] : [])));
  if (removeSecrets !== undefined && digests.length > 0) await removeSecrets(stream, digests);
  return digests.length;
}
