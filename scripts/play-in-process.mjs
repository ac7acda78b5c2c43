// Plays stories on a memory log inside this process: the same rules, codec and timekeeper's notices, without HTTP and database.
// Needs the build. `node scripts/play-in-process.mjs sc-3` plays one story and prints what differs.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const load = createRequire(import.meta.url);
const room = (name) => load(path.join(root, 'dist/libs', name, 'src/index.js'));
const { openMemoryLog } = room('event-log');
const { Keyring, KeyEncryptionKey, memoryKeyStore, openTree } = room('personal-data');
const { mayCommand } = room('access');
const { agencyStream, findStreamKindByCollection, findStreamKindOf, isHeld, kindAbout, partiesOf, Refusal } = room('rescue');
const { AuditTrail, CommandDesk, commandId, openedCaseId, derivedId, readHistory } = room('history');
const { compareInstants } = room('standards');
const { commandValidators } = load(path.join(root, 'dist/apps/api/src/validation/command-validators.js'));
const { loadSchemas } = load(path.join(root, 'dist/apps/api/src/validation/schemas.js'));

const MOST_RECORDS = 10_000;
const timekeeper = { agency: 'guitu', user: 'timekeeper', client: 'timekeeper', role: 'system' };
const eraser = { agency: 'guitu', user: 'eraser', client: 'eraser', role: 'system' };
const named = ({ dutyId }) => (dutyId === undefined ? {} : { dutyId });
const pascal = (kebab) => kebab.replace(/(^|-)([a-z])/g, (_all, _dash, letter) => letter.toUpperCase());

/** Nothing that a story looks at stands in a header here. */
const noHeaders = new Map();
class NotFound extends Error {}

/** Answers the few addresses that a story needs as the service does; `log` is what was recorded. */
export async function openHouseInProcess() {
  let now = '2000-01-01T00:00:00+08:00';
  let lastRecorded = 0;
  // Recorded times follow the story's clock, in the order of the log.
  const clock = () => new Date((lastRecorded = Math.max(lastRecorded + 1, Date.parse(now)))).toISOString();
  const log = openMemoryLog({ clock });
  const keyring = await Keyring.open({ store: memoryKeyStore(), keyEncryptionKey: new KeyEncryptionKey(randomBytes(32)) });
  const directory = new Map();
  const world = () => ({ now, directory });
  const desk = new CommandDesk({ log, keyring, world });
  const validators = commandValidators(loadSchemas('commands', path.join(root, 'schemas')));
  const streams = new Set();

  async function give(as, { kind, type, streamId }, { key, body }) {
    const valid = validators.check(type, { value: body, numberFaults: [] });
    const id = commandId(as.agency, 'sandbox', key);
    const by = { agency: as.agency, user: as.user ?? 'sandbox-user', client: 'sandbox', role: as.role };
    const late = valid.backfillReason === undefined ? {} : { backfillReason: valid.backfillReason };
    const command = { type, data: valid.data, by, at: valid.occurredAt ?? now, ...late };
    const stream = streamId ?? openedCaseId(id);
    const request = { kind, streamId: stream, command, commandId: id, requestText: JSON.stringify({ type, stream, body }) };
    if (streamId !== undefined) checkMayKnow(by, kind, await standing(kind, stream));
    const answer = await desk.give(request);
    streams.add(answer.stream);
    if (kind.category === 'agency') await learnAgency(answer.stream, stream);
    const events = answer.events.map(({ meta, type: happened, data }) => ({ id: meta.id, type: happened, ...named(data) }));
    return { status: events.length > 0 ? 201 : 200, body: { [`${kind.category}Id`]: stream, version: answer.version, events } };
  }

  /** Who takes no part in a case does not learn that it exists. */
  function checkMayKnow(caller, kind, { situation, about }) {
    if (situation.version === 0 && kind.category === 'case') throw new NotFound();
    const known = situation.version > 0 || about !== undefined;
    if (known && mayCommand(caller, kind.collection, partiesOf(situation, about)) !== 'yes') throw new NotFound();
  }

  /** Where a stream stands, and the one that it is about. */
  async function standing(kind, id) {
    const { situation } = await readHistory(log, kind, `${kind.category}-${id}`);
    const other = kindAbout(kind);
    if (other === undefined) return { situation };
    return { situation, about: (await readHistory(log, other, `${other.category}-${id}`)).situation };
  }

  async function learnAgency(stream, id) {
    const { situation } = await readHistory(log, agencyStream, stream);
    directory.set(id, situation.state);
  }

  /** Writes down what time brings up to `moment`, each notice at the story's new time as a timekeeper does that looks once. */
  async function moveTo(moment) {
    if (compareInstants(moment, now) < 0) throw new Error(`The clock stands at ${now}; it only moves forwards.`);
    now = moment;
    for (const stream of streams) {
      const kind = findStreamKindOf(stream);
      const { situation } = await readHistory(log, kind, stream);
      for (const { dutyId, dueAt } of Object.values(situation.duties.open))
        for (const type of ['BreachDuty', 'RemindDuty']) await notice(kind, stream, { type, dutyId, dueAt });
      if (kind.category === 'privacy' && !isHeld(situation.state))
        for (const erasure of Object.values(situation.state.erasures))
          if (erasure.phase === 'CONFIRMED') await erase(kind, stream, erasure);
    }
  }

  /** Records the steps of an erasure as Guitu does; the keys of this house die with the process. */
  async function erase(kind, stream, { erasureId, classes }) {
    const streamId = stream.slice(kind.category.length + 1);
    const keys = (await sealedKeysOf(`${kind.about}-${streamId}`)).filter((key) => classes.includes(key.class));
    const places = [
      { place: 'KEY_STORE', outcome: 'DESTROYED', at: now, count: keys.length },
      { place: 'EVENT_LOG', outcome: 'UNREADABLE', at: now },
      { place: 'READ_MODELS', outcome: 'UNREADABLE', at: now },
    ];
    const steps = { StartKeyDestruction: {}, RecordKeysDestroyed: { keys }, CompleteErasure: { places, ciphertextRemoved: false } };
    for (const [type, more] of Object.entries(steps)) {
      const data = { erasureId, ...more };
      const request = { kind, streamId, command: { type, data, by: eraser, at: now }, requestText: JSON.stringify([type, data]) };
      await desk.give({ ...request, commandId: derivedId('eraser', type, stream, erasureId) });
    }
  }

  /** The keys under which values of a stream are sealed, as the stored bytes name them. */
  async function sealedKeysOf(stream) {
    const texts = (await log.read(stream)).map(({ envelope }) => Buffer.from(envelope).toString('utf8'));
    const found = texts.flatMap((text) => [...text.matchAll(/"\$enc":(\{[^}]*\})/g)].map(([, sealed]) => JSON.parse(sealed)));
    return [...new Map(found.map(({ s, c, k }) => [`${s} ${c} ${k}`, { subject: s, class: c, version: k }])).values()];
  }

  /** What the service records before it shows personal values, and when it does not show them. */
  async function auditReads(stream) {
    const trail = new AuditTrail({ log, keyring, world });
    const by = { agency: 'taicang-station', user: 'sandbox-user', client: 'sandbox', role: 'staff' };
    const asked = { purpose: 'CARE', streams: [stream], classes: ['identity', 'contact'], requestId: 'request-1', rule: 'participants' };
    await trail.record({ type: 'PersonalDataRead', by, data: { ...asked, count: 2 } });
    await trail.record({ type: 'PersonalDataReadRefused', by, data: { ...asked, requestId: 'request-2', rule: 'erased' } });
    const searched = { purpose: 'CASE_HANDLING', kind: 'id-number', streams: [stream], count: 1, requestId: 'request-3', rule: 'search' };
    await trail.record({ type: 'PersonalDataSearched', by, data: searched });
  }

  async function notice(kind, stream, { type, dutyId, dueAt }) {
    const id = derivedId('timekeeper', type, stream, dutyId, dueAt);
    const command = { type, data: { dutyId }, by: timekeeper, at: now };
    const streamId = stream.slice(kind.category.length + 1);
    try {
      await desk.give({ kind, streamId, command, commandId: id, requestText: JSON.stringify([type, stream, dutyId, dueAt]) });
    } catch (error) {
      if (!(error instanceof Refusal) || !['DUTY-NOT-DUE', 'DUTY-CLOSED'].includes(error.code)) throw error;
    }
  }

  async function view(kind, streamId) {
    const { situation } = await readHistory(log, kind, `${kind.category}-${streamId}`);
    if (situation.version === 0) return { status: 404, body: { code: 'not-found' } };
    const names = new Map(kind.duties.map(({ key, zh }) => [key, zh]));
    const duties = Object.values(situation.duties.open).map((duty) => ({ ...duty, zh: names.get(duty.key) ?? duty.key }));
    return {
      status: 200,
      body: {
        [`${kind.category}Id`]: streamId,
        version: situation.version,
        state: situation.state,
        duties,
        breaches: situation.duties.breaches,
      },
    };
  }

  async function eventData(kind, streamId, eventId) {
    const { events } = await readHistory(log, kind, `${kind.category}-${streamId}`);
    const event = events.find(({ meta }) => meta.id === eventId);
    return { status: 200, body: { data: await openTree(keyring, event.data) } };
  }

  const refusalOf = (error) => {
    if (error instanceof Refusal) return { status: 409, body: { code: error.code, detail: error.message, ...error.detail } };
    if (error instanceof NotFound) return { status: 404, body: { code: 'not-found' } };
    if (error?.name === 'Problem') return { status: 400, body: { code: error.code, faults: error.more.faults } };
    throw error;
  };

  return {
    log,
    keyring,
    directory,
    auditReads,
    client: {
      async get(_as, address) {
        const [, , collection, id, , eventId] = address.split('/');
        if (address.startsWith('/v1/sandbox/clock')) return { status: 200, headers: noHeaders, body: { now } };
        const kind = findStreamKindByCollection(collection);
        return { headers: noHeaders, ...(await (eventId === undefined ? view(kind, id) : eventData(kind, id, eventId))) };
      },
      async post(as, address, message) {
        const [, , collection, ...rest] = address.split('/');
        if (address === '/v1/sandbox/clock') {
          await moveTo(message.body.now);
          return { status: 200, headers: noHeaders, body: { now } };
        }
        const streamId = rest.length > 1 ? rest[0] : undefined;
        const asked = { kind: findStreamKindByCollection(collection), type: pascal(rest.at(-1)), streamId };
        return { headers: noHeaders, ...(await give(as, asked, message).catch(refusalOf)) };
      },
    },
  };
}

/** Plays a story file on a house of its own; gives its records and what differs from the story. */
export async function playInProcess(file, { prepare = async () => {}, audited = false } = {}) {
  const { parseAgencies, parseStory, playStory, registerAgencies } = room('sandbox');
  const stories = path.join(root, 'samples/stories');
  const house = await openHouseInProcess();
  await registerAgencies(house.client, parseAgencies(readFileSync(path.join(stories, 'agencies.yaml'), 'utf8')));
  await prepare(house);
  const story = parseStory(file, readFileSync(file, 'utf8'));
  const played = await playStory(house.client, story, { run: 'golden' });
  const read = (await house.log.readAll(0n, MOST_RECORDS)).find(({ stream }) => stream.startsWith('case-'));
  if (audited && read !== undefined) await house.auditReads(read.stream);
  return { story, played, house, records: await house.log.readAll(0n, MOST_RECORDS) };
}

async function main(names) {
  for (const name of names) {
    const file = existsSync(name) ? name : path.join(root, 'samples/stories', `${name}.yaml`);
    const { story, played, records } = await playInProcess(file);
    const differing = played.filter(({ differences }) => differences.length > 0);
    for (const { step, differences } of differing) console.log([`line ${step.line}: ${step.what}`, ...differences].join('\n   ✗ '));
    console.log(`${story.name}: ${played.length} steps, ${records.length} records, ${differing.length} steps differ`);
    if (differing.length > 0) process.exitCode = 1;
  }
}
if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2));
