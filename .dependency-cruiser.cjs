// The staircase. A room uses the rooms before it in this list, through their doors, and never one after it. To add a
// room, put its name where it stands; nothing else here changes.
const rooms = [
  'kernel',
  'platform',
  'calendar',
  'ledger',
  'access',
  'approvals',
  'billers',
  'orders',
  'channels',
  'bills',
  'payments',
  'confirmations',
  'declarations',
  'mandates',
  'settlement',
  'reconciliation',
  'dialects',
  'console',
  'desk',
  'demo',
];
/** They know every room; each may use the ones before it. */
const roots = [
  'config.ts',
  'approval-kinds.ts',
  'order-kinds.ts',
  'api.ts',
  'gateway-parts.ts',
  'gateway.ts',
  'worker-debits.ts',
  'worker.ts',
  'main.ts',
  'installation.ts',
  'cli.ts',
  'wasit.ts',
];

const steps = [...rooms.map((room) => `${room}/`), ...roots];
const anyOf = (names) => `^src/(${names.join('|').replaceAll('.', '\\.')})`;

/** What may be imported from outside its room: index.ts, the index.ts of a part, and plain values and plumbing. */
const doors = [
  '^src/[^/]+/index\\.ts$',
  '^src/[^/]+/[^/]+/index\\.ts$',
  '^src/kernel/',
  '^src/platform/(log|metrics|rounds|small-heap)\\.ts$',
];

const upward = steps.slice(0, -1).map((step, i) => ({
  name: `up-from-${step.replace('/', '')}`,
  comment: 'A room never uses one above it. Move the shared part down, or write an outbox row.',
  severity: 'error',
  from: { path: anyOf([step]) },
  to: { path: anyOf(steps.slice(i + 1)) },
}));

/** At run time a package is used only where it belongs; its types may be named anywhere. */
const only = (packages, places) => ({
  name: `only-where-it-belongs-${packages[0]}`,
  comment: `${packages.join(', ')}: only in ${places.join(', ')}.`,
  severity: 'error',
  from: { path: '^src/', pathNot: places },
  to: { path: `node_modules/(${packages.join('|')})/`, dependencyTypesNot: ['type-only'] },
});

const rootFiles = anyOf(roots);

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'past-the-door',
      comment: 'Another room is used through its index.ts.',
      severity: 'error',
      from: { path: '^src/([^/]+)' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', ...doors] },
    },
    {
      name: 'past-the-door-of-a-part',
      comment: 'The parts of the platform are used through their index.ts, by each other too.',
      severity: 'error',
      from: { path: '^src/platform/([^/]+)/' },
      to: { path: '^src/platform/[^/]+/', pathNot: ['^src/platform/$1/', ...doors] },
    },
    {
      name: 'not-a-room',
      comment: 'A folder under src is a room of the list above, a file one of the roots.',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: steps.map((step) => anyOf([step])) },
    },
    {
      name: 'circle',
      comment: 'Two files that need each other are one file, or have a third in common.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    only(
      ['fastify', '@fastify/(?!type-provider-typebox)[^/]+'],
      ['/routes\\.ts$', '/pages\\.ts$', '^src/platform/http/', rootFiles],
    ),
    only(['pg', 'knex', 'pg-copy-streams'], ['/store[^/]*\\.ts$', '^src/platform/db/']),
    only(['commander', 'listr2'], ['commands?\\.ts$', '^src/platform/cli/', '^src/cli\\.ts$']),
    {
      name: 'undeclared-package',
      comment: 'The program runs on what package.json declares as its dependencies.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'unresolvable',
      comment: 'There is no such file.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'product-uses-tools',
      comment: 'src stands without test and scripts.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
