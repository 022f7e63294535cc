import type { Finding, Severity } from '#model/finding.ts';
import { isPresent } from '#model/verdict.ts';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#model/digest.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import type { ProbeFailure } from '#model/observation.ts';
import { Run } from '#model/run.ts';
import { uccx2 } from '#tests/support/sample-places.ts';
import { healthyRun, plantedRun, previousRun, sampleRun } from '#tests/support/sample-run.ts';
import { summarise } from './summary.ts';
import { renderTerminal } from './terminal.ts';
import { unjudgedWords } from './unjudged.ts';
import { portsWords, whereWords } from './where.ts';

it('is made from runs as the schema says', () => {
  for (const run of [sampleRun, previousRun, healthyRun]) expect(Run.parse(run)).toEqual(run);
  expect(Run.safeParse(plantedRun('x')).success).toBe(true);
});

describe('health', () => {
  it('is not well with a fault of major or worse', () => {
    expect(summarise(sampleRun)).toMatchObject({
      health: 'not-well',
      headline: '6 problems (3 critical, 1 major, 1 minor, 1 notice); 13 of 48 checks could not be judged.',
    });
  });
  it('is well when all was judged', () => {
    expect(summarise(healthyRun)).toMatchObject({
      health: 'well',
      headline: 'No fault was found; all 5 checks were judged.',
    });
  });
  it('is well with a notice, and says so', () => {
    const notice = sampleRun.findings.filter(
      ({ fault, verdict }) => fault === 'wildcard-name' && verdict.status === 'present',
    );
    const summary = summarise({ ...healthyRun, findings: [...healthyRun.findings, ...notice] });
    expect(summary.health).toBe('well');
    expect(summary.headline).toBe('1 problem (1 notice), none of which stops a function; all 6 checks were judged.');
  });
  it('is unknown when something was not judged', () => {
    const unknown = sampleRun.findings.filter(({ verdict }) => verdict.status === 'inconclusive');
    expect(summarise({ ...healthyRun, findings: [...healthyRun.findings, ...unknown] }).health).toBe(
      'could-not-judge-all',
    );
  });
  it('is unknown when nothing was judged at all', () => {
    expect(summarise({ ...healthyRun, findings: [] })).toMatchObject({
      health: 'could-not-judge-all',
      headline: 'Nothing was judged.',
    });
  });
});

it('puts one cause into one problem, the worst and broadest first', () => {
  const { problems } = summarise(sampleRun);
  expect(problems.map(({ fault, severity, where }) => [severity, fault, where.map(whereWords)])).toEqual([
    ['critical', 'certificate-expired', ['uccx1 443 5223 7443 8443-8445 8447 12015']],
    ['critical', 'name-mismatch', ['uccx2 8443 8445  as seen by pc-branch and pc-managed']],
    ['critical', 'peer-not-trusted', ['uccx1 tomcat-trust, relying on cucm1:8443']],
    ['major', 'certificate-expiring', ['cucm1 8443']],
    ['minor', 'legacy-protocol-accepted', ['uccx2 8443 8445']],
    ['notice', 'wildcard-name', ['crm 443']],
  ]);
});

it('says once why something could not be judged', () => {
  expect(summarise(sampleRun).unjudged.map(unjudgedWords)).toEqual([
    'uccx2 8444 8447 could not be looked at: connection refused (8 checks not judged)',
    'uccx2:12015 could not be looked at: no answer within 3 s while connecting (4 checks not judged)',
    'tomcat-trust of uccx2 could not be looked at: the inventory gives no credentials (1 check not judged)',
  ]);
});

it('says one refused password once, however many stores it closes', () => {
  const closed = sampleRun.findings.find(
    ({ verdict }) => verdict.status === 'inconclusive' && verdict.missing[0]?.kind === 'trust-store',
  )!;
  const failure = { reason: 'not-authorised', as: 'administrator' } as const;
  const lacking = (of: string): Finding => ({
    ...closed,
    verdict: { status: 'inconclusive', missing: [{ kind: 'trust-store', of, failure }] },
  });
  const stores = ['tomcat of uccx2', 'tomcat-trust of uccx2', 'tomcat-trust of uccx1'];
  const { unjudged } = summarise({ ...sampleRun, findings: [...stores, 'tomcat of uccx2'].map(lacking) });
  expect(unjudged.map(unjudgedWords)).toEqual([
    '3 stores of uccx1, uccx2 could not be looked at: signing in as administrator was refused (4 checks not judged)',
  ]);
});

describe('pages that could not be looked at', () => {
  const page = (at: string, name: string, failure: ProbeFailure): Finding => {
    const [machine = '', port] = at.split(':');
    const subject = { scope: 'endpoint', port: Number(port), address: null, serverName: null, page: name } as const;
    const of = `${name} at ${at} as pc-managed`;
    return {
      fault: 'browser-refuses',
      subject: { ...subject, machine: machine as MachineId },
      verdict: { status: 'inconclusive', missing: [{ kind: 'browser-page', of, failure }] },
    };
  };
  const lines = (...findings: Finding[]): string[] => summarise({ ...sampleRun, findings }).unjudged.map(unjudgedWords);
  const nobody = (role: string): ProbeFailure => ({ reason: 'no-account', role });
  const notAuthorised = (as: string): ProbeFailure => ({ reason: 'not-authorised', as });
  const refused: ProbeFailure = { reason: 'connection-refused' };

  it('are said with their port, where it answers nobody', () => {
    const port = sampleRun.findings.find(
      ({ verdict }) => verdict.status === 'inconclusive' && verdict.missing[0]?.of === 'uccx2:8444',
    );
    if (port === undefined) throw new TypeError('no such finding');
    const pages = [page('uccx2:8444', 'Live Data permalink', refused), page('uccx2:8447', 'Chat', refused)];
    expect(lines(port, ...pages)).toEqual([
      'uccx2 8444 8447 could not be looked at: connection refused (3 checks not judged)',
    ]);
    const defect = { reason: 'defect-in-uccert', message: 'it ended' } as const;
    expect(lines(port, page('uccx2:8444', 'Chat', defect))).toHaveLength(2);
  });
  it('are one reason where accounts are wanted, with all of them', () => {
    const wanted = ['an agent', 'another agent or supervisor, who calls', 'an agent, whose state the report shows'];
    expect(lines(...wanted.map((role) => page('uccx1:8445', `Chat, ${role}`, nobody(role))))).toEqual([
      'Chat (an agent, another agent or supervisor, who calls, an agent, whose state the report shows) of uccx1 could not be looked at: the inventory has no test account that is an agent; nor another agent or supervisor, who calls (3 checks not judged)',
    ]);
    expect(lines(page('uccx1:443', 'Chat', notAuthorised('b')), page('uccx2:443', 'Chat', notAuthorised('a')))).toEqual(
      ['Chat of uccx1, uccx2 could not be looked at: signing in as a, b was refused (2 checks not judged)'],
    );
  });
  it('are named, and counted beyond the first', () => {
    const names = ['Finesse sign-in', 'Chat, agent', 'Finesse desktop, agent', 'Finesse desktop, supervisor'];
    const all = [...names, 'Finesse call, agent', 'Operations Administration', 'Platform administration', 'CUIC'];
    const failed = (pages: readonly string[]): string[] =>
      lines(...pages.map((each) => page('uccx1:8445', each, { reason: 'stopped' })));
    expect(failed(names).join()).toMatch(
      /^Finesse sign-in, Chat \(agent\), Finesse desktop \(agent, supervisor\) of uccx1 could not/,
    );
    expect(failed(all).join()).toMatch(/ Operations Administration and 2 other pages of uccx1 could not/);
  });
});

it('says in text once what could not be judged, as the first thing where nothing is graver', () => {
  const [first, ...others] = sampleRun.findings.filter(({ verdict }) => verdict.status === 'inconclusive');
  if (first === undefined) throw new TypeError('no such finding');
  const text = (findings: readonly Finding[]): string =>
    renderTerminal({ ...healthyRun, findings: [...findings] }, null, { colour: false, width: 200, isVerbose: false });
  expect(text([first])).toMatch(/First .* could not be looked at/);
  expect(text([first])).not.toContain('could not be judged ──');
  expect(text([first]).split('could not be looked at')).toHaveLength(2);
  expect(text([first, ...others])).toContain('── could not be judged either ──');
  expect(text(sampleRun.findings)).toContain('── could not be judged ──');
});

it('folds neighbouring ports', () => {
  expect(portsWords([443, 5223, 7443, 8443, 8444, 8445, 8447, 8448])).toBe('443 5223 7443 8443-8445 8447 8448');
  expect(portsWords([])).toBe('');
});

it('makes one problem of all that is not trusted for want of one authority', () => {
  const notTrusted = (certificate: string, cause?: string): Finding => ({
    fault: 'peer-not-trusted',
    subject: {
      scope: 'trust-relation',
      relyingParty: 'uccx1' as MachineId,
      store: 'tomcat-trust',
      presenter: `${certificate}1` as MachineId,
      port: 8445,
    },
    verdict: {
      status: 'present',
      severity: 'critical',
      because: 'it is not trusted',
      evidence: [],
      certificate: sha256(certificate),
      ...(cause === undefined ? {} : { cause, symptom: 'Windows says so' }),
    },
  });
  const problemsOf = (...findings: Finding[]): (readonly [number, string | null])[] =>
    summarise({ ...healthyRun, findings }).problems.map(({ findings, symptom }) => [findings.length, symptom]);
  expect(problemsOf(notTrusted('a', 'CN=Root CA'), notTrusted('b', 'CN=Root CA'))).toEqual([[2, 'Windows says so']]);
  expect(problemsOf(notTrusted('a', 'CN=Root CA'), notTrusted('b', 'CN=Other CA'))).toHaveLength(2);
  expect(problemsOf(notTrusted('a'), notTrusted('b'))).toHaveLength(2);
});

it('names the cause before what people see of it', () => {
  const expired = sampleRun.findings.find(
    ({ fault, verdict }) => fault === 'certificate-expired' && verdict.status === 'present',
  );
  if (expired?.verdict.status !== 'present' || expired.subject.scope !== 'endpoint')
    throw new TypeError('no such finding');
  const { subject, verdict } = expired;
  const refused = ['Chat, agent', 'Finesse desktop, agent', 'Finesse sign-in'].map((page) => ({
    fault: 'browser-refuses',
    subject: { ...subject, page },
    verdict,
  }));
  const order = (others: typeof refused): string[] =>
    summarise({ ...healthyRun, findings: [...others, expired] }).problems.map(({ fault }) => fault);
  expect(order(refused)).toEqual(['certificate-expired', 'browser-refuses']);
  const withCertificate = (certificate: Sha256 | undefined): typeof refused =>
    refused.map((finding) => ({ ...finding, verdict: { ...verdict, certificate } }));
  expect(order(withCertificate(undefined))).toEqual(['certificate-expired', 'browser-refuses']);
  expect(order(withCertificate(sha256('another')))).toEqual(['browser-refuses', 'certificate-expired']);
});

describe('a problem of links', () => {
  const link = sampleRun.links?.find(
    ({ relyingParty, presenter }) => relyingParty === 'uccx1' && presenter === 'cucm1',
  );
  const untrusted = sampleRun.findings.find(
    ({ fault, verdict }) => fault === 'peer-not-trusted' && verdict.status === 'present',
  );
  if (link === undefined || untrusted?.subject.scope !== 'trust-relation')
    throw new Error('the sample has no such link');
  const source = {
    document: 'Of the link',
    section: '1',
    url: 'https://example.com/',
    confidence: 'documented',
    read: '2026-11-22',
  } as const;
  const other = { ...untrusted, subject: { ...untrusted.subject, relyingParty: uccx2 } };
  const run = {
    ...healthyRun,
    catalogue: sampleRun.catalogue,
    links: [
      { ...link, restarts: ['Cisco Tomcat', 'Cisco Unified CCX Engine'], sources: [source] },
      { ...link, relyingParty: uccx2, restarts: ['Cisco Tomcat', 'Cisco Unified CCX Engine'], sources: [source] },
    ],
    findings: [untrusted, other],
  };
  it('names what to restart, machines with the same services together', () => {
    expect(summarise(run).problems.map(({ restarts }) => restarts)).toEqual([
      [{ machines: ['uccx1', 'uccx2'], services: ['Cisco Tomcat', 'Cisco Unified CCX Engine'] }],
    ]);
  });
  it('cites what documents the link before what documents the fault, each once', () => {
    const entry = sampleRun.catalogue.find(({ id }) => id === 'peer-not-trusted');
    expect(summarise(run).problems[0]?.sources).toEqual([source, ...(entry?.sources ?? [])]);
  });
  it('of a run that kept neither names nothing', () => {
    const [problem] = summarise({ ...run, links: [] }).problems;
    expect(problem).toMatchObject({
      restarts: [],
      sources: sampleRun.catalogue.find(({ id }) => id === 'peer-not-trusted')?.sources,
    });
  });
});

it('of a file that is the wrong one says that first', () => {
  const [critical] = sampleRun.findings.filter(isPresent);
  if (critical === undefined) throw new Error('the sample has no finding');
  const finding = (fault: string, severity: Severity): Finding => ({
    fault,
    subject: { scope: 'file', path: 'reply.pem' },
    verdict: { ...critical.verdict, severity },
  });
  const findings = [
    finding('intermediate-missing', 'critical'),
    finding('name-mismatch', 'critical'),
    finding('request-key-differs', 'major'),
  ];
  const order = (run: Run): string[] => summarise(run).problems.map(({ fault }) => fault);
  expect(order({ ...healthyRun, findings })).toEqual(['request-key-differs', 'name-mismatch', 'intermediate-missing']);
  const onWire = findings.map((each) => ({ ...each, subject: critical.subject }));
  expect(order({ ...healthyRun, findings: onWire }).at(-1)).toBe('request-key-differs');
});

it('calls a problem what it is in its very case, where all of it is called so', () => {
  const [finding] = sampleRun.findings.filter(isPresent);
  if (finding === undefined) throw new TypeError('no such finding');
  const title = 'The page does not work in the browser';
  const other = { ...finding, verdict: { ...finding.verdict, title } };
  const titles = (...findings: (typeof finding)[]): string[] =>
    summarise({ ...healthyRun, findings }).problems.map((problem) => problem.title);
  expect(titles(other)).toEqual([title]);
  expect(titles(finding)).not.toContain(title);
  expect(titles(finding, other)).not.toContain(title);
});
