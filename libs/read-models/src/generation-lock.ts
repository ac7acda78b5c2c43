/** "guitu read models": held while a generation is begun, so that two processes do not begin the same one. */
export const generationLock = 48_489;
