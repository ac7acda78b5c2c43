#!/usr/bin/env node
import 'reflect-metadata';
import { oneOfSeveral, openGround, runProcess, serveHealth, tellFault, type Settings, type Started } from '@guitu/wiring';
import { createProjector } from './index';

/** The projector alone, as one of several processes; it opens no keys. Any number of them may run: one works, the others stand by. */
async function startProjector(settings: Settings): Promise<Started> {
  const ground = await openGround(oneOfSeveral(settings));
  const projector = createProjector({ ...ground, onFault: tellFault });
  const stopProjecting = async (): Promise<void> => {
    await projector.stop();
    await ground.close();
  };
  try {
    await projector.start();
    const health = await serveHealth(settings, () => {
      const { position, fault } = projector.health();
      return { lease: projector.standing(), position: String(position), fault };
    });
    return { greeting: '投影 Projector', stop: () => health.close().then(stopProjecting) };
  } catch (error) {
    await stopProjecting();
    throw error;
  }
}

runProcess(startProjector);
