// A search that finds nothing is worth something only if it would find: one value is planted in every place and in every encoding.
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { URLSearchParams } from 'node:url';
import path from 'node:path';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { backupFolder } from './auditor.mjs';
import { openClient } from './client.mjs';
import { searchDatabases, searchFiles } from './places.mjs';
import { openSearch } from './scanner.mjs';
import { encodingNames, gbkBytes } from './spellings.mjs';

const NOISE_BYTES = 997;

/** The encodings once more, by other means than the patterns are made with. */
const encoders = {
  'UTF-8': (text) => Buffer.from(text),
  JSON: (text) => Buffer.from(JSON.stringify({ text })),
  '\\uXXXX': (text) =>
    Buffer.from([...Array(text.length).keys()].map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')),
  'UTF-16': (text) => Buffer.from(text, 'utf16le'),
  URL: (text) => Buffer.from([...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')),
  'URL, lenient': (text) => Buffer.from(`?${new URLSearchParams({ name: text })}`),
  base64: (text, shift) => Buffer.from(Buffer.concat([randomBytes(shift), Buffer.from(text), randomBytes(7)]).toString('base64')),
  base64url: (text, shift) => Buffer.from(Buffer.concat([randomBytes(shift), gbkBytes(text), randomBytes(7)]).toString('base64url')),
  hex: (text) => Buffer.from(Buffer.from(text).toString('hex').toUpperCase()),
  GBK: (text) => gbkBytes(text),
};

/** Encodings that are not found, by name. `\uXXXX` and `URL` of plain ASCII are other spellings, so a name in other letters is planted. */
function blindEncodings(scanner, person) {
  return encodingNames.filter((name) => {
    const shifts = name.startsWith('base64') ? [0, 1, 2] : [0];
    return !shifts.every((shift) => {
      const bytes = Buffer.concat([randomBytes(NOISE_BYTES), encoders[name](person.name, shift), randomBytes(NOISE_BYTES)]);
      let found = false;
      scanner.scan(bytes, (hit) => (found ||= hit.person === person.number && hit.kind === 'name'));
      return found;
    });
  });
}

/** Separated spellings of numbers that are not found. */
function blindForms(scanner, { idNumbers: [id], phone, number }) {
  const forms = {
    'phone with spaces': `${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`,
    'phone with hyphens and country': `+86-${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`,
    'ID number with spaces': `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`,
    'ID number with hyphens': `${id.slice(0, 6)}-${id.slice(6, 14)}-${id.slice(14)}`,
  };
  return Object.entries(forms).flatMap(([name, text]) => {
    let found = false;
    scanner.scan(Buffer.from(`x${text}y`), (hit) => (found ||= hit.person === number));
    return found ? [] : [name];
  });
}

async function plantInDatabase(superuserUrl, { name, address, phone }) {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query('create schema planted');
    await client.query('create table planted.leak (note text, bytes bytea, deep jsonb)');
    await client.query('insert into planted.leak values ($1, $2, $3)', [name, Buffer.from(phone), JSON.stringify({ a: [address] })]);
    // A message of the level log goes into the server's own log.
    await client.query(`do $plant$ begin raise log ${client.escapeLiteral(`planted ${address.replaceAll('%', '%%')}`)}; end $plant$`);
  } finally {
    await client.end();
  }
  return async () => {
    const again = new pg.Client({ connectionString: superuserUrl });
    await again.connect();
    await again.query('drop schema planted cascade').finally(() => again.end());
  };
}

/** A service that repeats everything, through the client that the run uses. */
async function askEcho(look, { name, phone }) {
  const server = http.createServer((request, answer) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () =>
      answer.writeHead(400, { location: request.url, 'x-phone': request.headers['x-phone'] ?? '' }).end(Buffer.concat(parts)),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = openClient({ port: server.address().port, look });
  const send = (more) => client.send({ what: 'the echo', method: 'POST', headers: { 'x-phone': phone }, body: name, ...more });
  await send({ path: `/${encodeURIComponent(name)}` });
  await send({ path: '/', place: 'health and metrics' });
  await client.sendRaw({
    what: 'the echo',
    bytes: Buffer.from(`GET /${phone} HTTP/1.1\r\nhost: x\r\nx-phone: ${phone}\r\nconnection: close\r\n\r\n`),
  });
  client.close();
  await new Promise((resolve) => server.close(resolve));
}

/** Plants the values of `person` everywhere and searches again. @returns `{ planted, missed }`: how many leaks, and which were not found */
export async function selfTest({ scanner, person, service, placeOfFile, saidPlaces }) {
  const missed = [...blindEncodings(scanner, person), ...blindForms(scanner, person)].map((one) => `encoding: ${one}`);
  let planted = encodingNames.length + 4;
  const search = openSearch(scanner);
  const unplant = await plantInDatabase(service.superuserUrl(), person);
  const file = path.join(service.dataFolder, 'planted', `leak-${person.phone}.txt`);
  mkdirSync(path.dirname(file));
  writeFileSync(file, person.address);
  const copy = path.join(backupFolder(service), 'planted');
  writeFileSync(copy, gzipSync(Buffer.from(person.idNumbers[0]).toString('base64')));
  for (const stream of ['stdout', 'stderr']) service.said[stream].push(Buffer.from(`{"message":${JSON.stringify(person.name)}}\n`));
  await askEcho((...words) => search.look(...words), person);
  saidPlaces(search);
  const wanted = [
    ...['note', 'bytes', 'deep'].map((column) => ['schema planted', { note: 'name', bytes: 'phone', deep: 'address' }[column]]),
    ['log of the database', 'address'],
    ['files of the data folder', 'address'],
    ['names of files', 'phone'],
    ['backups', 'idNumber'],
    ...['service stdout', 'service stderr', 'bodies of errors', 'headers of answers', 'health and metrics'].map((place) => [place, 'name']),
  ];
  try {
    await searchDatabases(service.superuserUrl(), search);
    await searchFiles(service.dataFolder, { place: placeOfFile, search, overlap: scanner.longest() });
    await searchFiles(backupFolder(service), { place: () => 'backups', search, overlap: scanner.longest() });
  } finally {
    await unplant();
    rmSync(path.dirname(file), { recursive: true });
    rmSync(copy);
    for (const stream of ['stdout', 'stderr']) service.said[stream].pop();
  }
  for (const [place, kind] of wanted) {
    planted += 1;
    const inName = place === 'names of files';
    const found = search.hits.some(
      (hit) => hit.person === person.number && hit.kind === kind && (inName ? hit.what.startsWith('planted') : hit.place === place),
    );
    if (!found) missed.push(`place: ${place} (${kind})`);
  }
  return { planted, missed };
}
