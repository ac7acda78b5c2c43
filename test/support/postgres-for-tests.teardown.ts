import { rmSync } from 'node:fs';
import { serverForTests } from './postgres-for-tests';

export default async function stopPostgresForTests(): Promise<void> {
  const started = serverForTests.recall();
  if (!started) return;
  await started.server.stop();
  rmSync(started.folder, { recursive: true, force: true });
}
