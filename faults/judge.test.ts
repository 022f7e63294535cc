import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '#model/finding.ts';
import { isPresent } from '#model/verdict.ts';
import { certificate, authority, ecKey, inDays, rsaKey, type Sent } from '#tests/support/certificates.ts';
import { caseOf } from '#tests/support/case-of.ts';
import type { Seen } from '#tests/support/seen.ts';
import type { Fault } from './define-fault.ts';
import { portsPresentDifferentCertificates } from './consistency/ports-present-different-certificates.ts';
import { faults } from './index.ts';
import { browserViews } from './browser-views.ts';
import { judge } from './judge.ts';
import { Scene } from './scene.ts';
import { serviceNotListening } from './protocol/service-not-listening.ts';
import { certificateExpired } from './validity/certificate-expired.ts';
import { untrustedIssuer } from './path/untrusted-issuer.ts';

const root = authority('Root CA');
const intermediate = authority('Issuing CA', { issuer: root });
const endEntity = certificate({ issuer: intermediate, notAfter: inDays(10) });
const peerCertificate = certificate({ commonName: 'peer.example.com', notAfter: inDays(-1) });
const garbage = { der: Buffer.from('no certificate') };

/** A little of everything. */
const busy = {
  ports: {
    443: [endEntity, intermediate],
    8443: [endEntity],
    8445: [certificate({ key: ecKey('other') })],
    7443: 'refused',
    9443: { speech: 'http', firstBytes: 'HTTP/1.1' },
  },
  peer: { type: 'CM_PUBLISHER', answers: { 8443: [peerCertificate] } },
  variants: { TLSv1: { alert: 'protocol_version' } },
  clientCertificate: { request: 'none' },
  resolution: { addresses: ['192.0.2.11'], reverse: [{ address: '192.0.2.11', names: [] }] },
  revocation: [{ status: 'good', until: null }],
  clock: { aheadSeconds: 3600, uncertaintySeconds: 1 },
  holds: [root, peerCertificate],
  identities: { tomcat: endEntity },
  waiting: { tomcat: null },
  page: {
    outcome: 'refused',
    url: 'https://uccx1.example.com/',
    error: 'net::ERR_CERT_DATE_INVALID',
    screenshot: null,
    certificate: null,
  },
  clients: [{ anchors: [root] }, { accepted: [endEntity] }],
  files: [{ content: endEntity.der }],
} as const satisfies Seen;

const reasonsOf = ({ verdict }: Finding): string[] =>
  verdict.status === 'inconclusive'
    ? verdict.missing.map(({ failure }) => (failure === 'not-probed' ? failure : failure.reason))
    : [];

/** What only a machine of Windows has. */
const onWindows = {
  ...busy,
  machine: { type: 'ECE' },
  bindings: { IIS: { port: 443, bound: endEntity } },
} as const satisfies Seen;

/** One fault of each sort of detector. */
const oneOfEach = [...Map.groupBy(faults, ({ judges }) => judges).values()].flatMap(([first]) => first ?? []);

describe('a detector that throws', () => {
  const broken = oneOfEach.map((fault): Fault => ({
    ...fault,
    detect: () => {
      throw new TypeError('undefined is no function');
    },
  }));

  test.each(broken)('is a defect of uccert, and says so: $judges', (fault) => {
    const seen = fault.judges === 'binding' ? onWindows : busy;
    const conclusive = judge(caseOf([fault], { ...seen, ports: { 443: [endEntity], 8443: [endEntity] } }));
    expect(conclusive).not.toEqual([]);
    expect(new Set(conclusive.flatMap(reasonsOf))).toContain('defect-in-uccert');
    expect(conclusive.map(({ verdict }) => verdict.status)).not.toContain('absent');
    expect(JSON.stringify(conclusive)).toContain(`${fault.id}: undefined is no function`);
  });

  test('spoils no other finding', () => {
    const others = judge(caseOf(faults, busy));
    expect(judge(caseOf([...broken, ...faults], busy)).slice(-others.length)).toEqual(others);
  });

  test('a run that lacks a certificate it names is no reason to stop', () => {
    const whole = caseOf([certificateExpired], { presents: [endEntity] });
    expect(judge({ ...whole, certificates: {} }).flatMap(reasonsOf)).toEqual(['defect-in-uccert']);
  });
});

describe('ports that present the same', () => {
  const list = [endEntity, intermediate];
  const clients = [{ anchors: [root] }, { accepted: [endEntity] }, { anchors: [] }];
  const ofList = faults.filter(({ judges }) => ['certificate-list', 'presented', 'client'].includes(judges));
  const at = (...ports: readonly number[]): Finding[] =>
    judge(caseOf(ofList, { ports: Object.fromEntries(ports.map((port) => [port, list])), clients }));
  const ports = [443, 8443, 8445, 7443];

  test('are judged together as each of them alone', () => {
    const together = at(...ports);
    for (const own of ports) {
      const ofPort = together.filter(({ subject }) => subject.scope === 'endpoint' && subject.port === own);
      expect(ofPort).toEqual(at(own));
    }
  });

  test('are judged once where the verdict does not need the port', () => {
    const judged = new Map<string, number>();
    const counted = ofList.map(
      (fault) =>
        ({
          ...fault,
          detect: (evidence: never, context: never) => {
            judged.set(fault.id, (judged.get(fault.id) ?? 0) + 1);
            return fault.detect(evidence, context);
          },
        }) as Fault,
    );
    judge(
      caseOf(counted, { ports: Object.fromEntries(ports.map((port) => [port, list])), clients: [{ anchors: [root] }] }),
    );
    const forEach = [...judged].flatMap(([id, times]) => (times > 1 ? [id] : []));
    expect(forEach.sort()).toEqual([
      'client-authentication-missing',
      'client-authentication-sunset',
      'key-length-unsupported',
      'name-mismatch',
      'public-issuer-required',
      'stale-domain',
    ]);
  });
});

describe('evidence that is not there', () => {
  test.each([
    ['refused', { 443: 'refused' }, 'connection-refused'],
    ['timed out', { 443: { reason: 'timed-out', stage: 'connect', afterMs: 3000 } }, 'timed-out'],
    ['an empty list', { 443: [] }, 'certificate-unreadable'],
  ] as const)('makes the finding inconclusive with its reason: %s', (_, ports, reason) => {
    expect(judge(caseOf([certificateExpired], { ports })).flatMap(reasonsOf)).toEqual([reason]);
  });

  test('was not looked for', () => {
    const input = caseOf([certificateExpired, serviceNotListening], { presents: [endEntity] });
    const [connection, list] = input.observations;
    expect(judge({ ...input, observations: [connection!] }).flatMap(reasonsOf)).toEqual(['not-probed']);
    expect(judge({ ...input, observations: [list!] }).flatMap(reasonsOf)).toEqual(['not-probed']);
  });

  test('no verdict is absent where nothing was seen', () => {
    const ports = { 443: { reason: 'host-unreachable', code: 'EHOSTUNREACH' }, 8443: 'refused' } as const;
    const findings = judge(caseOf(faults, { ports, peer: { type: 'CCP' } }));
    const blind = findings.filter(
      ({ fault, verdict }) => verdict.status === 'absent' && fault !== 'service-not-listening',
    );
    expect(blind).toEqual([]);
  });

  test('a closed port documented as optional is not applicable to any fault', () => {
    const findings = judge(caseOf(faults, { ports: { 7443: 'refused' } })).filter(
      ({ subject }) => subject.scope === 'endpoint',
    );
    expect(new Set(findings.map(({ verdict }) => verdict.status))).toEqual(new Set(['not-applicable']));
  });
});

describe('a port with two certificates', () => {
  const ecdsa = endEntity;
  const rsa = certificate({ key: rsaKey(), issuer: intermediate, notAfter: inDays(10) });
  const expired = certificate({ key: rsaKey(), issuer: intermediate, notAfter: inDays(-1) });
  const verdictOf = (variants: NonNullable<Seen['variants']>, presents: readonly Sent[] = [ecdsa, intermediate]) =>
    judge(caseOf([certificateExpired], { presents, variants }))[0]?.verdict;

  test.each([
    ['is at fault for the second one', { rsa: [expired] }, { status: 'present', certificate: expired.sha256 }],
    ['is well where both are', { rsa: [rsa, intermediate] }, { status: 'absent' }],
    ['is not judged where the second cannot be read', { rsa: [garbage] }, { status: 'inconclusive' }],
    ['has one where the second is the first', { rsa: [ecdsa], ecdsa: [ecdsa] }, { status: 'absent' }],
    ['has one where the other kind is refused', { rsa: 'closed' }, { status: 'absent' }],
    ['is asked by clients that send its name', { 'no-server-name': [expired] }, { status: 'absent' }],
  ] as const)('%s', (_, variants, expected) => {
    expect(verdictOf(variants)).toMatchObject(expected);
  });

  test('has one finding, which tells of both', () => {
    const both = verdictOf({ rsa: [expired] }, [certificate({ notAfter: inDays(-2) })]);
    expect(both?.status).toBe('present');
    expect(both?.status === 'present' ? both.evidence.map(({ label }) => label) : []).toContain(
      'its other certificate',
    );
  });

  test('is compared with other ports by each of them', () => {
    const ports = { 443: [ecdsa], 8443: [rsa] };
    const verdict = judge(caseOf([portsPresentDifferentCertificates], { ports, variants: { rsa: [expired] } }))[0]
      ?.verdict;
    expect(verdict).toMatchObject({ status: 'present', because: '2 certificates where there should be one' });
  });
});

describe('clients', () => {
  const clients = [{ audiences: ['agents'] }, { audiences: ['administrators'] }, { audiences: ['machines'] }] as const;
  const askedAt = (port: number): (string | undefined)[] =>
    judge(caseOf([untrustedIssuer], { ports: { [port]: [endEntity] }, clients })).map(({ subject }) => subject.client);

  test('what scripts call is opened by no PC', () => {
    const target = { type: 'SCRIPT_TARGET' } as const;
    const found = judge(caseOf([untrustedIssuer], { machine: target, ports: { 443: [endEntity] }, clients }));
    expect(found.map(({ subject }) => subject.client)).toEqual(['pc-3']);
  });

  test.each([
    [443, ['pc-1', 'pc-2']],
    [8443, ['pc-2']],
    [8445, ['pc-1']],
    [9443, ['pc-3']],
    [9999, ['pc-1', 'pc-2', 'pc-3']],
  ])('port %i is judged by the eyes of those who open it: %j', (port, expected) => {
    expect(askedAt(port)).toEqual(expected);
  });
});

describe('the same case', () => {
  test('gives the same bytes twice', () => {
    const bytes = (): string => JSON.stringify(judge(caseOf(faults, busy)));
    expect(bytes()).toBe(bytes());
  });

  test('gives the same findings in whatever order it was looked at', () => {
    const input = caseOf(faults, busy);
    const inOrder = (findings: readonly Finding[]): string[] =>
      findings.map((finding) => JSON.stringify(finding)).sort();
    const expected = inOrder(judge(input));
    const { observations } = input;
    const shuffled = fc.shuffledSubarray([...observations], { minLength: observations.length });
    fc.assert(
      fc.property(shuffled, (inAnotherOrder) => {
        expect(inOrder(judge({ ...input, observations: inAnotherOrder }))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe('malformed certificates', () => {
  const list: readonly Sent[] = [endEntity, intermediate, root];
  const bad = [Buffer.alloc(0), garbage.der, endEntity.der.subarray(0, 100), Buffer.concat([root.der, root.der])];

  test.each(list.map((_, place) => place))('at place %i spoil nothing but what rests on them', (place) => {
    for (const der of bad) {
      const spoiled = list.with(place, { der });
      const findings = judge(
        caseOf(faults, {
          ...busy,
          ports: { ...busy.ports, 443: spoiled },
          peer: { ...busy.peer, answers: { 8443: spoiled } },
          holds: spoiled,
          clients: [{ anchors: spoiled, accepted: spoiled }],
          known: spoiled,
        }),
      );
      expect(findings.flatMap(reasonsOf)).not.toContain('defect-in-uccert');
      const malformed = findings.filter((finding) => finding.fault === 'malformed-certificate' && isPresent(finding));
      expect(malformed).toHaveLength(2);
    }
  });

  test('a hundred certificates of one name cost no time to speak of', () => {
    const namesake = { commonName: 'Namesake CA', keyIdentifiers: false, ca: true };
    const issuer = certificate({ ...namesake, key: ecKey('nobody') });
    const hostile = Array.from({ length: 100 }, (_, place) =>
      certificate({ ...namesake, issuer, key: ecKey(String(place)) }),
    );
    const started = performance.now();
    const findings = judge(
      caseOf(faults, { presents: hostile, clients: [{ anchors: [root] }, {}, {}], now: inDays(9000) }),
    );
    expect(findings.flatMap(reasonsOf)).not.toContain('defect-in-uccert');
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('what Chrome is predicted to show', () => {
  const seenBy = (seen: Seen): string[] =>
    browserViews(new Scene(caseOf([], seen))).map(({ port, client, chrome }) => `${port} ${client} ${String(chrome)}`);

  test('is said for every client of every port that people open', () => {
    const ports = { 443: [endEntity, intermediate], 5223: [endEntity], 8444: 'refused' } as const;
    expect(seenBy({ ports, clients: [{ anchors: [root] }, {}, { accepted: [endEntity] }] })).toEqual([
      '443 pc-1 null',
      '443 pc-2 net::ERR_CERT_AUTHORITY_INVALID',
      '443 pc-3 null',
    ]);
  });

  test('is not said where nobody opens anything', () => {
    expect(seenBy({ presents: [endEntity], clients: [] })).toEqual([]);
    expect(seenBy({ presents: [endEntity], clients: [{ audiences: ['customers'] }] })).toEqual([]);
    expect(seenBy({ presents: [endEntity], clients: [{ browser: 'firefox' }] })).toEqual([]);
    expect(seenBy({ presents: [endEntity], clients: [{ browser: 'edge' }] })).toHaveLength(1);
  });
});
