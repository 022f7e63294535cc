import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sha256 } from '#model/digest.ts';
import type { Machine } from '#model/inventory.ts';
import { ClientId, MachineId, type Sha256 } from '#model/names.ts';
import type { KeyStorePlace, Step } from '#model/step.ts';
import { keyStoresOf } from '#products/java-key-stores.ts';
import { stepKindsOfPlans } from '#tests/support/step-kinds.ts';
import { clearAway } from './clear-away.ts';
import type { RunbookFacts } from './lines.ts';
import { lintCommand } from './lint.ts';
import { runbookStep } from './step.ts';

const uccx1 = MachineId.parse('uccx1');
const ccp1 = MachineId.parse('ccp1');
const der = Buffer.from('3003020101', 'hex');
const digest = sha256(der);
const other = 'ab'.repeat(32) as Sha256;

const cvp1 = MachineId.parse('cvp1');
const aw1 = MachineId.parse('aw1');
const types: Readonly<Record<string, string>> = { cvp1: 'CVP', aw1: 'CCE_AW', uccx1: 'UCCX_PUBLISHER', ccp1: 'CCP' };

const facts: RunbookFacts = {
  machine: (id) => ({ id, type: types[id], fqdn: `${id}.example.com`, address: null, release: null }) as Machine,
  plan: {
    id: '20261122T031500123Z-9f3a',
    inventory: 'uccert.yaml',
    certificates: { [digest]: der.toString('base64') },
  },
  isNameless: () => false,
  restartsOf: ({ on }) => (on === cvp1 ? ['1.7 (cvp1: restart Cisco CVP VXMLServer)'] : []),
};

const vos = { via: 'vos', on: ccp1 } as const;
const fromPlan = { from: 'plan', sha256: digest } as const;
const fromStore = { from: 'identity-store', machine: uccx1, unit: 'tomcat' } as const;
const outage = 'agents sign in again';

const keyStoreOf = (type: 'CVP' | 'CCE_AW', trust: string): KeyStorePlace => {
  const [place] = keyStoresOf({ type, release: '12.6(2)' } as Machine, trust);
  if (place === undefined) throw new Error(`no ${trust}`);
  return place;
};
const onCvp = { via: 'java', on: cvp1, keyStore: keyStoreOf('CVP', '.keystore') } as const;
const apart = { ...onCvp, keyStore: { ...onCvp.keyStore, apart: true } } as const;
const onAw = { via: 'java', on: aw1, keyStore: keyStoreOf('CCE_AW', 'cacerts') } as const;
const windows = { via: 'windows', on: aw1 } as const;
const ofIis = { from: 'identity-store', machine: aw1, unit: 'IIS' } as const;
const ofVxml = { from: 'identity-store', machine: cvp1, unit: 'vxml_certificate' } as const;

const steps: readonly Step[] = [
  { do: 'regenerate-certificate', ...vos, on: uccx1, unit: 'tomcat', replaces: other },
  { do: 'import-certificate', ...vos, store: 'tomcat-trust', certificate: fromPlan, of: 'uccx1' },
  { do: 'import-certificate', ...vos, store: 'tomcat-trust', certificate: fromStore, of: 'uccx1' },
  { do: 'generate-request', ...vos, unit: 'tomcat', parentDomain: 'as filled in', replaces: null },
  { do: 'generate-request', ...vos, unit: 'tomcat', parentDomain: 'empty', replaces: null },
  { do: 'obtain-reply', via: 'here', for: ccp1, unit: 'tomcat', authority: 'company' },
  { do: 'import-reply', ...vos, unit: 'tomcat', replaces: other },
  { do: 'remove-certificate', ...vos, store: 'tomcat-trust', sha256: other, of: 'uccx1' },
  { do: 'set-option', ...vos, option: 'tls server cert_type', value: 'rsa', outage },
  { do: 'set-option', ...vos, option: 'tls server min-version', value: '1.2' },
  { do: 'set-option', ...vos, option: 'tls min-version', value: '1.2', outage },
  { do: 'restart-service', ...vos, on: uccx1, service: 'Cisco Finesse Tomcat', outage },
  { do: 'restart-machine', ...vos, outage },
  { do: 'wait-for', ...vos, on: uccx1, ports: [8443, 8445], unit: 'tomcat', atMost: 600 },
  { do: 'back-up-store', ...onAw },
  { do: 'import-certificate', ...onAw, alias: 'cvp1_vxml', certificate: ofVxml, of: 'cvp1' },
  {
    do: 'generate-key-pair',
    ...onCvp,
    alias: 'wsm_certificate',
    name: 'cvp1.example.com',
    days: 1095,
    replaces: other,
  },
  { do: 'generate-request', ...onCvp, alias: 'wsm_certificate', name: 'cvp1.example.com' },
  {
    do: 'import-reply',
    ...onCvp,
    alias: 'wsm_certificate',
    certificate: { from: 'reply', machine: cvp1, unit: 'wsm_certificate' },
    chain: [digest],
  },
  {
    do: 'generate-key-pair',
    ...apart,
    alias: 'vxml_certificate',
    name: 'cvp1.example.com',
    days: 1095,
    replaces: null,
  },
  {
    do: 'import-key-pair',
    ...onCvp,
    alias: 'vxml_certificate',
    certificate: { from: 'reply', machine: cvp1, unit: 'vxml_certificate' },
    replaces: other,
  },
  { do: 'rename-alias', ...onCvp, from: 'vxml-certificate', alias: 'vxml_certificate', sha256: other },
  { do: 'remove-certificate', ...onCvp, sha256: other, of: 'aw1' },
  { do: 'remove-certificate', ...onCvp, sha256: other, aliases: ['vxml', 'two words'], of: 'cvp1' },
  { do: 'import-certificate', ...windows, store: 'Root', certificate: ofIis, of: 'aw1' },
  { do: 'import-certificate', ...windows, store: 'Root', certificate: fromPlan, of: 'Company Root CA' },
  { do: 'import-certificate', ...onAw, alias: 'company_root', certificate: fromPlan, of: 'Company Root CA' },
  { do: 'generate-key-pair', ...windows, unit: 'IIS', name: 'aw1.example.com', days: 825 },
  { do: 'generate-request', ...windows, unit: 'IIS', name: 'aw1.example.com' },
  { do: 'import-reply', ...windows, unit: 'IIS' },
  {
    do: 'bind-certificate',
    ...windows,
    by: 'netsh',
    unit: 'IIS',
    port: 443,
    certificate: { from: 'made', machine: aw1, unit: 'IIS' },
  },
  {
    do: 'bind-certificate',
    ...windows,
    by: 'DiagFwCertMgr',
    unit: 'Diagnostic Framework',
    port: 7890,
    certificate: ofIis,
  },
  { do: 'restart-service', ...windows, service: 'Apache Tomcat', graceful: null, outage },
  {
    do: 'restart-service',
    ...windows,
    on: cvp1,
    service: 'Cisco CVP CallServer',
    graceful: { service: 'callserver' },
    outage,
  },
  {
    do: 'restart-service',
    ...windows,
    service: 'Cisco CVP CallServer',
    graceful: { service: 'reportingserver', callServer: cvp1 },
    outage,
  },
  { do: 'restart-service', ...windows, service: 'CTI Server', graceful: null, outage },
  { do: 'wait-for', ...windows, ports: [443], unit: 'IIS', atMost: 600 },
  {
    do: 'write-file',
    via: 'here',
    client: ClientId.parse('pc'),
    path: 'pc.pem',
    certificate: fromPlan,
    replaces: null,
  },
  { do: 'ask-operator', via: 'operator', on: uccx1, asks: { for: 'domain', domain: 'new.example.com' } },
  {
    do: 'ask-operator',
    via: 'operator',
    on: cvp1,
    asks: { for: 'oamp-name', console: 'oamp1.example.com', name: 'cvp1.example.com' },
  },
];

describe('every step', () => {
  test('of the closed list that a plan can hold is here', () => {
    const here = steps.map((step) => `${step.via} ${step.do}`);
    expect([...new Set(here)].sort()).toEqual(stepKindsOfPlans().sort());
  });

  test.each(steps.map((step) => [step.do, step.via, step] as const))(
    '%s on %s has a way, a check and a way back, all to be copied',
    (_do, _via, step) => {
      const { ways, check, back } = runbookStep(step, facts);
      expect([ways.length, check.length, back.length].every((count) => count > 0)).toBe(true);
      const commands = [...ways.flatMap(({ lines }) => lines), ...back].flatMap((line) =>
        line.kind === 'command' ? [line.text] : [],
      );
      expect(commands.map(lintCommand)).toEqual(commands.map(() => []));
      // Only the name of a file that the machine chooses is left to the reader, and what cmd fills in itself.
      expect(
        commands.join('\n').replaceAll(/FILE.pem|%[A-Z_]+%|JCEKS|-(keyalg RSA|sigalg SHA256withRSA)/g, ''),
      ).not.toMatch(/[A-Z]{4,}|undefined/);
    },
  );
});

test('a certificate that is known is pasted whole; one that comes to be is fetched from the store of its machine', () => {
  const lines = (at: number): string[] =>
    runbookStep(steps[at]!, facts).ways[0]!.lines.map((line) => `${line.kind} ${line.text.split('\n')[0] ?? ''}`);
  const kept = [
    'command show cert list trust',
    expect.stringMatching(/^click Where a certificate of/) as string,
    'command show cert trust tomcat-trust/FILE.pem',
    ...['None was', 'The same was', 'Another was'].map((words) => expect.stringMatching(`^tick ${words}`) as string),
  ];
  expect(lines(1)).toEqual([
    ...kept,
    'command set cert import trust tomcat',
    'answer the certificate below',
    'paste -----BEGIN CERTIFICATE-----',
  ]);
  expect(lines(2)).toEqual([
    ...kept,
    'click On uccx1.example.com in its command line, copy from BEGIN CERTIFICATE to END CERTIFICATE:',
    'command show cert own tomcat',
    'command set cert import trust tomcat',
    'answer the certificate shown before',
  ]);
});

test('what an import on a VOS machine takes the place of is kept first, and brought back behind it', () => {
  for (const step of steps.filter(({ via }) => via === 'vos')) {
    const { ways, back } = runbookStep(step, facts);
    const texts = (lines: readonly { readonly text: string }[] = []): string =>
      lines.map(({ text }) => text).join('\n');
    const isOfTrust = step.do === 'import-certificate' || step.do === 'remove-certificate';
    const [way] = ways;
    expect(texts(way?.lines).includes('show cert trust tomcat-trust/FILE.pem')).toBe(isOfTrust);
    expect(/kept[^]*set cert import trust tomcat$/.test(texts(back))).toBe(isOfTrust);
  }
});

test('what a key store was before, and what was exchanged as files, are deleted at the end; nothing else is', () => {
  const deleted = (of: readonly Step[]): string[] =>
    clearAway(of, facts).flatMap(({ kind, text }) => (kind === 'command' ? [text] : []));
  expect(deleted(steps)).toEqual([
    'del "C:\\icm\\ssl\\cacerts.20261122T031500123Z-9f3a"',
    'del "%TEMP%\\cvp1_vxml.cer"',
    'del "%TEMP%\\trusted.cer"',
    'del "%TEMP%\\company_root.cer"',
    'del "%TEMP%\\aw1-IIS.inf"',
    'del "%TEMP%\\aw1-IIS.csr"',
    'del "%TEMP%\\aw1-IIS.pem"',
    'del "%TEMP%\\cvp1-wsm_certificate.csr"',
    'del "%TEMP%\\cvp1-wsm_certificate.pem"',
    'del "%TEMP%\\cvp1-wsm_certificate-chain.pem"',
    'del "%CVP_HOME%\\conf\\security\\.keystore.20261122T031500123Z-9f3a.new"',
  ]);
  expect(deleted(steps).flatMap(lintCommand)).toEqual([]);
  expect(deleted(steps.filter(({ via }) => via === 'vos' || via === 'here'))).toEqual([]);
});

/** SHA-1 of the certificate of the plan, as Windows names it. */
const thumbprint = createHash('sha1').update(der).digest('hex');

test.each<readonly [via: Step['via'], from: 'plan' | 'identity-store', looks: string, changes: string]>([
  ['windows', 'plan', `certutil -store Root ${thumbprint}`, `certutil -delstore Root ${thumbprint}`],
  ['windows', 'identity-store', 'certutil -store Root hash', 'certutil -delstore Root hash'],
  ['vos', 'plan', 'show cert list trust', 'set cert delete tomcat FILE.pem'],
  ['vos', 'identity-store', 'show cert list trust', 'set cert delete tomcat FILE.pem'],
])('on %s what was there before an import from the %s is looked for, and stays', (via, from, looks, changes) => {
  const step = steps.find(
    (each) => each.do === 'import-certificate' && each.via === via && each.certificate.from === from,
  );
  if (step === undefined) throw new Error('no such step');
  const { ways, back } = runbookStep(step, facts);
  const lines = ways[0]?.lines ?? [];
  const at = (text: string): number => lines.findIndex((line) => line.kind === 'command' && line.text === text);
  const imports = lines.findIndex(({ kind, text }) => kind === 'command' && /-addstore|import trust/.test(text));
  const ticks = lines.flatMap(({ kind }, place) => (kind === 'tick' ? [place] : []));
  expect(ticks.length).toBeGreaterThan(1);
  expect(ticks.every((place) => at(looks) >= 0 && at(looks) < place && place < imports)).toBe(true);
  const taken = back.findIndex(({ text }) => text === changes);
  expect(back.slice(0, taken).some(({ text }) => text.startsWith('Only where'))).toBe(true);
});

test('an alias is looked for before an import by keytool; with another certificate it stays', () => {
  const imports = steps.filter((step) => step.via === 'java' && step.do === 'import-certificate');
  for (const step of imports) {
    const lines = runbookStep(step, facts).ways[0]?.lines ?? [];
    const place = (part: string): number => lines.findIndex(({ text }) => text.includes(part));
    expect(place(` -list -v -alias ${step.alias} `)).toBeGreaterThan(0);
    expect(place(' -list ')).toBeLessThan(place(' -importcert '));
    expect(lines.filter(({ kind }) => kind === 'tick').map(({ text }) => text)).toEqual([
      `It was not there before: "Alias <${step.alias}> does not exist" is shown.`,
      expect.stringContaining('never take it back'),
      expect.stringContaining(`in place of ${step.alias}.`),
    ]);
  }
  const known = runbookStep(imports[1]!, facts).ways[0]?.lines.map(({ text }) => text) ?? [];
  expect(known.join('\n')).toContain(`SHA256: ${digest.slice(0, 2).toUpperCase()}:`);
  expect(known.join('\n')).toContain(`company_root_${digest.slice(0, 8)}`);
});

test('a new key in a key store is made once: a second one would make the answer to its request useless', () => {
  for (const step of steps.filter(({ via, do: what }) => via === 'java' && what !== 'back-up-store')) {
    const [first] = runbookStep(step, facts).ways[0]?.lines ?? [];
    expect(first?.text.startsWith('Once only') ?? false).toBe(step.do === 'generate-key-pair');
  }
});

test('the copy of a key store has the name that the tool gives it, is never written over, and is the one put back', () => {
  for (const step of steps.filter(({ do: what }) => what === 'back-up-store')) {
    const { ways, back, check } = runbookStep(step, facts);
    const [first, ...others] = ways
      .flatMap(({ lines }) => lines)
      .flatMap(({ kind, text }) => (kind === 'command' ? [text] : []));
    const copy = '"C:\\icm\\ssl\\cacerts.20261122T031500123Z-9f3a"';
    expect(first).toBe(`if not exist ${copy} copy "C:\\icm\\ssl\\cacerts" ${copy}`);
    expect(others.join()).not.toContain('copy');
    expect(check[0]).toContain('cacerts.20261122T031500123Z-9f3a');
    expect(back).toContainEqual({ kind: 'command', text: `copy /Y ${copy} "C:\\icm\\ssl\\cacerts"` });
  }
});

test.each<readonly [what: string, aliases: string[] | undefined, deleted: readonly string[]]>([
  ['whose alias is known', ['vxml'], ['vxml']],
  ['that lies under two aliases', ['vxml', 'two words'], ['vxml', '"two words"']],
  ['whose alias nobody noted', undefined, ['alias']],
  ['whose alias cmd would change', ['vxml', '%PATH%'], ['alias']],
  ['whose alias has a sign that nobody sees', ['vxml\u200e'], ['alias']],
])('of an entry %s the trusted one is deleted, and never the key', (_what, aliases, deleted) => {
  const step: Step = {
    do: 'remove-certificate',
    ...onCvp,
    sha256: other,
    of: 'cvp1',
    ...(aliases === undefined ? {} : { aliases }),
  };
  const { ways, check } = runbookStep(step, facts);
  const lines = ways.flatMap((way) => way.lines);
  const texts = lines.map(({ text }) => text);
  expect(texts.flatMap((text) => / -delete -alias (".+?"|\S+)/.exec(text)?.[1] ?? [])).toEqual(deleted);
  for (const [at, text] of texts.entries()) {
    if (!text.includes('-delete')) continue;
    expect(texts.slice(0, at).findLast((line) => line.startsWith('Only where'))).toMatch(
      /never delete a PrivateKeyEntry/,
    );
    expect(texts.slice(0, at).some((line) => line.includes(' -list '))).toBe(true);
  }
  expect(check.join()).toContain('still lists every PrivateKeyEntry');
});

test.each([
  ['set cert regen tomcat', []],
  ['keytool \u2013list', ['character U+2013']],
  ['netsh \u200e12ab', ['character U+200E']],
  ['echo "a', ['a quotation mark that is not closed']],
  [' show', ['a blank at the edge']],
])('lint of %j', (command, mistakes) => {
  expect(lintCommand(command)).toEqual(mistakes);
});

test.each([
  [false, /Names may not be added/, /does not match" means that the authority changed the names/],
  [
    true,
    /the authority writes \S+ into subjectAltName; other names may stand beside it/,
    /means that the request had names/,
  ],
])('names of an answer, where the request names nothing: %s', (isNameless, atTheAuthority, afterTheUpload) => {
  const wordsOf = (kind: Step['do']): string => {
    const step = steps.find((each) => each.do === kind && (each.via === 'here' || each.via === 'vos'))!;
    const { ways, check } = runbookStep(step, { ...facts, isNameless: () => isNameless });
    return [...ways.flatMap(({ lines }) => lines.map(({ text }) => text)), ...check].join('\n');
  };
  expect(wordsOf('obtain-reply')).toMatch(atTheAuthority);
  expect(wordsOf('import-reply')).toMatch(afterTheUpload);
});
