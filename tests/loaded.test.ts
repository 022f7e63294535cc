import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'uccert-loaded-'));
  // Notes every module that is looked for, before the program itself is.
  writeFileSync(
    join(folder, 'note.mjs'),
    `import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    appendFileSync(process.env.LOADED, found.url + '\\n');
    return found;
  },
});`,
  );
  const machine = '  one: { type: TLS_SERVER, fqdn: one.example.com, address: 127.223.0.1 }';
  writeFileSync(join(folder, 'one.yaml'), `deployment: UCCX\nrelease: 15.0(1)\nmachines:\n${machine}\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The modules that a command is made of, by their addresses. */
function loadedBy(args: readonly string[]): readonly string[] {
  const loaded = join(folder, 'loaded.txt');
  rmSync(loaded, { force: true });
  const command = ['--import', join(folder, 'note.mjs'), resolve('cli/main.ts'), ...args];
  const state = { UCCERT_STATE: join(folder, 'state'), LOADED: loaded };
  const { stderr } = spawnSync(process.execPath, command, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...state, UCCERT_INVENTORY: undefined },
  });
  expect(stderr).toContain('is kept');
  return readFileSync(loaded, 'utf8').split('\n');
}

test.each([
  [['scan', '--target', '127.223.0.1:9'], false],
  [['scan', '--inventory', 'one.yaml'], true],
] as const)('uccert %j loads schemas: %s', (args, expected) => {
  expect(loadedBy(args).some((url) => url.includes('/node_modules/zod/'))).toBe(expected);
});
