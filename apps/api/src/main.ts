#!/usr/bin/env node
import 'reflect-metadata';
import { oneOfSeveral, openHouse, runProcess, type Settings, type Started } from '@guitu/wiring';
import { createApi, edgeOf } from './index';
import { watchProjection } from './watch-projection';

/** The HTTP service alone, as one of any number of processes on one database; projector and timekeeper run elsewhere. */
async function startApi(settings: Settings): Promise<Started> {
  const house = await openHouse(oneOfSeveral(settings));
  const closing: (() => Promise<void>)[] = [house.close];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    // Whoever comes first makes the tables, so that nobody asks for one that is not there.
    await house.readModels.prepare();
    const watched = watchProjection(house.readModels);
    closing.push(watched.stop);
    const api = await createApi({ ...house, ...edgeOf(house), followers: () => [watched.health()] });
    closing.push(() => api.close());
    await api.listen(settings.port, settings.host);
    return { greeting: `接口 API    ${await api.getUrl()}/v1`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

runProcess(startApi);
