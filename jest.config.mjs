// Nest 12 and several libraries are ESM only; Jest on Node 20 loads them when everything becomes CommonJS.
const swc = [
  '@swc/jest',
  {
    swcrc: false,
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
  },
];

const common = {
  testEnvironment: 'node',
  transformIgnorePatterns: [],
  moduleNameMapper: { '^@guitu/([^/]+)$': '<rootDir>/libs/$1/src/index.ts', '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.[cm]?[tj]s$': swc },
};

/** The suffix of a spec says its cost: `.spec.ts` no I/O, `.db.spec.ts` a real PostgreSQL, `.e2e.spec.ts` the whole service. */
export default {
  cacheDirectory: '.cache/jest',
  testTimeout: 60_000,
  projects: [
    {
      ...common,
      displayName: 'unit',
      roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
      testRegex: '(?<!\\.(db|e2e))\\.spec\\.ts$',
    },
    {
      ...common,
      displayName: 'db',
      roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
      testRegex: '\\.db\\.spec\\.ts$',
      globalSetup: '<rootDir>/test/support/postgres-for-tests.setup.ts',
      globalTeardown: '<rootDir>/test/support/postgres-for-tests.teardown.ts',
    },
    { ...common, displayName: 'e2e', roots: ['<rootDir>/apps', '<rootDir>/test'], testRegex: '\\.e2e\\.spec\\.ts$' },
  ],
};
