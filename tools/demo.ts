import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { styleText } from 'node:util';
import { inPrivateLoopback } from './private-loopback.ts';

/** The whole story on one screen: a contact centre comes up, breaks, is found out, is put right, and that is proved. */
inPrivateLoopback();
const state = mkdtempSync(join(tmpdir(), 'uccert-demo-'));
const report = resolve('demo-report');
/** What the story is about: where agents sign in, and what they see then. */
const pages = ['Finesse sign-in', 'Finesse desktop', 'Live Data gadgets'].flatMap((name) => ['--page', name]);
const startedAt = performance.now();
rmSync(report, { recursive: true, force: true });

try {
  tell('A contact centre on loop-back: two UCCX nodes, CCP and CUCM, as installed.');
  uccert(['lab', 'up', '--network', '127.78.0.0/16'], [0]);

  tell('Is it well?');
  uccert(['scan'], [0]);

  tell("Two years pass, and nobody renewed the first node's certificate.");
  uccert(['lab', 'break', 'finesse-certificate-expired'], [0]);

  tell('What is wrong?');
  uccert(['trust', '--out', join(report, 'found')], [1]);

  tell('What does a person see, in a browser with the trust of a real PC and no error ignored?');
  uccert(['browse', ...pages, '--quiet', '--out', join(report, 'seen')], [1]);

  tell('What do the documents say to do about it, on these machines?');
  uccert(['plan', join(report, 'found')], [0]);

  tell('Do it, and verify it with the detectors that found it.');
  uccert(['apply', 'last', '--approve', '--accept-irreversible', '--out', join(report, 'mended')], [0]);

  tell('Does the browser agree?');
  uccert(['browse', ...pages, '--out', join(report, 'proved')], [0]);
} finally {
  uccert(['lab', 'down'], [0]);
  rmSync(state, { recursive: true, force: true });
}
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
tell(`All of it in ${seconds} s. The story, to read in a browser:`);
for (const [name, what] of [
  ['found', 'what was found, link by link'],
  ['seen', 'what a person saw'],
  ['mended', 'what was done, and that it is verified'],
  ['proved', 'what a person sees now'],
] as const) {
  console.log(`  ${join(report, name, 'report.html')}  ${what}`);
}

function uccert(args: readonly string[], expected: readonly number[]): void {
  console.log(styleText('dim', `$ uccert ${args.map((arg) => arg.replace(`${resolve('.')}/`, '')).join(' ')}`));
  const done = spawnSync(process.execPath, ['cli/main.ts', ...args], {
    stdio: 'inherit',
    env: { ...process.env, UCCERT_STATE: state, UCCERT_INVENTORY: join(state, 'lab', 'uccert.yaml') },
  });
  if (done.status !== null && expected.includes(done.status)) return;
  throw new Error(`uccert ${args.join(' ')} ended with ${String(done.status)}, expected ${expected.join(' or ')}`);
}

function tell(text: string): void {
  console.log(`\n${styleText('bold', text)}`);
}
