import { createApi } from '../../api/src/create-api';
import { createTimekeeper, type Timekeeper } from '../../timekeeper/src/timekeeper';
import { openHouse, type House, type Settings } from '@guitu/wiring';
import { compareInstants, instantInChina, toMilliseconds, type Instant } from '@guitu/standards';

/** How long a step of the hand-moved clock waits for the read models. */
const STEP_WAIT_MS = 30_000;
/** How often the timekeeper looks for due duties on the wall clock. */
const LOOK_EVERY_MS = 15_000;

export type Running = Readonly<{ url: string; house: House; stop: () => Promise<void> }>;

/** All processes in one: HTTP, projector and timekeeper on one house. Resolves when requests are answered. */
export async function startGuitu(settings: Settings, onFault: (who: string, error: unknown) => void): Promise<Running> {
  const house = await openHouse(settings, { onFault });
  const closing: (() => Promise<void>)[] = [house.close];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    await house.projector.catchUp();
    house.projector.start();
    closing.push(() => house.projector.stop());
    const timekeeper = createTimekeeper({ desk: house.desk, readModels: house.readModels, now: house.now });
    if (house.handMovedClock === undefined) closing.push(keepTime(timekeeper, onFault));
    else await noticeAll(house, timekeeper);
    const api = await createApi({
      ...house,
      ...(house.handMovedClock === undefined ? {} : { sandbox: sandboxOf(house, timekeeper) }),
    });
    closing.push(() => api.close());
    await api.listen(settings.port, settings.host);
    return { url: await api.getUrl(), house, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** On the wall clock the timekeeper looks every few seconds. */
function keepTime(timekeeper: Timekeeper, onFault: (who: string, error: unknown) => void): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const look = (): void =>
    void (running = running.then(() => timekeeper.runOnce()).catch((error: unknown) => onFault('timekeeper', error)));
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

/** A hand-moved clock stops at every moment at which a duty falls due or is to be reminded of, so that a month in one move notices what a month would. */
function sandboxOf(house: House, timekeeper: Timekeeper): Readonly<{ now: () => Instant; moveTo: (moment: Instant) => Promise<void> }> {
  const clock = house.handMovedClock;
  if (clock === undefined) throw new Error('Only a sandbox has a hand-moved clock.');
  let moving: Promise<void> = Promise.resolve();
  const move = async (moment: Instant): Promise<void> => {
    for (let next = await nextStop(house, moment); next !== undefined; next = await nextStop(house, moment)) {
      clock.moveTo(next);
      await noticeAll(house, timekeeper);
    }
    clock.moveTo(moment);
    await noticeAll(house, timekeeper);
  };
  return { now: () => clock.now(), moveTo: (moment) => (moving = moving.catch(() => undefined).then(() => move(moment))) };
}

/** The second after the next limit or reminder before `moment`. */
async function nextStop(house: House, moment: Instant): Promise<Instant | undefined> {
  const notice = await house.readModels.nextNotice(house.now());
  if (notice === undefined) return undefined;
  const after = instantInChina(toMilliseconds(notice) + 1_000);
  return compareInstants(after, moment) < 0 ? after : undefined;
}

async function noticeAll(house: House, timekeeper: Timekeeper): Promise<void> {
  await house.readModels.waitForPosition(await house.log.head(), STEP_WAIT_MS);
  await timekeeper.runOnce();
  await house.readModels.waitForPosition(await house.log.head(), STEP_WAIT_MS);
}
