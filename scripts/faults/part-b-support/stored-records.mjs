// Records of a log as lines of text, so that another process can hold the same log.
import { room } from '../support/rooms.mjs';

const { openMemoryLog } = room('event-log');

/** Uint8Array and text of one record. */
export const recordLine = ({ envelope, position, ...rest }) =>
  JSON.stringify({ ...rest, position: String(position), envelope: Buffer.from(envelope).toString('base64') });

/** A memory log that holds these records at the same positions with the same recorded times. */
export async function logWith(lines) {
  let recordedAt = '';
  const log = openMemoryLog({ clock: () => recordedAt });
  for (const line of lines) {
    const { stream, version, position, envelope, ...record } = JSON.parse(line);
    recordedAt = record.recordedAt;
    const appended = await log.append(stream, version - 1, [{ ...record, envelope: Buffer.from(envelope, 'base64') }]);
    if (String(appended.position) !== position)
      throw new Error(`Record ${record.id} came to position ${appended.position}, not ${position}.`);
  }
  return log;
}
