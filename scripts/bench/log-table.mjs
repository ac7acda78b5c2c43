// The figures of the log as rows of text, and the block of a document that holds them.
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';

const startOf = (bench) => `<!-- figures: npm run bench -- ${bench} -->`;
const END = '<!-- end of figures -->';
const number = (value) => Math.round(value).toLocaleString('en-US');

/** what, Guitu, against, yardstick, ratio, bar */
export function rowOf({ what, mine, against, yardstick, ratio, bar }) {
  const met = bar === undefined ? '' : `${bar}, ${ratio >= bar ? 'met' : 'missed'}`;
  return [what, number(mine), against, number(yardstick), ratio.toFixed(2), met];
}

/** Replaces what lies between the two marks of a bench in the document. @throws Error when it has none */
export function writeFigures(file, { bench = 'log', measured, remarks, options }) {
  const mark = startOf(bench);
  const text = readFileSync(file, 'utf8');
  const start = text.indexOf(mark);
  const end = text.indexOf(END, start);
  if (start < 0 || end < start) throw new Error(`${file} has no place for the figures: ${mark} … ${END}`);
  writeFileSync(file, `${text.slice(0, start)}${mark}\n\n${block({ measured, remarks, options })}\n\n${text.slice(end)}`);
}

function block({ measured, remarks, options }) {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const machine = `${availableParallelism()} × ${cpu?.model ?? 'unnamed processor'}, ${memory}, Node.js ${process.versions.node}`;
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const head = ['what', 'Guitu', 'against', 'yardstick', 'ratio', 'bar'];
  return [
    `${new Date().toISOString().slice(0, 10)}, ${machine}; ${options.rounds} rounds of ${options.seconds} s.`,
    '',
    line(head),
    line(head.map((_, column) => ([1, 3, 4].includes(column) ? '---:' : '---'))),
    ...measured.map((row) => line(rowOf(row))),
    '',
    ...remarks.map((remark) => `- ${remark}`),
  ].join('\n');
}
