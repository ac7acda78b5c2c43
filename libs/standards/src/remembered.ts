/**
 * The same function, remembering its last answers. For pure functions of a text alone; when `limit` answers are remembered, the memory
 * begins anew, so that it never grows beyond that. What throws is not remembered.
 */
export function remembered<R>(limit: number, answer: (text: string) => R): (text: string) => R {
  const known = new Map<string, R>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = answer(text);
    if (known.size >= limit) known.clear();
    known.set(text, made);
    return made;
  };
}
