// `npm run bench [-- http|log|read-models|sealing]`: ratios in one run on this machine. Absolute figures depend on the machine; ratios are what to look at.
// Of the read models: `--events 1000000 --lagSeconds 20 --rate 1000`.
// Of sealing: `--rounds 5 --valueRounds 7`; how long a turn takes is said by BENCH_SECONDS, as for http.
// Of the log: `--parts append,processes,read,replay,full --rounds 5 --seconds 2 --events 1000000 --preload 10000000 --write docs/performance.md`.
import { parseArgs } from 'node:util';
import { benchHttp } from './bench/http.mjs';
import { benchLog, defaults } from './bench/log.mjs';
import { rowOf, writeFigures } from './bench/log-table.mjs';
import { benchReadModels, readModelDefaults } from './bench/read-models.mjs';
import { benchSealing, sealingDefaults } from './bench/sealing.mjs';

const named = Object.fromEntries(
  [...Object.keys({ ...defaults, ...readModelDefaults, ...sealingDefaults }), 'write'].map((name) => [name, { type: 'string' }]),
);
const { positionals, values } = parseArgs({ options: named, allowPositionals: true });
const wanted = positionals[0];
const rows = [];
const number = (value) => Math.round(value).toLocaleString('en-US');
const add = (what, mine, against, yardstick) => rows.push([what, number(mine), against, number(yardstick), (mine / yardstick).toFixed(2)]);

if (wanted === undefined || wanted === 'log') {
  const given = Object.entries(values).filter(([name]) => name in defaults);
  const options = { ...defaults, ...Object.fromEntries(given.map(([name, value]) => [name, name === 'parts' ? value : Number(value)])) };
  const measured = [];
  const remarks = [];
  await benchLog(options, (line) => {
    console.log(typeof line === 'string' ? line : rowOf(line).join('  '));
    (typeof line === 'string' ? remarks : measured).push(line);
  });
  rows.push(...measured.map(rowOf));
  if (values.write !== undefined) writeFigures(values.write, { measured, remarks, options });
}
if (wanted === undefined || wanted === 'http') {
  const { fastify, edge, alone, whole } = await benchHttp();
  const same = 'empty route with the same validation';
  add('one event on a running case, api process (commands/s)', alone.record, same, edge.record);
  add('one event on a running case, all in one process', whole.record, same, edge.record);
  add('opening a case with its duties, api process', alone.open, same, edge.open);
  add('opening a case with its duties, all in one process', whole.open, same, edge.open);
  add('read of a case with its state in words, api process', alone.read, same, edge.record);
  add('the empty route with the same validation itself', edge.record, 'bare Fastify, ajv and token alone', fastify.record);
}
let perValue = [];
if (wanted === undefined || wanted === 'sealing') {
  const asked = Object.keys(sealingDefaults).filter((name) => values[name] !== undefined);
  const told = await benchSealing(Object.fromEntries(asked.map((name) => [name, Number(values[name])])));
  rows.push(...told.rows.map(rowOf));
  perValue = told.lines;
  if (values.write !== undefined) {
    const options = { rounds: values.rounds ?? sealingDefaults.rounds, seconds: process.env['BENCH_SECONDS'] ?? 4 };
    writeFigures(values.write, { bench: 'sealing', measured: told.rows, remarks: told.lines, options });
  }
}
let lag;
if (wanted === undefined || wanted === 'read-models') {
  const asked = Object.keys(readModelDefaults).filter((name) => values[name] !== undefined);
  const told = await benchReadModels({ ...readModelDefaults, ...Object.fromEntries(asked.map((name) => [name, Number(values[name])])) });
  const { events, replay, rebuild, memoryEarly, memoryMost, lag50, lag99, appended } = told;
  const what = `rebuild of all read models, compared row by row (events/s, of ${number(events)})`;
  rows.push([what, number(rebuild), 'plain replay of the same events, parsed', number(replay), (rebuild / replay).toFixed(2), '0.30']);
  lag = `memory of the rebuilding process: ${memoryEarly} MiB after a tenth of the time, at most ${memoryMost} MiB
lag from acknowledged append to its rows, projector in another process, ${number(appended)} events/s: p50 ${lag50.toFixed(1)} ms, p99 ${lag99.toFixed(1)} ms`;
}
const table = [
  ['what', 'Guitu', 'against', 'yardstick', 'ratio', 'bar'],
  ...rows.map((row) => [...row, ...Array(6 - row.length).fill('')]),
];
const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
for (const row of table)
  console.log(row.map((cell, column) => (column % 2 === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  '));
for (const line of perValue) console.log(line);
if (lag !== undefined) console.log(lag);
