// Makes JSON Schemas of every command and event from the TypeScript types, the one place where their shape is written.
// `node scripts/make-schemas.mjs` writes schemas/; `--check` compares and exits 1 when something differs.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import tsj from 'ts-json-schema-generator';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '..');
const target = path.join(root, 'schemas');
const check = process.argv.includes('--check');

const config = {
  path: path.join(root, 'libs/rescue/src/schema-roots.ts'),
  tsconfig: path.join(root, 'tsconfig.json'),
  type: 'SchemaRoots',
  expose: 'export',
  jsDoc: 'extended',
  additionalProperties: false,
  sortProps: true,
  strictTuples: true,
  skipTypeCheck: true,
  topRef: true,
  encodeRefs: true,
  extraTags: ['clause', 'zh'],
};

/** A plain type with the mark of its class. An AnnotatedType would lose the mark inside mapped types such as Readonly. */
class PersonalType extends tsj.BaseType {
  constructor(plain, mark) {
    super();
    this.plain = plain;
    this.mark = mark;
  }
  getId() {
    return `personal-${this.mark}-${this.plain.getId()}`;
  }
}
class PersonalFormatter {
  constructor(formatter) {
    this.formatter = formatter;
  }
  supportsType(type) {
    return type instanceof PersonalType;
  }
  getDefinition(type) {
    return { ...this.formatter.getDefinition(type.plain), 'x-personal': type.mark };
  }
  getChildren(type) {
    return this.formatter.getChildren(type.plain);
  }
}

/** `Personal<C, T, W>` is the plain schema of T with `x-personal`; without this the generator makes an object of it. */
class PersonalParser {
  constructor(parser) {
    this.parser = parser;
  }
  supportsNode(node) {
    return ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && node.typeName.text === 'Personal';
  }
  createType(node, context) {
    const [dataClass, value, whose] = node.typeArguments;
    const text = (one) => one.literal.text;
    const mark = whose === undefined || text(whose) === 'person' ? text(dataClass) : `${text(dataClass)} of ${text(whose)}`;
    const plain = value === undefined ? new tsj.StringType() : this.parser.createType(value, context);
    return new PersonalType(plain, mark);
  }
}
/** A branded string such as AgencyId is a string; the brand is for the compiler. */
class BrandParser {
  supportsNode(node) {
    return ts.isIntersectionTypeNode(node) && node.types.length === 2 && node.types[0].kind === ts.SyntaxKind.StringKeyword;
  }
  createType() {
    return new tsj.StringType();
  }
}

const program = tsj.createProgram(config);
const parser = tsj.createParser(program, config, (chain) => {
  chain.addNodeParser(new PersonalParser(chain));
  chain.addNodeParser(new BrandParser());
});
const formatter = tsj.createFormatter(config, (formats, circular) => formats.addTypeFormatter(new PersonalFormatter(circular)));
const schema = new tsj.SchemaGenerator(program, parser, formatter, config).createSchema(config.type);
const definitions = schema.definitions;

const plainName = (ref) => decodeURIComponent(ref.replace('#/definitions/', ''));
const resolve = (node) => {
  let found = node;
  while (found?.$ref !== undefined) found = definitions[plainName(found.$ref)];
  return found;
};
const membersOf = (node) => {
  const found = resolve(node);
  return (found.anyOf ?? found.oneOf ?? [found]).flatMap((one) => {
    const member = resolve(one);
    return member.anyOf === undefined ? [{ node: member }] : membersOf(member);
  });
};

/** The definitions that a schema needs, closed under reference. */
function used(node, found = {}) {
  if (Array.isArray(node)) for (const item of node) used(item, found);
  else if (typeof node === 'object' && node !== null) {
    for (const [key, value] of Object.entries(node)) {
      if (key === '$ref' && typeof value === 'string') {
        const name = plainName(value);
        if (found[name] === undefined) {
          found[name] = definitions[name];
          used(definitions[name], found);
        }
      } else used(value, found);
    }
  }
  return found;
}

const sorted = (node) =>
  Array.isArray(node)
    ? node.map(sorted)
    : typeof node === 'object' && node !== null
      ? Object.fromEntries(
          Object.keys(node)
            .sort()
            .map((key) => [key, sorted(node[key])]),
        )
      : node;

const files = new Map();
for (const [group, types] of Object.entries(resolve(schema).properties)) {
  const [collection, what] = group.split('_');
  for (const { node } of membersOf(types)) {
    const name = resolve(node.properties.type).const;
    const data = resolve(node.properties.data) ?? { type: 'object', properties: {}, additionalProperties: false };
    const description = node.description ?? data.description;
    const body = { $schema: 'http://json-schema.org/draft-07/schema#', title: name, ...(description ? { description } : {}), ...data };
    const needed = used(body);
    const whole = Object.keys(needed).length === 0 ? body : { ...body, definitions: needed };
    files.set(`${what}/${collection}/${name}.json`, `${JSON.stringify(sorted(whole), null, 1)}\n`);
  }
}

const existing = existsSync(target)
  ? readdirSync(target, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(target, path.join(entry.parentPath, entry.name)))
      .filter((name) => /^(events|commands)\//.test(name))
  : [];
const faults = [];
for (const name of existing) if (!files.has(name)) faults.push(`${name} is no longer declared`);
for (const [name, text] of files) {
  const file = path.join(target, name);
  if (!existsSync(file)) faults.push(`${name} is missing`);
  else if (readFileSync(file, 'utf8') !== text) faults.push(`${name} differs from its type`);
}
if (check) {
  if (faults.length > 0) {
    console.error(['The schemas do not match the types; run `npm run schemas`:', ...faults].join('\n  '));
    process.exit(1);
  }
  console.log(`${files.size} schemas match the types.`);
} else {
  for (const name of existing) if (!files.has(name)) rmSync(path.join(target, name));
  for (const [name, text] of files) {
    const file = path.join(target, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  console.log(`${files.size} schemas written.`);
}
