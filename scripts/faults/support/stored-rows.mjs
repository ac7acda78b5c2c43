import { room } from './rooms.mjs';

/** All records of the log of an installation in the order of their positions, read beside the service or after its end. */
export async function storedRows(settings) {
  const { openLogOnly, readSettings } = room('wiring');
  const { maxRecordsPerPage } = room('event-log');
  const beside = await openLogOnly(readSettings(settings));
  try {
    const rows = [];
    for (let after = 0n; ;) {
      const page = await beside.log.readAll(after, maxRecordsPerPage);
      if (page.length === 0) return rows;
      for (const { id, stream, version, type, position } of page) rows.push({ id, stream, version, type, position: String(position) });
      after = page.at(-1).position;
    }
  } finally {
    await beside.close();
  }
}
