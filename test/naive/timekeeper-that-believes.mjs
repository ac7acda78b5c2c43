// A naive timekeeper: the product's own without the watch over its clock, as it was before. Whatever time the machine shows, limits end by it.

export const timekeeperThatBelieves = (Timekeeper, { clock: unasked, ...parts }) => {
  void unasked;
  return new Timekeeper(parts);
};
