// The import table of CONTRIBUTING.md, as a lint: the table is the code. tests/imports.test.ts proves that it sees every module.
const pureCore = ['model', 'x509', 'keystores', 'products', 'faults', 'reports'];
const { may } = require('./tools/import-table.cjs');
const folders = Object.keys(may).join('|');
const test = '[.]test[.]ts$';

const layers = Object.entries(may).map(([from, to]) => ({
  name: `${from}-imports`,
  severity: 'error',
  comment: `${from}/ may import only ${['itself', ...to].join(', ')}. See CONTRIBUTING.md, "Who may import whom".`,
  from: { path: `^${from}/`, pathNot: test },
  to: { path: `^(${folders}|tests|tools|bench)/`, pathNot: `^(${[from, ...to].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'lab-takes-only-fault-names',
      severity: 'error',
      comment: 'The lab must not judge with the code under test: from faults/ it takes types only.',
      from: { path: '^lab/', pathNot: test },
      to: { path: '^faults/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'transports-only-from-actions',
      severity: 'error',
      comment: 'In remediations/ only actions/ reaches a machine.',
      from: { path: '^remediations/', pathNot: ['^remediations/actions/', test] },
      to: { path: '^transports/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-folders-stay-pure',
      severity: 'error',
      comment: `${pureCore.join(', ')} are pure: no network, disk, process or clock.`,
      from: { path: `^(${pureCore.join('|')})/`, pathNot: test },
      to: { path: '^(node:)?(net|tls|dns|fs|fs/promises|http|https|http2|child_process|dgram|os|process|timers)$' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A cycle hides which of two modules is the lower one.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A module nobody imports is dead, or its wiring was forgotten.',
      from: {
        orphan: true,
        path: `^(${folders})/`,
        // Playwright loads its reporters by the paths in its configuration.
        pathNot: [
          '[.](test|spec|test-d)[.]ts$',
          '[.]d[.]ts$',
          '^lab/applications/browser/',
          '^suites/[^/]+-reporter[.]ts$',
        ],
      },
      to: {},
    },
    {
      name: 'not-to-dev-dependencies',
      severity: 'error',
      comment: 'Product code runs where no development dependency is installed.',
      from: { path: `^(${folders})/`, pathNot: '[.](test|test-d)[.]ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'across-folders-by-alias',
      severity: 'error',
      comment: 'Across folders import by #alias, within a folder relatively.',
      from: { path: `^(${folders}|tests)/` },
      to: { path: `^(${folders})/`, pathNot: '^$1/', dependencyTypesNot: ['aliased', 'aliased-subpath-import'] },
    },
    {
      name: 'licences',
      severity: 'error',
      comment: 'Only licences that sit with Apache-2.0.',
      from: {},
      to: {
        licenseNot:
          '^(MIT|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2[.]0|0BSD|BlueOak-1[.]0[.]0|MIT-0|Unlicense|\\(MIT OR .*\\))$',
        dependencyTypes: ['npm'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|tools/node|dist|docs)/' },
    includeOnly: undefined,
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    parser: 'tsc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
