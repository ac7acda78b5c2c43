// A projector that takes a log from a file into the read models and ends; somebody else kills it on the way. Its argument: { url, file, page }.
import { readFileSync } from 'node:fs';
import { room } from '../support/rooms.mjs';
import { logWith } from './stored-records.mjs';

const { url, file, page } = JSON.parse(process.argv[2]);
const readModels = await room('read-models').openReadModels({ url, poolSize: 3 });
await readModels.prepare();
const log = await logWith(JSON.parse(readFileSync(file, 'utf8')));
await new (room('history').Follower)(log, readModels.projection, { limits: { page } }).catchUp();
await readModels.close();
