import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** A lint needs a test like anything else: a reader that cannot read .ts any more finds no violation either. */
interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[];
  };
}

const cruiser = resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

function cruise(folder: string): Cruise {
  const done = spawnSync(
    process.execPath,
    [cruiser, '--config', resolve('.dependency-cruiser.cjs'), '--output-type', 'json', '.'],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  return JSON.parse(done.stdout) as Cruise;
}

describe('the import table', () => {
  test('is held, and the lint saw every module of the repository', () => {
    const result = cruise('.');
    expect(result.summary.violations).toEqual([]);
    const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
      encoding: 'utf8',
    });
    const seen = new Set(result.modules.map(({ source }) => source));
    expect(
      tracked
        .trim()
        .split('\n')
        .filter((file) => !seen.has(file)),
    ).toEqual([]);
  }, 120_000);

  test.each([
    [
      'faults reach for the network',
      'faults-imports',
      { 'faults/planted.ts': "import '#probes/planted.ts';", 'probes/planted.ts': 'export {};' },
    ],
    [
      'a type-only import across a border',
      'model-imports',
      {
        'model/planted.ts': "import type { A } from '#faults/planted.ts';\nexport type B = A;",
        'faults/planted.ts': 'export type A = 1;',
      },
    ],
    ['a pure folder opens a file', 'pure-folders-stay-pure', { 'x509/planted.ts': "import 'node:fs';" }],
    [
      'the lab judges with the code under test',
      'lab-takes-only-fault-names',
      { 'lab/planted.ts': "import '#faults/planted.ts';", 'faults/planted.ts': 'export {};' },
    ],
    [
      'a remediation reaches a machine',
      'transports-only-from-actions',
      { 'remediations/planted.ts': "import '#transports/planted.ts';", 'transports/planted.ts': 'export {};' },
    ],
    [
      'product code leans on a test',
      'workflow-imports',
      { 'workflow/planted.ts': "import '#tests/planted.ts';", 'tests/planted.ts': 'export {};' },
    ],
    ['two modules in a circle', 'no-circular', { 'model/a.ts': "import './b.ts';", 'model/b.ts': "import './a.ts';" }],
    [
      'a relative import across folders',
      'across-folders-by-alias',
      { 'faults/planted.ts': "import '../model/planted.ts';", 'model/planted.ts': 'export {};' },
    ],
    ['a module nobody imports', 'no-orphans', { 'model/planted.ts': 'export const nobody = 1;' }],
  ] as const)('reports %s', (_what, rule, files) => {
    const folder = mkdtempSync(join(tmpdir(), 'uccert-imports-'));
    try {
      for (const [file, text] of Object.entries({
        'package.json': JSON.stringify({ type: 'module', imports: { '#*': './*' } }),
        ...files,
      })) {
        mkdirSync(join(folder, dirname(file)), { recursive: true });
        writeFileSync(join(folder, file), text);
      }
      symlinkSync(resolve('tsconfig.json'), join(folder, 'tsconfig.json'));
      const names = cruise(folder).summary.violations.map((violation) => violation.rule.name);
      expect(names).toContain(rule);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
