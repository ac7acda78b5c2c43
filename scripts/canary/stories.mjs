// The shipped stories with every personal value replaced by canaries: each copy of a story is about other persons, and free texts name as many more as
// they hold, until every person has appeared in every story.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, room } from '../faults/support/rooms.mjs';

const storiesFolder = path.join(root, 'samples/stories');
const commandsFolder = path.join(root, 'schemas/commands');
const LONGEST_FREE_TEXT = 500;

const nameFields = new Set(['name', 'receivedBy', 'signedBy', 'approvedBy', 'foundBy', 'receiverContact', 'receiver', 'escort']);
const addressFields = new Set(['address', 'home', 'homeText', 'place', 'text', 'household', 'residence', 'foundAt', 'where', 'unit']);

/** The schema of every command, by its type. */
export function commandSchemas() {
  const files = readdirSync(commandsFolder, { recursive: true }).filter((file) => file.endsWith('.json'));
  return new Map(files.map((file) => [path.basename(file, '.json'), JSON.parse(readFileSync(path.join(commandsFolder, file), 'utf8'))]));
}

/** The names of the shipped stories. */
export const storyNames = () =>
  readdirSync(storiesFolder)
    .filter((file) => file !== 'agencies.yaml' && file.endsWith('.yaml'))
    .map((file) => file.replace('.yaml', ''))
    .sort();

export const readAgencies = () => room('sandbox').parseAgencies(readFileSync(path.join(storiesFolder, 'agencies.yaml'), 'utf8'));

export function readStory(name) {
  const file = path.join(storiesFolder, `${name}.yaml`);
  return room('sandbox').parseStory(file, readFileSync(file, 'utf8'));
}

/**
 * A story told of other persons. `cast` gives the next person of the pool and notes that the story names them:
 * `{ next(): person, idNumberLike(person, number) }`.
 */
export function storyWithCanaries(story, schemas, cast) {
  const people = new Map();
  const personOf = (original) => {
    if (!people.has(original)) people.set(original, cast.next());
    return people.get(original);
  };
  const idNumbers = new Map();
  const idNumberOf = (original) => {
    if (!idNumbers.has(original)) idNumbers.set(original, cast.idNumberLike(personOf(original), original));
    return idNumbers.get(original);
  };
  const texts = new Map();
  const textOf = (original, limit) => {
    const known = texts.get(`${limit} ${original}`);
    if (known !== undefined) return known;
    const made = fullText(cast, limit);
    texts.set(`${limit} ${original}`, made);
    return made;
  };
  const write = { personOf, idNumberOf, textOf };
  const steps = story.steps.map((step) => {
    const schema = step.agency === undefined ? schemas.get(step.command) : undefined;
    if (schema === undefined) return step;
    const data = replaced(step.data, { node: schema, schema, write, personal: false, field: '', mayAdd: step.refused === undefined });
    // The reason why something comes late is a free text as well.
    return step.backfillReason === undefined
      ? { ...step, data }
      : { ...step, data, backfillReason: write.textOf(step.backfillReason, LONGEST_FREE_TEXT) };
  });
  return { ...story, steps };
}

/** Whole persons, one after the other, as long as there is room. */
function fullText(cast, limit) {
  let text = '';
  for (;;) {
    const { name, alias, idNumbers, phone, address } = cast.peek();
    const longer = `${text}${name}，${alias}，${idNumbers[0]}，${phone}，${address}；`;
    if ([...longer].length > limit) return text === '' ? [...name].slice(0, limit).join('') : text;
    text = longer;
    cast.next();
  }
}

const resolved = (node, schema) => {
  if (typeof node?.$ref !== 'string') return node;
  const { $ref, ...more } = node;
  return { ...resolved(schema.definitions[$ref.split('/').at(-1)], schema), ...more };
};
const isFree = (node) => node.type === 'string' && !node.enum && !node.const && !node.pattern && !node.format;

/** The same value with canaries wherever the schema marks a free personal text; optional ones that are absent are added. */
function replaced(value, at) {
  const node = resolved(at.node, at.schema);
  const inside = { ...at, personal: at.personal || node?.['x-personal'] !== undefined };
  if (Array.isArray(value)) return value.map((one) => replaced(one, { ...inside, node: node?.items ?? {} }));
  if (typeof value === 'object' && value !== null) return replacedObject(value, { ...inside, node });
  if (typeof value !== 'string' || !inside.personal || node === undefined) return value;
  if (node.format === 'gb11643' || /^\d{17}[\dX]$/.test(value)) return at.write.idNumberOf(value);
  return isFree(node) ? canaryFor(value, inside.field, node, at.write) : value;
}

function replacedObject(value, at) {
  const branch = (at.node?.anyOf ?? at.node?.oneOf ?? [])
    .map((one) => resolved(one, at.schema))
    .find(({ properties }) => properties !== undefined && Object.keys(value).every((key) => key in properties));
  const { properties = {} } = branch ?? at.node ?? {};
  const done = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, replaced(inner, { ...at, node: properties[key], field: key })]),
  );
  if (!at.mayAdd) return done;
  for (const [key, raw] of Object.entries(properties)) {
    const node = resolved(raw, at.schema);
    const free = isFree(node) && (at.personal || node['x-personal'] !== undefined);
    if (!(key in value) && free && /^(note|notes|reservations|conditionNote|remark)$/.test(key))
      done[key] = canaryFor(`${at.field} ${key}`, key, node, at.write);
  }
  return done;
}

function canaryFor(original, field, { maxLength = LONGEST_FREE_TEXT }, write) {
  const person = () => write.personOf(original);
  if (field === 'phone' || field === 'handlerPhone') return person().phone;
  if (nameFields.has(field) || maxLength < 60) return [...person().name].slice(0, maxLength).join('');
  if (addressFields.has(field)) return person().address;
  if (maxLength <= 100) return [...person().name].slice(0, maxLength).join('');
  return write.textOf(original, Math.min(maxLength, LONGEST_FREE_TEXT));
}
