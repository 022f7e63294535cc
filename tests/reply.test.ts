import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { X509Certificate } from 'node:crypto';
import { Run } from '#model/run.ts';
import { isPresent } from '#model/verdict.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** A CA's reply on its way to a machine that is asked, or was, which requests wait on it. */
const main = resolve('cli/main.ts');
let up: TestLab;
let root: string;
let intermediate: string;

beforeAll(async () => {
  up = await startTestLab('127.127.0.0/16', { signed: true });
  root = written('root.pem', up.lab.authority.root.certificate);
  intermediate = written('intermediate.pem', up.lab.authority.intermediate.certificate);
});
afterAll(() => up[Symbol.asyncDispose]());
afterEach(() => up.lab.reset());

function written(name: string, certificate: X509Certificate): string {
  const file = join(up.state, name);
  writeFileSync(file, certificate.toString());
  return file;
}

interface Done {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function uccert(...args: readonly string[]): Promise<Done> {
  const env = { ...process.env, UCCERT_STATE: up.state, UCCERT_INVENTORY: up.lab.inventoryFile, NO_COLOR: '1' };
  return new Promise((done) => {
    execFile(process.execPath, [main, ...args], { env, maxBuffer: 64 * 1024 * 1024 }, (error, out, err) => {
      done({ status: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

const check = async (reply: string, ...more: readonly string[]): Promise<Done> =>
  uccert(
    'check',
    reply,
    '--for',
    'uccx1',
    '--unit',
    'tomcat',
    '--anchors',
    root,
    '--intermediates',
    intermediate,
    ...more,
  );

function found({ out }: Done): string[] {
  return Run.parse(JSON.parse(out))
    .findings.filter(isPresent)
    .map(({ fault }) => fault);
}

/** A request made on a machine, and the reply to it. */
async function reply(machine = 'uccx1'): Promise<string> {
  const { pem } = await up.lab.vos(machine).newRequest();
  return written('reply.pem', await up.lab.sign(pem));
}

test('a reply to the request that waits is taken', async () => {
  const done = await check(await reply(), '--live', '--json');
  // The template of the CA decides the usages: that is a notice.
  expect([done.status, found(done)]).toEqual([0, ['request-key-usages-differ']]);
});

test('what the trust store of the machine holds need not be given beside the reply', async () => {
  const alone = ['check', await reply(), '--for', 'uccx1', '--unit', 'tomcat', '--json'];
  expect(found(await uccert(...alone, '--live'))).toEqual(['request-key-usages-differ']);
  // Without asking the machine nobody knows that it holds the intermediate.
  expect(found(await uccert(...alone))).toContain('intermediate-missing');
});

test('the certificate that the machine holds already is not to be uploaded again', async () => {
  const { certificate } = up.lab.vos('uccx1').identity;
  const done = await check(written('held.pem', certificate), '--live');
  expect(done.status).toBe(0);
  expect(done.out).toMatch(/uccx1 holds this certificate already/);
});

test('a reply that nobody awaits is refused, and the person is told what to do', async () => {
  const file = await reply('uccx2');
  const done = await check(file, '--live');
  expect(done.status).toBe(1);
  expect(done.out).toMatch(/no request waiting/);
  expect(done.out).toMatch(/tomcat\.csr Does Not Exist/);
});

test('a reply to the request before the one that waits has another key', async () => {
  const file = await reply();
  await up.lab.vos('uccx1').newRequest();
  const done = await check(file, '--live', '--json');
  expect([done.status, found(done)]).toEqual([1, ['certificate-file-unacceptable', 'request-key-differs']]);
});

test('what a reply rests on is looked for in the trust store of the machine', async () => {
  const file = await reply();
  const { trust } = up.lab.vos('uccx1');
  for (const [name] of trust.entries) trust.delete(name);
  const done = await check(file, '--live');
  expect(done.out).toMatch(/CA\s+Certificate\s+is\s+Not\s+Available\s+in\s+the\s+Trust-Store/);
});

test('a kept run tells what waited then, and says when', async () => {
  const file = await reply('uccx2');
  expect((await uccert('trust', '--quiet')).status).toBe(0);
  // A later run that read no store is not the last of those that tell it.
  await uccert('scan', '--quiet');
  const later = new Date(Date.now() + 86_400_000).toISOString();
  const done = await check(file, '--from', 'last', '--json', '--at', later);
  expect(found(done)).toContain('pending-request-absent');
  expect(Run.parse(JSON.parse(done.out)).asked.notAsked.join()).toMatch(
    /what waits on the machine now: it was read at/,
  );
});

test.each([
  [['--live', '--from', 'last'], 3, /--live was given with --from/],
  [['--from', 'gone'], 3, /gone/],
])('%j is not taken', async (more, status, says) => {
  const done = await check(root, ...more);
  expect(done.status).toBe(status);
  expect(done.err).toMatch(says);
});

test('without a machine there is nobody to ask', async () => {
  const { status, err } = await uccert('check', root, '--live');
  expect(status).toBe(3);
  expect(err).toMatch(/--live was given without --for/);
});

test('where nothing is asked the reply has no finding about it', async () => {
  const run = Run.parse(JSON.parse((await check(await reply(), '--json')).out));
  expect(run.findings.map(({ fault }) => fault)).not.toContain('pending-request-absent');
  expect(run.asked.notAsked.join()).toMatch(/neither --live nor --from was given/);
});
