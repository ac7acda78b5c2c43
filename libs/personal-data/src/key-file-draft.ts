import { randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

const ownerOnly = 0o600;

/** Writes the content beside `path`, onto the disk, for its owner alone; `place` gives it its name. Nothing else stays behind. */
export async function withDraft(path: string, content: Uint8Array, place: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${path}.${randomUUID()}.new`;
  try {
    await writeDurably(draft, content);
    await place(draft);
  } finally {
    content.fill(0);
    await unlink(draft).catch(() => undefined);
  }
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}

async function writeDurably(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', ownerOnly);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

export function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
