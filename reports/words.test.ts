import { describe, expect, it } from 'vitest';
import type { Sha256 } from '#model/names.ts';
import { ProbeFailure } from '#model/observation.ts';
import { sampleCertificates } from '#tests/support/sample-certificates.ts';
import { certificateFacts } from './certificates.ts';
import { certificateLine, certificateName, count, expiryWords, failureWords, list, spanWords } from './words.ts';

const at = new Date('2026-11-22T03:15:00Z');
const sha256 = 'a'.repeat(64) as Sha256;

describe('time in words', () => {
  it.each([
    ['2026-11-10T03:15:00Z', 'expired 12 days ago'],
    ['2026-11-22T03:14:00Z', 'expired 1 minute ago'],
    ['2026-11-22T03:15:00Z', 'expires in 0 seconds'],
    ['2026-11-23T03:15:00Z', 'expires in 24 hours'],
    ['2026-12-09T03:15:00Z', 'expires in 17 days'],
    ['9999-12-31T23:59:59Z', 'expires in 7973 years'],
  ])('%s', (notAfter, words) => {
    expect(expiryWords(new Date(notAfter), at).replace(',', '')).toBe(words);
  });
  it('counts', () => {
    expect([count(1, 'port'), count(2, 'port'), count(1200, 'box', 'boxes')]).toEqual([
      '1 port',
      '2 ports',
      '1,200 boxes',
    ]);
    expect([list([]), list(['a']), list(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
    expect(spanWords(-3 * 60 * 60 * 1000)).toBe('3 hours');
  });
});

describe('certificates', () => {
  it('are told in one line', () => {
    expect(certificateLine(certificateFacts(sha256, sampleCertificates.uccx1), at)).toBe(
      'uccx1.example, issued by Example Bank Issuing CA 2, notAfter 2026-11-10, expired 12 days ago',
    );
  });
  it('that cannot be read are said to be so', () => {
    const facts = certificateFacts(sha256, 'AAAA');
    expect(facts.isReadable).toBe(false);
    expect(certificateLine(facts, at)).toBe(`SHA-256 ${sha256}: cannot be read as a certificate`);
  });
  it('keep hostile names harmless', () => {
    const name = certificateName(certificateFacts(sha256, sampleCertificates.hostile));
    expect(name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(name).toContain('<script>');
  });
  it('name their key and subjectAltName', () => {
    const facts = certificateFacts(sha256, sampleCertificates.wildcard);
    expect(facts).toMatchObject({ key: 'EC P-256', alternativeNames: ['DNS:*.example', 'DNS:crm.example'] });
  });
});

const values: Readonly<Record<string, unknown>> = {
  name: 'ccp.example',
  code: 'EHOSTUNREACH',
  stage: 'handshake',
  afterMs: 3000,
  speech: 'http',
  alert: 'unrecognized_name',
  limit: '65536 bytes',
  machine: 'ccp',
  as: 'reader',
  role: 'agent',
  state: 'READY',
  expected: 'SHA256:one',
  seen: 'SHA256:other',
  to: 'show cert list own',
  answer: 'Executed command unsuccessfully',
  message: 'no such file',
  todo: 'Check the path, and that you may read it.',
  issuer: 'CN=Issuing CA',
};

describe('every failure', () => {
  const failures = ProbeFailure.options.map((option) =>
    ProbeFailure.parse(
      Object.fromEntries(
        Object.entries(option.shape).map(([field, schema]) => [
          field,
          field === 'reason' ? [...(schema as { values: Set<unknown> }).values][0] : values[field],
        ]),
      ),
    ),
  );
  it.each(failures.map((failure) => [failure.reason, failure] as const))('%s has words', (_, failure) => {
    const { seen, advice } = failureWords(failure);
    expect(seen).toMatch(/^[a-zS].*[^.]$/);
    expect(advice).toMatch(/^[A-Z].*\.$/);
  });
  it('has its own words', () => {
    const words = [...failures.map((failure) => failureWords(failure).seen), failureWords('not-probed').seen];
    expect(new Set(words).size).toBe(words.length);
  });
});
