/** A story as far as examples need it: who gives which command with which data. */
export type StorySteps = Readonly<{
  steps: readonly Readonly<{
    command?: string;
    occurredAt?: string;
    backfillReason?: string;
    data?: Readonly<Record<string, unknown>>;
    refused?: string;
  }>[];
}>;

/** One body of each command, from the first step of the stories that gives it and is not refused. */
export function collectExamples(stories: readonly StorySteps[]): ReadonlyMap<string, object> {
  const examples = new Map<string, object>();
  for (const { command, occurredAt, backfillReason, data, refused } of stories.flatMap(({ steps }) => steps)) {
    if (command === undefined || refused !== undefined || examples.has(command)) continue;
    examples.set(command, {
      ...(occurredAt === undefined ? {} : { occurredAt }),
      ...(backfillReason === undefined ? {} : { backfillReason }),
      data: data ?? {},
    });
  }
  return examples;
}
