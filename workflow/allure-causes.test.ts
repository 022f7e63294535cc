import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { PresentFinding } from '#model/finding.ts';
import { findingKey } from '#model/verdict.ts';
import { ClientId } from '#model/names.ts';
import type { Run } from '#model/run.ts';
import { ccp } from '#tests/support/sample-places.ts';
import { healthyRun } from '#tests/support/sample-run.ts';
import { tellCauses } from './allure-causes.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'uccert-causes-'));
  return () => {
    rmSync(folder, { recursive: true });
  };
});

const place = { machine: ccp, port: 443, client: ClientId.parse('pc'), page: 'Chat, agent' };
const subject = { scope: 'endpoint', address: null, serverName: null, ...place } as const;
const because = '12015 on uccx1 presents CN=uccx1, which expired';
const verdict: PresentFinding['verdict'] = { status: 'present', severity: 'major', because, evidence: [] };
const expired: PresentFinding = { fault: 'certificate-expired', subject: { scope: 'machine', machine: ccp }, verdict };
const supervisor = { ...subject, page: 'Chat, supervisor' };
const putDown = { ...verdict, symptomOf: findingKey(expired) };
const run: Run = {
  ...healthyRun,
  findings: [
    { fault: 'browser-refuses', subject, verdict },
    { fault: 'browser-refuses', subject: supervisor, verdict: putDown },
    expired,
  ],
};
const of = { machine: 'ccp', port: '443', client: 'pc', page: 'Chat, agent' };
const refusal = 'net::ERR_CERT_DATE_INVALID';

test.each<[what: string, status: string, labels: Readonly<Record<string, string>>, message: string, told?: string]>([
  ['a failed page', 'failed', of, `${because}.\n\n${refusal}`],
  ['a page that is shown', 'passed', of, refusal],
  [
    'a page that is put down to a finding',
    'failed',
    { ...of, page: 'Chat, supervisor' },
    `${because}. Behind it: certificate-expired at ccp.\n\n${refusal}`,
  ],
  ['a page that nobody could look at, and that people miss', 'skipped', of, `${because}.\n\n${refusal}`, 'failed'],
  ['a page that nobody could look at', 'skipped', { ...of, page: 'Chat, administrator' }, refusal],
  ['another page', 'failed', { ...of, page: 'Chat, administrator' }, refusal],
  ['a page without labels', 'broken', {}, refusal],
])('%s', (_, status, labels, message, told = status) => {
  const result = {
    status,
    labels: Object.entries(labels).map(([name, value]) => ({ name, value })),
    statusDetails: { message: refusal, trace: 'at' },
    steps: [{ name: 'opens' }],
  };
  const file = join(folder, 'one-result.json');
  writeFileSync(file, JSON.stringify(result));
  tellCauses(folder, run);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    ...result,
    status: told,
    statusDetails: { message, trace: 'at' },
  });
});

test('where no suite left results nothing is done', () => {
  expect(() => {
    tellCauses(join(folder, 'none'), run);
  }).not.toThrow();
});
