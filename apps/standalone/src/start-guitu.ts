import { createApi, edgeOf } from '../../api/src/index';
import { custodyOf, keepCustody } from '../../custodian/src/index';
import { createProjector } from '../../projector/src/index';
import { clockOf, createTimekeeper, keepTime, type Timekeeper } from '../../timekeeper/src/index';
import { openHouse, type House, type Settings } from '@guitu/wiring';
import { compareInstants, instantInChina, toMilliseconds, type Instant } from '@guitu/standards';

/** How long a step of the hand-moved clock waits for the read models. */
const STEP_WAIT_MS = 30_000;

export type Running = Readonly<{ url: string; house: House; stop: () => Promise<void> }>;

/** All processes in one: HTTP, projector, timekeeper and custodian on one house. Resolves when requests are answered. */
export async function startGuitu(settings: Settings, onFault: (who: string, error: unknown) => void): Promise<Running> {
  const house = await openHouse(settings);
  const closing: (() => Promise<void>)[] = [house.close];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const projector = createProjector({ ...house, onFault });
    closing.push(() => projector.stop());
    await projector.start();
    await house.readModels.waitForPosition(await house.log.head(), STEP_WAIT_MS);
    const timekeeper = createTimekeeper({ ...house, onFault: (error) => onFault('timekeeper', error) });
    if (house.handMovedClock === undefined) {
      const keeping = keepTime({
        ...house,
        clock: clockOf(house, settings),
        restMs: settings.timekeeperRestSeconds * 1_000,
        onFault: (error) => onFault('timekeeper', error),
      });
      closing.push(() => keeping.stop());
    } else await noticeAll(house, timekeeper);
    const custody = keepCustody({ ...custodyOf(house), onFault: (error) => onFault('custodian', error) });
    closing.push(() => custody.stop());
    const api = await createApi({
      ...house,
      ...edgeOf(house),
      followers: () => [projector.health()],
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

/** A hand-moved clock stops at every moment at which a duty falls due or is to be reminded of, so that a month in one move notices what a month would. */
function sandboxOf(house: House, timekeeper: Timekeeper): Readonly<{ now: () => Instant; moveTo: (moment: Instant) => Promise<void> }> {
  const clock = house.handMovedClock;
  if (clock === undefined) throw new Error('Only a sandbox has a hand-moved clock.');
  let moving: Promise<void> = Promise.resolve();
  const move = async (moment: Instant): Promise<void> => {
    // Standing still notices nothing: whoever asks for the present moment, or one that others have passed meanwhile, only waits for them.
    if (compareInstants(moment, clock.now()) <= 0) return;
    // Before the moment is left, what was recorded in it is taken in: it may have opened a duty that falls due on the way.
    await noticeAll(house, timekeeper);
    const nextStop = () => nextStopBefore(moment, house, timekeeper);
    for (let next = await nextStop(); next !== undefined; next = await nextStop()) {
      clock.moveTo(next);
      await noticeAll(house, timekeeper);
    }
    clock.moveTo(moment);
    await noticeAll(house, timekeeper);
  };
  return { now: () => clock.now(), moveTo: (moment) => (moving = moving.catch(() => undefined).then(() => move(moment))) };
}

/** The second after the next limit or reminder before `moment`. */
async function nextStopBefore(moment: Instant, house: House, timekeeper: Timekeeper): Promise<Instant | undefined> {
  const notice = await timekeeper.nextNotice(house.now());
  if (notice === undefined) return undefined;
  const after = instantInChina(Math.ceil(toMilliseconds(notice.at) / 1_000) * 1_000 + 1_000);
  return compareInstants(after, moment) < 0 ? after : undefined;
}

async function noticeAll(house: House, timekeeper: Timekeeper): Promise<void> {
  await house.readModels.waitForPosition(await house.log.head(), STEP_WAIT_MS);
  await timekeeper.runOnce();
  await house.readModels.waitForPosition(await house.log.head(), STEP_WAIT_MS);
}
