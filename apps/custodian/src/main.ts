#!/usr/bin/env node
import 'reflect-metadata';
import { oneOfSeveral, openHouse, runProcess, serveHealth, tellFault, type Settings, type Started } from '@guitu/wiring';
import { custodyOf, keepCustody } from './index';

/** The custodian alone, as one of several processes. Any number of them may run: one works, the others stand by. */
async function startCustodian(settings: Settings): Promise<Started> {
  const house = await openHouse(oneOfSeveral(settings));
  const custody = keepCustody({ ...custodyOf(house), onFault: (error) => tellFault('custodian', error) });
  const stopCustody = async (): Promise<void> => {
    await custody.stop();
    await house.close();
  };
  try {
    const health = await serveHealth(settings, () => ({ lease: custody.standing(), ...custody.health() }));
    return { greeting: '保管 Custodian', stop: () => health.close().then(stopCustody) };
  } catch (error) {
    await stopCustody();
    throw error;
  }
}

runProcess(startCustodian);
