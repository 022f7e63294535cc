import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build as bundle, type BuildOptions, type Plugin } from 'esbuild';
import packageJson from '../package.json' with { type: 'json' };
import { withoutFacades } from './builtins.ts';

/**
 * Writes the package into dist/, or into the folder of --out: the command line with all it needs in a few files of JavaScript, which start in half the time
 * of the sources. It runs wherever Node does, without node_modules; only the browser and the lab's pages need the repository.
 */
const { values: wanted } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } });
const root = resolve(import.meta.dirname, '..');
const out = resolve(wanted.out);

/** What people start. */
const program = join('cli', 'uccert.js');

/** Messages of zod in fifty languages: two thirds of what every start would read. Ours are in English. */
const englishOnly: Plugin = {
  name: 'english-only',
  setup: (build) =>
    build.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    })),
};

/** What is read when it is needed, and needs nearly all that a scan is made of. `explain`, `init` and the lab need less. */
const withScan = [
  'cli/run-(apply|browse|bundle|check|diff|named|nightly|plan|report|runbook|troubleshoot|trust)',
  'cli/write-reports',
  'probes/(clock|revocation|tls)',
  'remediations/index',
  'workflow/(allure|kept-plans|machine-evidence|open-inventory)',
];

/**
 * What a scan is made of, in few files. esbuild makes a file for each set of commands that share a module, fifty for a scan, and each takes a third of a
 * millisecond to find and to link. Where all of them share all of it there is one set. The import comes last, so that nothing is begun before its turn.
 */
const scanTogether: Plugin = {
  name: 'scan-together',
  setup: (build) =>
    build.onLoad({ filter: new RegExp(`/(${withScan.join('|')})\\.ts$`) }, ({ path }) => ({
      contents: `${readFileSync(path, 'utf8')}import '#cli/run-scan.ts';\n`,
      loader: 'ts',
    })),
};

const options = {
  absWorkingDir: root,
  entryPoints: { [program.replace(/\.js$/, '')]: 'cli/uccert.mjs' },
  outdir: out,
  bundle: true,
  // What one command needs alone stays in a file of its own, and is read when that command runs.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: `node${packageJson.engines.node.replace(/^\D*(\d+).*$/, '$1')}`,
  chunkNames: 'chunks/[name]-[hash]',
  // What packages in CommonJS take for given, and ES modules lack.
  banner: {
    js: "import { createRequire as toRequire } from 'node:module';const require = toRequire(import.meta.url);",
  },
  plugins: [englishOnly, scanTogether],
  // A start reads and hashes what it is made of. Names are kept: a defect that is reported shows where it lies.
  minifyWhitespace: true,
  minifySyntax: true,
  define: { __dirname: 'import.meta.dirname' },
  external: [
    ...['@playwright/test', 'playwright', 'allure-playwright', '@allurereport/*', 'strophe.js'],
    // What ssh2 tries to load to be faster, and does without.
    ...['cpu-features', './crypto/build/Release/sshcrypto.node'],
  ],
  legalComments: 'linked',
  logLevel: 'warning',
  write: false,
} satisfies BuildOptions;

const { outputFiles } = await bundle(options);
rmSync(out, { recursive: true, force: true });
for (const { path, text } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, path.endsWith('.js') ? withoutFacades(text) : text);
}
chmodSync(join(out, program), 0o755);
for (const name of ['LICENSE', 'README.md']) copyFileSync(join(root, name), join(out, name));
const { name, version, description, license, type, engines } = packageJson;
const manifest = { name, version, description, license, type, bin: { uccert: `./${program}` }, engines };
writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
