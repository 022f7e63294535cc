import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPresent } from '#model/verdict.ts';
import { Run } from '#model/run.ts';

/** The command line as a person or a script meets it: exit codes, what goes where, what is written. */
const main = resolve('cli/main.ts');
const network = '127.84.0.0/16';
let folder: string;

interface Done {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function uccert(args: readonly string[], input?: string): Done {
  const done = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, UCCERT_STATE: join(folder, 'state'), UCCERT_INVENTORY: undefined, NO_COLOR: '1' },
    ...(input === undefined ? {} : { input }),
  });
  return { status: done.status, out: done.stdout, err: done.stderr };
}

/** What is shown to a person at a terminal who gives this answer where consent is asked. */
async function typed(args: readonly string[], answer: string): Promise<string> {
  const command = [process.execPath, main, ...args].join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: folder,
    env: { ...process.env, UCCERT_STATE: join(folder, 'state'), NO_COLOR: '1' },
  });
  let shown = '';
  child.stdout.on('data', (part: Buffer) => {
    const isAsked = shown.includes('to go on: ');
    shown += part.toString('utf8');
    if (!isAsked && shown.includes('to go on: ')) child.stdin.write(`${answer}\r`);
  });
  await once(child, 'close');
  return shown;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'uccert-cli-'));
});
afterAll(() => {
  uccert(['lab', 'down']);
  rmSync(folder, { recursive: true });
});

test('a reader that has seen enough ends the writing, and nothing else', () => {
  const command = `"${process.execPath}" "${main}" list faults | head -1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
  expect(stdout).toMatch(/^certificate-expired .*\n0\n$/);
  expect(stderr).toBe('');
});

test('browse asks for the passwords of its test accounts before it opens anything', () => {
  const inventory = [
    'deployment: UCCX',
    'release: 12.5(1)SU3',
    'machines: { uccx1: { type: UCCX_PUBLISHER, fqdn: uccx1.example.com, address: 192.0.2.1 } }',
    'clients: { pc: {} }',
    'people: { ada: { role: agent, user: ada, extension: "1001", password: "file:gone" } }',
  ];
  writeFileSync(join(folder, 'people.yaml'), inventory.join('\n'));
  const { status, out, err } = uccert(['browse', 'people.yaml']);
  expect([status, out]).toEqual([3, '']);
  expect(err).toMatch(
    /The credential file:gone could not be read: .*no such file[\s\S]*Set it, or change the reference/,
  );
  const unknown = uccert(['browse', 'people.yaml', '--page', 'Finess']);
  expect(unknown.status).toBe(3);
  expect(unknown.err).toMatch(/know no page Finess\.[\s\S]*Name one of: .*Finesse desktop/);
});

describe('usage', () => {
  test.each([
    [[], /Name a command/],
    [['scna'], /scan/],
    [['scan', '--some-option'], /^Unknown argument: some-option\n/],
    [['scan'], /There is no uccert.yaml here[\s\S]*uccert init/],
    [['scan', 'gone.yaml'], /gone.yaml cannot be read/],
    [['scan', '--target', 'nonsense'], /not of the form host:port/],
    [['scan', '--target', 'a.example:99999'], /not of the form host:port/],
    [['scan', '--target', 'a.example:443', '--machine-type', 'TOASTER'], /no machine type[\s\S]*UCCX_PUBLISHER/],
    [['scan', '--target', 'a.example:443', '--anchors', 'gone.pem'], /--anchors: .*gone.pem/],
    [['scan', '--at', 'yesterday'], /is no time/],
    [['scan', '--at', '2026-02-30'], /is no time/],
    [['troubleshoot'], /Say what people see/],
    [['troubleshoot', '--symptom', ' '], /--symptom is empty/],
    [['scan', '--fail-on', 'terrible'], /Choices/],
    [['report', 'nowhere'], /cannot be read/],
    [['report', resolve('README.md')], /README\.md is no run\.\nA report, .*\nName the run\.json of a run/],
    [['report', resolve('package.json')], /package\.json is no run\.\n/],
    [
      ['report', 'nowhere', '--out', '/proc/uccert'],
      /Nothing can be written into .*\nThe reports would be written nowhere/,
    ],
    [['plan'], /No run is kept/],
    [['apply', 'nothing', '--approve'], /cannot be read/],
    [['scan', '--anchors', 'root.pem'], /--anchors was given without --target/],
    [['scan', '--target', 'a.example:443', '--release', 'banana'], /is no release/],
    [['scan', '--targets', 'gone.txt'], /gone\.txt: there is no such file or folder/],
    [['scan', '--target', '127.0.0.1:9', '--out', '/proc/uccert'], /Nothing can be written into/],
    [['roll-back', 'nothing', '--approve'], /No plan was begun yet[^]*Carry one out first/],
    [['init', 'gone/far/uccert.yaml'], /uccert\.yaml: there is no such file or folder/],
    [['explain', 'certificate-expird'], /Did you mean certificate-expired/],
    [['list', 'everything'], /Choices/],
    [['report', 'last', '--out', 'a', '--out', 'b'], /--out was given more than once/],
    [['lab', 'up', '--network', '10.0.0.0/8'], /loop-back|127\./],
  ] as const)('%j is exit 3 with a message and no stack', (args, message) => {
    const { status, err, out } = uccert(args);
    expect(status).toBe(3);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toBe('');
  });

  test('help and version are exit 0 on standard output', () => {
    expect(uccert(['--help'])).toMatchObject({ status: 0, err: '' });
    expect(uccert(['--version']).out).toMatch(/^\d+\.\d+\.\d+/);
    expect(uccert(['scan', '--help']).out).toContain('--target');
    expect(uccert(['list', 'products']).out).toMatch(/^cce-pg .*: CCE_PG$/m);
  });

  test('init writes an inventory that loads, and never over one that is there', () => {
    expect(uccert(['init', 'mine.yaml']).status).toBe(0);
    const before = readFileSync(join(folder, 'mine.yaml'), 'utf8');
    expect(uccert(['init', 'mine.yaml'])).toMatchObject({ status: 3 });
    expect(readFileSync(join(folder, 'mine.yaml'), 'utf8')).toBe(before);
    expect(uccert(['init', 'pcce.yaml', '--deployment', 'pcce']).status).toBe(0);
    expect(readFileSync(join(folder, 'pcce.yaml'), 'utf8')).toContain('deployment: PCCE');
    expect(uccert(['init', 'other.yaml', '--deployment', 'uccy'])).toMatchObject({ status: 3 });
  });

  test('init prints to standard output where that is asked for, and writes no file', () => {
    expect(uccert(['init', '-', '--deployment', 'pcce'])).toMatchObject({
      status: 0,
      out: readFileSync(join(folder, 'pcce.yaml'), 'utf8'),
      err: '',
    });
    expect(existsSync(join(folder, '-'))).toBe(false);
    expect(existsSync(join(folder, 'uccert.yaml'))).toBe(false);
  });

  test('an inventory with mistakes names each with its line', () => {
    const text =
      'deployment: UCCX\nrelease: twelve\nmachines:\n  uccx1:\n    type: UCCX\n    fqdn: uccx1\n    colour: red\n';
    writeFileSync(join(folder, 'bad.yaml'), text);
    const { status, err } = uccert(['scan', 'bad.yaml']);
    expect(status).toBe(3);
    for (const line of [2, 5, 6, 7]) expect(err).toMatch(new RegExp(`bad\\.yaml:${String(line)}:`));
  });
});

describe('a lab, from up to down', () => {
  test('up, healthy, broken, found, planned, applied, healthy, down', () => {
    expect(uccert(['lab', 'up', '--network', network]).status).toBe(0);
    const healthy = uccert(['scan', '--json']);
    expect(healthy.status).toBe(0);
    const run = Run.parse(JSON.parse(healthy.out));
    expect(run.findings.filter(({ verdict }) => verdict.status === 'inconclusive')).toEqual([]);

    expect(uccert(['lab', 'break', 'finesse-certificate-expired']).status).toBe(0);
    const found = uccert(['scan', '--out', 'found']);
    expect(found.status).toBe(1);
    expect(found.out).toMatch(/NOT WELL[\s\S]*certificate-expired/);
    expect(readdirSync(join(folder, 'found')).sort()).toEqual([
      'junit.xml',
      'report.html',
      'report.txt',
      'run.json',
      'uccert.prom',
    ]);
    const broken = Run.parse(JSON.parse(readFileSync(join(folder, 'found', 'run.json'), 'utf8')));
    const where = broken.findings
      .filter(isPresent)
      .map(({ fault, subject }) => [
        fault,
        subject.scope === 'endpoint' ? `${subject.machine}:${String(subject.port)}` : '',
      ]);
    expect(where).toEqual(
      [443, 5223, 8443, 8444, 8445, 8447, 8553, 9443, 12015].map((port) => [
        'certificate-expired',
        `uccx1:${String(port)}`,
      ]),
    );
    expect(uccert(['diff', run.id, 'found'])).toMatchObject({ status: 1 });
    expect(uccert(['report', 'found']).out).toMatch(/NOT WELL/);
    expect(uccert(['report', 'found', '--quiet'])).toMatchObject({ status: 1, out: '' });

    expect(uccert(['plan', 'found', '--out', 'planned']).status).toBe(0);
    const edited = readFileSync(join(folder, 'planned', 'plan.json'), 'utf8').replaceAll(
      'Cisco Tomcat',
      'Cisco Tomcats',
    );
    writeFileSync(join(folder, 'edited.json'), edited);
    const ofEdited = uccert(['runbook', 'edited.json']);
    expect(ofEdited).toMatchObject({ status: 4, out: '' });
    expect(ofEdited.err).toMatch(/not as uccert made it/);
    expect(uccert(['runbook', 'planned']).status).toBe(0);
    expect(uccert(['apply', 'last', '--approve'])).toMatchObject({ status: 4 });
    expect(uccert(['apply', 'last', '--accept-irreversible']).err).toMatch(/--approve/);
    const applied = uccert(['apply', 'last', '--approve', '--accept-irreversible']);
    expect(applied).toMatchObject({ status: 0 });
    expect(applied.out).toMatch(/^Verified/);
    expect(applied.err).toMatch(/^The plan made last: \S+ {2}not begun: Regenerate/);
    expect(uccert(['scan', '--quiet'])).toMatchObject({ status: 0, out: '' });
    expect(uccert(['list', 'plans']).out).toMatch(/verified/);
    expect(uccert(['resume', 'last']).err).toMatch(/has ended: verified/);
    const asked = uccert(['roll-back', 'last', '--accept-irreversible']);
    expect(asked.status).toBe(4);
    expect(asked.err).toMatch(
      /^The plan last begun: \S+ {2}verified: .*\nThe plan \S+ has done nothing that can be taken back: uccx1: regenerate/,
    );
  }, 120_000);

  test('a plan of what is well is none, and of a world that moved is refused', () => {
    const healthy = uccert(['trust', '--json', '--out', 'well']);
    expect(healthy.status).toBe(0);
    const nothing = uccert(['plan', 'well']);
    expect(nothing).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^Nothing to put right: the run \S+ found/) as string,
    });
    expect(uccert(['plan', 'well', '--json'])).toMatchObject({ status: 0, out: 'null\n' });
    const later = uccert(['trust', '--at', '2060-01-01']);
    const seen = /run (\S+), uccert/.exec(later.out)?.[1] ?? '';
    expect(later.err).toContain(`Run ${seen} is kept as it was seen`);
    expect([later.status, uccert(['report', seen]).status]).toEqual([1, 0]);

    uccert(['lab', 'break', 'ccp-certificate-not-imported']);
    expect(uccert(['trust', '--quiet', '--out', 'then']).status).toBe(1);
    const elsewhereOnly = uccert(['plan', 'then', '--machine', 'cucm1']);
    expect(elsewhereOnly.status).toBe(3);
    expect(elsewhereOnly.err).toMatch(/found nothing on cucm1[^]*What it found is on [^]*uccert trust --deep/);
    uccert(['lab', 'heal']);
    const moved = uccert(['plan', 'then']);
    expect(moved).toMatchObject({ status: 4, out: '' });
    expect(moved.err).toMatch(/tells how things stood at [\s\S]*ccp1 holds as tomcat: then [\s\S]*Take a new run/);
    const gone = JSON.parse(readFileSync(join(folder, 'then', 'run.json'), 'utf8')) as Run;
    const elsewhere = { ...gone, inventory: { ...gone.inventory, file: join(folder, 'gone.yaml') } };
    writeFileSync(join(folder, 'elsewhere.json'), JSON.stringify(elsewhere));
    const left = uccert(['plan', 'elsewhere.json']);
    expect(left.status).toBe(3);
    expect(left.err).toMatch(
      /its inventory cannot be used any more[\s\S]*gone\.yaml[\s\S]*Take a new run[\s\S]*--inventory/,
    );
    writeFileSync(join(folder, 'gone.yaml'), 'deployment: UCCX\nmachines: 3\n');
    expect(uccert(['plan', 'elsewhere.json']).err).toMatch(/mistake[^]*gone\.yaml:2: machines: [^]*Take a new run/);
  }, 120_000);

  test('a plan that is half done is told of, and gone on with by consent', async () => {
    uccert(['lab', 'break', 'finesse-certificate-expired']);
    expect(uccert(['trust', '--quiet']).status).toBe(1);
    const planned = uccert(['plan']);
    expect(planned.status).toBe(0);
    expect(planned.err).not.toContain('half done');
    const half = uccert(['apply', 'last', '--approve', '--accept-irreversible', '--step', '--quiet'], 'y\n');
    expect(half.status).toBe(4);
    const id = /uccert resume (\S+)/.exec(half.err)?.[1] ?? '';
    const status = (): string =>
      uccert(['list', 'plans'])
        .out.split('\n')
        .find((line) => line.startsWith(id)) ?? '';
    expect(status()).toMatch(/begun and not ended \(uccert resume/);

    const healthy = uccert(['plan', 'well']);
    expect(healthy.out).toContain('Nothing to put right');
    expect(healthy.err).toContain(`The plan ${id} is half done on `);
    expect(uccert(['trust', '--quiet']).status).toBe(1);
    expect(uccert(['plan']).err).toContain(`The plan ${id} is half done on `);

    // Who holds the lock of a machine for the plan carries it out now.
    const lock = join(folder, 'state', 'locks', 'uccx1.json');
    const held = { owner: hostname(), pid: process.pid, plan: id, since: new Date().toISOString() };
    writeFileSync(lock, JSON.stringify(held));
    expect(status()).toContain(`running (process ${String(process.pid)})`);
    expect(uccert(['plan']).err).toContain(`The plan ${id} is being carried out on `);
    rmSync(lock);

    const refused = uccert(['apply', 'last', '--approve', '--accept-irreversible']);
    expect(refused.status).toBe(4);
    expect(refused.err).toMatch(new RegExp(`The plan ${id} is half done on [^]*uccert resume ${id}`));

    const asked = uccert(['resume', id]);
    expect(asked.status).toBe(4);
    expect(asked.err).toMatch(/is still to be done\n {3}1 {2}pc-managed: [^]*Restarts, one after[^]*--approve/);
    expect(asked.err).not.toContain('regenerate');
    const consent = /Restarts, one after the other:\n((?: {2}.*\n)+)/.exec(asked.err)?.[1]?.match(/^ {2}\S/gm)?.length;
    expect(await typed(['resume', id], 'yes')).toMatch(/The answer was another/);
    expect(status()).toMatch(/begun and not ended/);
    expect(await typed(['resume', id], `restart ${String(consent)}`)).toMatch(/Verified/);
    expect(status()).toMatch(/verified/);
    uccert(['lab', 'heal']);
  }, 240_000);

  test('--json is what the published schema describes', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addFormat('base64', /^[A-Za-z0-9+/]*={0,2}$/);
    const validate = ajv.compile(JSON.parse(readFileSync('docs/schemas/run.schema.json', 'utf8')) as object);
    const document: unknown = JSON.parse(uccert(['trust', '--json']).out);
    expect(validate(document), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    expect(validate({ ...(document as object), format: 2 })).toBe(false);
  });

  test('trust from a kept run asks nobody, and takes none that judged no links', () => {
    expect(uccert(['scan', '--quiet'])).toMatchObject({ status: 0, out: '' });
    const scanned = uccert(['list', 'runs']).out.trim().split(/\s/).at(-1) ?? '';
    const ofScan = uccert(['trust', '--from', scanned]);
    expect(ofScan).toMatchObject({ status: 3, out: '' });
    expect(ofScan.err).toMatch(/judged no links: it was made by uccert scan[\s\S]*uccert trust/);

    expect(uccert(['trust', '--quiet'])).toMatchObject({ status: 0, out: '' });
    const kept = uccert(['list', 'runs']).out;
    const shown = uccert(['trust', '--from', 'last', '--out', 'kept']);
    expect(shown.status).toBe(0);
    expect(shown.out).toMatch(/rows rely on columns/);
    expect(shown.err).toMatch(/^The last run: \S+, of .*uccert\.yaml, by uccert trust at /);
    const written = ['junit.xml', 'report.html', 'report.txt', 'run.json', 'uccert.prom'];
    expect(readdirSync(join(folder, 'kept')).sort()).toEqual(written);

    const quiet = uccert(['trust', '--from', 'last', '--out', 'quiet', '--quiet']);
    expect(quiet).toMatchObject({ status: 0, out: '', err: '' });
    expect(readdirSync(join(folder, 'quiet')).sort()).toEqual(written);
    expect(uccert(['trust', '--from', 'last', '--quiet', '--json']).out).toMatch(/^\{/);
    expect(uccert(['trust', 'other.yaml', '--from', 'last'])).toMatchObject({ status: 3, out: '' });
    expect(uccert(['trust', '--from', 'last', '--deep'])).toMatchObject({ status: 3, out: '' });
    // What was only shown again, or supposed, is no run of its own.
    expect(uccert(['list', 'runs']).out).toBe(kept);
  }, 120_000);

  test('two nights on an unchanged lab differ in nothing; a third says what is new', () => {
    const inventory = join(folder, 'state', 'lab', 'uccert.yaml');
    expect(uccert(['nightly', inventory, '--out', 'nights']).out).toMatch(/first night/);
    expect(uccert(['nightly', inventory, '--out', 'nights']).out).toMatch(/^Well: .*\nNothing differs/);
    uccert(['lab', 'break', 'reporting-down']);
    const third = uccert(['nightly', inventory, '--out', 'nights']);
    expect(third.status).toBe(1);
    expect(third.out).toMatch(/New \(2\)\n.*Nothing listens on the port: uccx1 8444 8447/);
    uccert(['lab', 'heal']);
    expect(readdirSync(join(folder, 'nights', 'runs'))).toHaveLength(3);
    expect(existsSync(join(folder, 'nights', 'report.html'))).toBe(true);
  });

  test('targets come from arguments, files and standard input, one line of JSON each', () => {
    const at = (id: number, port: number): string => `127.84.0.${String(id)}:${String(port)}`;
    const named = uccert(['scan', '--target', `${at(11, 8445)}#uccx1.lab.example`, '--json']);
    expect(named.status).toBe(0);
    const run = Run.parse(JSON.parse(named.out));
    expect(run.asked.notAsked.join()).toMatch(/no client profile or anchors/);
    expect(run.inventory.machines.map(({ type }) => type)).toEqual(['TLS_SERVER']);
    const listed = uccert(
      ['scan', '--targets', '-', '--jsonl'],
      `# lab\n${at(11, 8445)} uccx1.lab.example\n\n${at(12, 443)} uccx2.lab.example\n`,
    );
    expect(
      listed.out
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { place: { port: number } }).place.port)
        .sort(),
    ).toEqual([443, 8445]);
  });

  test('no secret stands in anything that was written or printed', () => {
    const password = readFileSync(join(folder, 'state', 'lab', 'os-password'), 'utf8').trim();
    expect(password.length).toBeGreaterThan(7);
    expect(statSync(join(folder, 'state', 'lab', 'os-password')).mode & 0o077).toBe(0);
    const texts = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes(join('state', 'lab')))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter((text) => text.includes(password))).toEqual([]);
    expect(uccert(['trust', '--json']).out).not.toContain(password);
  });

  test('down frees everything', () => {
    expect(uccert(['lab', 'down']).status).toBe(0);
    expect(uccert(['lab', 'status']).status).toBe(3);
    expect(uccert(['scan']).status).toBe(3);
  });
});
