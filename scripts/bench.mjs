// `npm run bench [-- http|log|read-models]`: ratios in one run on this machine. Absolute figures depend on the machine; ratios are what to look at.
import { benchHttp } from './bench/http.mjs';
import { benchLog } from './bench/log.mjs';
import { benchReadModels } from './bench/read-models.mjs';

const wanted = process.argv[2];
const rows = [];
const number = (value) => Math.round(value).toLocaleString('en-US');
const add = (what, mine, against, yardstick) => rows.push([what, number(mine), against, number(yardstick), (mine / yardstick).toFixed(2)]);

if (wanted === undefined || wanted === 'log') {
  const { append1, append32 } = await benchLog();
  add('append, 1 writer (appends/s)', append1.mine, 'plain prepared inserts of the same rows', append1.plain);
  add('append, 32 writers (appends/s)', append32.mine, 'plain prepared inserts, 16 connections', append32.plain);
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
let lag;
if (wanted === undefined || wanted === 'read-models') {
  const { events, replay, rebuild, lag50, lag99 } = await benchReadModels();
  add(`rebuild of all read models (events/s, of ${number(events)})`, rebuild, 'plain replay of the same events, parsed', replay);
  lag = `lag from acknowledged append to the row, one command at a time: p50 ${lag50.toFixed(1)} ms, p99 ${lag99.toFixed(1)} ms`;
}
const table = [['what', 'Guitu', 'against', 'yardstick', 'ratio'], ...rows];
const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
for (const row of table)
  console.log(row.map((cell, column) => (column % 2 === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  '));
if (lag !== undefined) console.log(lag);
