// Every arrow of the house. A room may import only the rooms named for it; an outside package with a room of its own is imported there alone.
const rooms = {
  standards: [],
  'event-log': [],
  'embedded-postgres': [],
  'personal-data': [],
  leases: ['event-log'],
  rescue: ['standards'],
  access: ['rescue', 'standards'],
  history: ['rescue', 'standards', 'event-log', 'personal-data'],
  'read-models': ['rescue', 'standards', 'event-log', 'personal-data', 'history'],
  disclosure: ['rescue', 'standards', 'event-log', 'personal-data', 'history', 'access'],
  erasure: ['rescue', 'standards', 'event-log', 'personal-data', 'history'],
  sandbox: ['standards'],
  wiring: [
    'sandbox',
    'standards',
    'event-log',
    'embedded-postgres',
    'personal-data',
    'leases',
    'rescue',
    'access',
    'history',
    'read-models',
    'disclosure',
    'erasure',
  ],
};
const apps = ['api', 'projector', 'timekeeper', 'custodian', 'auditor', 'standalone', 'player'];
/** Which other apps an app may start: standalone is all of them in one process. */
const startedBy = { standalone: ['api', 'projector', 'timekeeper', 'custodian'], player: ['standalone'] };
const onlyIn = { pg: 'event-log', typeorm: 'read-models', '@eventstore/db-client': 'event-log', kafkajs: 'notices' };

const room = (name) => `^libs/${name}/`;
const any = (names) => (names.length === 0 ? '^$' : `^(${names.join('|')})/`);

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...Object.entries(rooms).map(([name, allowed]) => ({
      name: `arrows-of-${name}`,
      severity: 'error',
      from: { path: room(name), pathNot: '\\.spec\\.ts$' },
      to: { path: '^(libs|apps)/', pathNot: any([name, ...allowed].map((one) => `libs/${one}`)) },
    })),
    {
      name: 'rooms-are-known',
      severity: 'error',
      from: { path: '^libs/', pathNot: any(Object.keys(rooms).map((one) => `libs/${one}`)) },
      to: {},
    },
    ...apps.map((name) => ({
      name: `arrows-of-app-${name}`,
      severity: 'error',
      from: { path: `^apps/${name}/`, pathNot: '\\.spec\\.ts$' },
      to: { path: '^apps/', pathNot: any([name, ...(startedBy[name] ?? [])].map((one) => `apps/${one}`)) },
    })),
    {
      name: 'rooms-have-one-door',
      comment: 'Another room is entered through its index.ts.',
      severity: 'error',
      from: { path: '^(libs|apps)/([^/]+)/', pathNot: ['\\.spec\\.ts$', '-for-specs\\.ts$', '/testing/'] },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/$2/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    ...Object.entries(onlyIn).map(([library, home]) => ({
      name: `only-${home}-imports-${library.replace('/', '-').replace('@', '')}`,
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: room(home) },
      to: { path: `node_modules/${library}/` },
    })),
    {
      name: 'the-domain-is-pure',
      comment: 'The domain imports no framework, no clock, no I/O: nothing but its own words and the standards.',
      severity: 'error',
      from: { path: '^libs/rescue/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'core'] },
    },
    {
      name: 'no-framework-below-the-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: 'node_modules/(@nestjs|fastify|@fastify)/' },
    },
    {
      name: 'specs-are-not-imported',
      severity: 'error',
      from: { pathNot: '\\.spec\\.ts$' },
      to: { path: '\\.spec\\.ts$' },
    },
    {
      name: 'testing-stays-in-tests',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: ['\\.spec\\.ts$', '-for-specs\\.ts$', '/testing/', '/contract'] },
      to: { path: '(/testing/|^test/|/contract)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
