import { describe, expect, test } from 'vitest';
import { failureWords } from './failure-words.ts';
import { Finding, type Present, type Subject } from './finding.ts';
import { findingKey, isAtLeast } from './verdict.ts';
import { severities } from './vocabulary.ts';
import { subjectKey, subjectMachine, subjectTitle } from './subject.ts';
import type { ClientId, MachineId, Sha256 } from './names.ts';
import { Observation, ProbeFailure } from './observation.ts';

const machine = 'uccx1' as MachineId;
const client = 'pc-managed' as ClientId;
const sha = 'a'.repeat(64) as Sha256;
const endpoint = {
  scope: 'endpoint',
  machine,
  port: 8445,
  address: '192.0.2.11',
  serverName: 'uccx1.example.com',
} as const;

describe('a subject', () => {
  test.each<[Subject, string, string, string | null]>([
    [endpoint, 'endpoint uccx1:8445 (192.0.2.11 uccx1.example.com)', 'uccx1:8445', machine],
    [
      { ...endpoint, address: null, serverName: null, client },
      'endpoint uccx1:8445 seen by pc-managed',
      'uccx1:8445 as seen by pc-managed',
      machine,
    ],
    [{ scope: 'machine', machine }, 'machine uccx1', 'uccx1', machine],
    [
      { scope: 'name', machine, name: 'a.example.com' },
      'name a.example.com of uccx1',
      'a.example.com (uccx1)',
      machine,
    ],
    [
      { scope: 'store', machine, store: 'tomcat-trust' },
      'store tomcat-trust of uccx1',
      'tomcat-trust of uccx1',
      machine,
    ],
    [
      { scope: 'store', machine, store: 'tomcat-trust', alias: 'x' },
      'store tomcat-trust/x of uccx1',
      'tomcat-trust, x of uccx1',
      machine,
    ],
    [{ scope: 'file', path: 'pc/accepted.pem' }, 'file pc/accepted.pem', 'pc/accepted.pem', null],
    [
      {
        scope: 'trust-relation',
        relyingParty: machine,
        store: 'tomcat-trust',
        presenter: 'ccp' as MachineId,
        port: 443,
      },
      'trust of uccx1 tomcat-trust in ccp:443',
      'uccx1 (tomcat-trust) relying on ccp:443',
      machine,
    ],
    [
      {
        scope: 'trust-relation',
        relyingParty: machine,
        store: 'tomcat-trust',
        presenter: 'pg1a' as MachineId,
        presents: 'as-client',
        identity: 'host.pem',
      },
      'trust of uccx1 tomcat-trust in host.pem of pg1a as a client',
      'uccx1 (tomcat-trust) relying on host.pem of pg1a as a client',
      machine,
    ],
  ])('%j', (subject, key, title, owner) => {
    expect([subjectKey(subject), subjectTitle(subject), subjectMachine(subject)]).toEqual([key, title, owner]);
  });
});

describe('a finding', () => {
  const present: Present = { status: 'present', severity: 'major', because: 'seen', evidence: [] };
  const keyOf = (verdict: Finding['verdict']): string => findingKey({ fault: 'weak-key', subject: endpoint, verdict });

  test('keeps its identity whatever is said of it, and loses it with the certificate', () => {
    const known = keyOf(present);
    expect(keyOf({ ...present, because: 'seen again', severity: 'minor' })).toBe(known);
    expect(keyOf({ ...present, certificate: sha })).toBe(`${known} | ${sha}`);
    expect(keyOf({ status: 'absent' })).toBe(known);
  });

  test('names at least one missing piece where it is inconclusive', () => {
    const finding = { fault: 'weak-key', subject: endpoint, verdict: { status: 'inconclusive', missing: [] } };
    expect(Finding.safeParse(finding).success).toBe(false);
  });
});

test('severities go from the worst down', () => {
  const rows = severities.map((severity) => severities.map((limit) => isAtLeast(severity, limit)));
  expect(rows.map((row) => row.filter(Boolean).length)).toEqual([4, 3, 2, 1]);
  expect([isAtLeast('critical', 'minor'), isAtLeast('notice', 'minor')]).toEqual([true, false]);
});

test('every reason of a failure has words of its own', () => {
  const samples: Readonly<Record<string, unknown>> = {
    name: 'n',
    code: 'c',
    stage: 'connect',
    afterMs: 1500,
    speech: 'http',
    alert: 'unknown_ca',
    limit: 'l',
    message: 'm',
    todo: 'do.',
    issuer: 'i',
    machine,
    as: 'a',
    role: 'agent',
    state: 'READY',
    expected: 'e',
    seen: 's',
    to: 't',
    answer: 'a',
  };
  const failures = ProbeFailure.options.map((option) =>
    ProbeFailure.parse(
      Object.fromEntries(
        Object.keys(option.shape).map((key) => [key, key === 'reason' ? option.shape.reason.value : samples[key]]),
      ),
    ),
  );
  const titles = failures.map((failure) => failureWords(failure).seen);
  expect(new Set(titles).size).toBe(ProbeFailure.options.length);
  expect(titles.filter((title) => /undefined|!|\n/.test(title))).toEqual([]);
  expect(titles).toContain('no answer within 1.5 s while connecting');
});

test('an observation is recorded or failed, at a place of its kind', () => {
  const place = { at: 'endpoint', machine, port: 443, address: null, serverName: null };
  const recorded = {
    kind: 'connection',
    place,
    at: '2026-11-22T03:15:00Z',
    outcome: 'recorded',
    value: { answer: 'tls' },
  };
  const parsed = [
    recorded,
    { ...recorded, outcome: 'failed', failure: { reason: 'connection-refused' }, value: undefined },
    { ...recorded, place: { at: 'store', machine, store: 'tomcat-trust' } },
    { ...recorded, at: 'yesterday' },
  ].map((observation) => Observation.safeParse(JSON.parse(JSON.stringify(observation))).success);
  expect(parsed).toEqual([true, true, false, false]);
});
