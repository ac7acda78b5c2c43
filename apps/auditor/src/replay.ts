import type { Chain } from './check-chain';
import { personalValuesIn, viewEvent, type EventView } from './event-view';
import { disclose, keepShut, type Disclosure } from './personal';
import type { Audited } from './stored-history';

/** A whole history, for `guitu replay`; the shape of its `--json`. */
export type ReplayView = Readonly<{
  stream: string;
  zh: string;
  chain: Chain;
  /** Why personal values were opened; null when they were not. */
  opened: Readonly<{ reason: string }> | null;
  personalValues: number;
  events: readonly EventView[];
}>;

export async function replay(audited: Audited, disclosure: Disclosure = keepShut): Promise<ReplayView> {
  const { stream, kind, chain, events } = audited.history;
  const contents = await disclose(
    stream,
    events.map(({ data, backfill }) => ({ data, backfill })),
    disclosure,
  );
  const views = contents.flatMap((content, index) => (events[index] === undefined ? [] : [viewEvent(events[index], audited, content)]));
  const opened = disclosure.open ? { reason: disclosure.reason } : null;
  return { stream, zh: kind.zh, chain, opened, personalValues: personalValuesIn(events), events: views };
}
