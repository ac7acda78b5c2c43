// Rounds: what is compared takes turns, so that a slow minute of the machine hits all of it.
export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Runs `work` by this many workers at once for `roundMs`; operations per second. */
export async function rate(workers, roundMs, work) {
  const start = performance.now();
  const until = start + roundMs;
  let done = 0;
  const worker = async () => {
    for (; performance.now() < until; done += 1) await work();
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return (done * 1_000) / (performance.now() - start);
}

/**
 * Measures every entry of `contenders` (name -> function that returns a rate) once a round, in turning order, after one round that does not
 * count. Returns name -> median. The ratio of two medians would mix rounds: `ratio` is the median of the ratios within a round.
 */
export async function takeTurns(rounds, contenders) {
  const names = Object.keys(contenders);
  const rates = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length];
      const measured = await contenders[name]();
      if (round > 0) rates[name].push(measured);
    }
  }
  const ratio = (mine, other) => median(rates[mine].map((value, round) => value / rates[other][round]));
  return { median: (name) => median(rates[name]), ratio };
}
