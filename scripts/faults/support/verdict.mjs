/** What a result means: 0 violations of ours and at least one of the naive build. A test that a naive build passes proves nothing. */
export function verdictOf(entry) {
  if (entry.skipped !== undefined) return { kind: 'skipped', why: entry.skipped };
  if (!(entry.runs > 0)) return { kind: 'failed', why: 'nothing ran' };
  if (!(entry.faults > 0)) return { kind: 'failed', why: 'no fault was injected' };
  if (entry.violations !== 0) return { kind: 'failed', why: `${entry.violations} violations` };
  if (!(entry.naive?.violations > 0)) return { kind: 'failed', why: `the naive build passed (${entry.naive?.what ?? 'there is none'})` };
  return { kind: 'passed' };
}

const count = (number) => Number(number).toLocaleString('en-US');
export const figuresText = (figures) =>
  Object.entries(figures ?? {})
    .map(([name, value]) => `${name} ${typeof value === 'number' ? count(value) : value}`)
    .join(', ');
export const nameOf = ({ id, what, engine }) => [id, what, engine && `on ${engine}`].filter(Boolean).join(', ');

export function lineOf(entry, { kind, why }) {
  const name = `${nameOf(entry)} (${entry.title})`;
  if (kind === 'skipped') return `skipped: ${name}: ${why}`;
  const { runs, faults, violations, naive } = entry;
  const naiveText = `naive build (${naive?.what ?? 'none'}): ${count(naive?.violations ?? 0)} violations`;
  const mark = kind === 'passed' ? 'passed' : `FAILED, ${why}`;
  const ours = `${count(runs)} runs, ${count(faults)} faults, ${count(violations)} violations`;
  return `${mark}: ${name}: ${ours}; ${figuresText(entry.figures)}; ${naiveText}; ${entry.seconds} s`;
}
