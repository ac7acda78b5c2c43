#!/usr/bin/env node
import 'reflect-metadata';
import { oneOfSeveral, openHouse, runProcess, serveHealth, tellFault, type Settings, type Started } from '@guitu/wiring';
import { clockOf, keepTime } from './index';

/** The timekeeper alone, as one of several processes. Any number of them may run: one works, the others stand by. */
async function startTimekeeper(settings: Settings): Promise<Started> {
  const house = await openHouse(oneOfSeveral(settings));
  const keeping = keepTime({
    ...house,
    clock: clockOf(house, settings),
    restMs: settings.timekeeperRestSeconds * 1_000,
    onFault: (error) => tellFault('timekeeper', error),
  });
  const stopKeeping = async (): Promise<void> => {
    await keeping.stop();
    await house.close();
  };
  try {
    const health = await serveHealth(settings, () => ({ lease: keeping.standing(), ...keeping.health() }));
    return { greeting: '计时 Timekeeper', stop: () => health.close().then(stopKeeping) };
  } catch (error) {
    await stopKeeping();
    throw error;
  }
}

runProcess(startTimekeeper);
