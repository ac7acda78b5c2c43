import type { Actor } from '@guitu/rescue';

/** Who calls, as the verified token says; nothing else in a request is believed about it. */
export type Caller = Actor;
