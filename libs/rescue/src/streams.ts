import { agencyStream } from './agency/catalogue';
import { auditStream } from './audit/catalogue';
import { caseStream } from './case/catalogue';
import { privacyStream } from './privacy/catalogue';
import type { AnyStreamKind } from './stream-kind';

/** Every kind of stream there is. Whoever serves streams (codec, handler, projections, HTTP) works from this list alone. */
export const streams: readonly AnyStreamKind[] = [caseStream, agencyStream, privacyStream, auditStream];

/** The kinds that agencies give commands to and look at: all but Guitu's own bookkeeping. */
export const servedStreams: readonly AnyStreamKind[] = streams.filter(({ bookkeeping }) => bookkeeping !== true);

/** A stream whose category no catalogue knows. Reading stops here; nothing is skipped. */
export class UnknownStreamCategory extends Error {
  constructor(readonly stream: string) {
    super(`No kind of stream is called like ${stream}; this version of Guitu is too old for this log.`);
    this.name = 'UnknownStreamCategory';
  }
}

/** The kind with this category (`case`), or undefined. */
export const findStreamKind = (category: string): AnyStreamKind | undefined => streams.find((kind) => kind.category === category);

/** The kind with this collection (`cases`), or undefined. */
export const findStreamKindByCollection = (collection: string): AnyStreamKind | undefined =>
  streams.find((kind) => kind.collection === collection);

/** The kind of the stream with this name (`case-6f…`): its category ends at the first hyphen. Throws {@link UnknownStreamCategory}. */
export function findStreamKindOf(stream: string): AnyStreamKind {
  const kind = findStreamKind(stream.split('-', 1)[0] ?? '');
  if (kind === undefined) throw new UnknownStreamCategory(stream);
  return kind;
}

/** The kind of the stream with the same id that streams of this kind are about, if they are. Throws {@link UnknownStreamCategory}. */
export function kindAbout({ about }: AnyStreamKind): AnyStreamKind | undefined {
  return about === undefined ? undefined : findStreamKindOf(about);
}

/** Whether the stream is Guitu's own bookkeeping, which no read model follows. Cheap: asked for every record. Throws {@link UnknownStreamCategory}. */
export const isBookkeeping = (stream: string): boolean => findStreamKindOf(stream).bookkeeping === true;
