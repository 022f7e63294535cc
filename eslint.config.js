import tseslint from 'typescript-eslint';

/** Folders that compute from what they are given: no clock, no network, no process. */
const pure = ['model', 'x509', 'keystores', 'products', 'faults', 'reports'];

const noClock = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'A pure folder is given the time.' },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'A pure folder is given the time.',
  },
];
const noEnums = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
  { selector: 'TSModuleDeclaration[kind!="global"]', message: 'Use modules.' },
];
const verification = {
  selector: "Property[key.name='rejectUnauthorized']",
  message: 'Only probes/tls.ts looks at a certificate without demanding that it verifies.',
};
const ignoreErrors = {
  selector: "Property[key.name='ignoreHTTPSErrors']",
  message: 'A suite that ignores certificate errors proves nothing.',
};

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', 'tools/node/', 'docs/', '**/*.cjs', 'playwright-report/', 'test-results/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      'no-restricted-syntax': ['error', ...noEnums, verification, ignoreErrors],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      'no-console': 'error',
    },
  },
  {
    files: pure.map((folder) => `${folder}/**/*.ts`),
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval', 'window', 'document'],
      'no-restricted-syntax': ['error', ...noEnums, ...noClock, verification, ignoreErrors],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['suites/**', 'dashboard/**', ...pure.map((folder) => `${folder}/**`)],
    rules: { 'no-restricted-globals': ['error', 'window', 'document', 'location', 'navigator', 'name'] },
  },
  { files: ['probes/tls.ts'], rules: { 'no-restricted-syntax': ['error', ...noEnums, ignoreErrors] } },
  { files: ['cli/**/*.ts', 'tools/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['*.config.ts', 'suites/*-reporter.ts', 'tests/support/browser-lab.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    files: ['**/*.test.ts', 'tests/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
