import type { AuditEntry } from '@guitu/history';
import type { DataClass, SealedValue } from '@guitu/personal-data';
import type { PrivacyDenial } from '@guitu/rescue';
import type { Reader } from './reader';

/** How many streams one record names at most; the pages of the service hold no more. */
export const maxStreamsPerRecord = 200;

/** What was shown: one record, or one for every {@link maxStreamsPerRecord} streams. None where nothing was. */
export const readEntries = (reader: Reader, values: readonly SealedValue[]): readonly AuditEntry[] =>
  byStreams(values).map((part) => ({
    type: 'PersonalDataRead',
    by: reader.by,
    data: { ...readingOf(reader, part), rule: reader.rule, count: part.length },
  }));

/** What was asked for and not shown: one record for each reason. */
export function refusedEntries(reader: Reader, denied: ReadonlyMap<SealedValue, PrivacyDenial>): readonly AuditEntry[] {
  const reasons = [...new Set(denied.values())];
  return reasons.flatMap((reason) => {
    const values = [...denied].filter(([, one]) => one === reason).map(([value]) => value);
    return byStreams(values).map((part): AuditEntry => ({
      type: 'PersonalDataReadRefused',
      by: reader.by,
      data: { ...readingOf(reader, part), rule: reason },
    }));
  });
}

type Concerned = Readonly<{ purpose: string; streams: readonly string[]; classes: readonly DataClass[]; requestId: string }>;

const readingOf = ({ purpose, requestId }: Reader, values: readonly SealedValue[]): Concerned => ({
  purpose,
  streams: distinct(values.map(streamOf)),
  classes: distinct(values.map(({ $sealed }) => $sealed.c)),
  requestId,
});

/** The values in parts that name few enough streams. */
function byStreams(values: readonly SealedValue[]): readonly (readonly SealedValue[])[] {
  const streams = distinct(values.map(streamOf));
  const parts: (readonly SealedValue[])[] = [];
  for (let from = 0; from < streams.length; from += maxStreamsPerRecord) {
    const some = new Set(streams.slice(from, from + maxStreamsPerRecord));
    parts.push(values.filter((value) => some.has(streamOf(value))));
  }
  return parts;
}

const streamOf = ({ $sealed }: SealedValue): string => $sealed.place.stream;
const distinct = <T extends string>(all: readonly T[]): readonly T[] => [...new Set(all)].sort();
