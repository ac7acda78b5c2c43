import type { EventLog } from '@guitu/event-log';
import type { AuditTrail } from '@guitu/history';
import { openTree, replaceSealed, sealedValuesIn, type Keyring, type SealedValue } from '@guitu/personal-data';
import type { PrivacyDenial } from '@guitu/rescue';
import { AuditUnavailable } from './audit-unavailable';
import { denialsIn } from './denials';
import { readEntries, refusedEntries } from './entries';
import type { Reader } from './reader';

/** A JSON tree with sealed values, such as a row, and the stream that it is about. Its own text cannot prove that; the place inside the seals does. */
export type Shut = Readonly<{ stream: string; tree: object }>;

export type GateParts = Readonly<{ log: EventLog; keyring: Keyring; trail: Pick<AuditTrail, 'record'> }>;

/**
 * The one way by which personal values leave. Whoever asks has decided access already and says by which rule. The gate then
 *
 * 1. reads, for each case concerned, what is decided about its personal data at this moment: what is erased becomes `{ erased: true }` even where
 *    the key is still at hand, what is restricted `{ restricted: true }` but for a legal hold, and values of other streams `{ withheld: true }`;
 * 2. records who is shown what, and what was refused, and waits until the record lies in the log;
 * 3. opens the rest.
 */
export class DisclosureGate {
  constructor(private readonly parts: GateParts) {}

  /**
   * The same trees, opened, in the same order; one record for all of them.
   * @throws AuditUnavailable: nothing was released. SealBroken, WrongKeyEncryptionKey, and what the log throws
   */
  async open(reader: Reader, shut: readonly Shut[]): Promise<readonly object[]> {
    const trees = shut.map(({ tree }) => tree);
    const values = shut.flatMap(({ stream, tree }) => sealedValuesIn(tree).filter(({ $sealed }) => $sealed.place.stream === stream));
    const denied = await this.denied(reader, values);
    const released = new Set(values.filter((value) => !denied.has(value)));
    await this.record(reader, { released: [...released], denied });
    const marked = replaceSealed(trees, (value) => markOf(denied.get(value)) ?? value);
    return (await openTree(this.parts.keyring, marked, (value) => released.has(value))) as readonly object[];
  }

  private async denied(reader: Reader, values: readonly SealedValue[]): Promise<ReadonlyMap<SealedValue, PrivacyDenial>> {
    const streams = [...new Set(values.map(({ $sealed }) => $sealed.place.stream))];
    const decided = await Promise.all(streams.map((stream) => denialsIn(this.parts, stream, reader.purpose)));
    const denialIn = new Map(streams.map((stream, index) => [stream, decided[index]]));
    const denied = new Map<SealedValue, PrivacyDenial>();
    for (const value of values) {
      const { place, s: subject, c, k: version } = value.$sealed;
      const denial = denialIn.get(place.stream)?.({ subject, class: c, version });
      if (denial !== undefined) denied.set(value, denial);
    }
    return denied;
  }

  private async record(
    reader: Reader,
    { released, denied }: Readonly<{ released: readonly SealedValue[]; denied: ReadonlyMap<SealedValue, PrivacyDenial> }>,
  ): Promise<void> {
    const entries = [...readEntries(reader, released), ...refusedEntries(reader, denied)];
    try {
      await Promise.all(entries.map((entry) => this.parts.trail.record(entry)));
    } catch (error) {
      throw new AuditUnavailable(error);
    }
  }
}

const markOf = (denial: PrivacyDenial | undefined): object | undefined => (denial === undefined ? undefined : { [denial]: true });
