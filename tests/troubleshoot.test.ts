import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadInventory } from '#inventory/load.ts';
import { scenarios } from '#lab/scenarios/index.ts';
import { isPresent } from '#model/verdict.ts';
import { diagnosisJson, renderDiagnosis } from '#reports/diagnosis.ts';
import { troubleshoot } from '#workflow/troubleshoot.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** From the words of people to the cause that the lab was given, in one step. */
const cases = {
  'self-signed': [
    ['clock-set-by-its-host', 'Single sign-on fails', 'clock-skew'],
    ['key-too-short', 'Algorithm constraints check failed on keysize limits. RSA 1024bit key used', 'weak-key'],
    ['live-data-not-restarted', 'Live Data stays empty', 'ports-present-different-certificates'],
    ['finesse-certificate-expired', 'NET::ERR_CERT_DATE_INVALID', 'certificate-expired'],
    ['ccp-certificate-not-imported', 'Unable to communicate to the CCP', 'peer-certificate-outdated-in-store'],
    ['cucm-critical-key-purpose', 'Invalid User ID/Password', 'unsupported-critical-extension'],
    ['reporting-down', 'ERR_CONNECTION_REFUSED', 'service-not-listening'],
  ],
  signed: [
    ['intermediate-deleted', 'unable to verify the first certificate', 'intermediate-missing'],
    ['intermediate-deleted', 'PKIX path building failed', 'intermediate-missing'],
    ['chat-from-the-internet', 'customers cannot open the chat', 'public-issuer-required'],
    ['client-certificate-asked', 'agents get a client certificate picker', 'client-certificate-requested'],
    ['only-old-versions', 'ERR_SSL_VERSION_OR_CIPHER_MISMATCH', 'modern-protocol-refused'],
  ],
} satisfies Record<string, [string, string, string][]>;

for (const [kind, network] of [
  ['self-signed', '127.98.0.0/16'],
  ['signed', '127.99.0.0/16'],
] as const) {
  describe(`the ${kind} lab`, () => {
    let up: TestLab;
    beforeAll(async () => {
      up = await startTestLab(network, { signed: kind === 'signed' });
    });
    afterAll(() => up[Symbol.asyncDispose]());

    test.each(cases[kind])('%s: "%s" leads to %s', async (id, words, cause) => {
      const scenario = scenarios.find((each) => each.id === id)!;
      await up.lab.apply(scenario);
      try {
        const request = { command: [], judgeAt: null };
        const { run, diagnosis } = await troubleshoot(loadInventory(up.lab.inventoryFile), words, request);
        const [best] = run.findings
          .filter(isPresent)
          .sort((left, right) => diagnosis.relevanceOf(right) - diagnosis.relevanceOf(left));
        expect(best?.fault).toBe(cause);
        const text = renderDiagnosis(run, diagnosis, { colour: false, width: 100, isVerbose: false });
        expect(text).toMatch(/^ CAUSE FOUND /);
        expect(text).toContain(words);
        const document = JSON.parse(diagnosisJson(run, diagnosis)) as { causes: { fault: string }[] };
        expect(document).toMatchObject({ symptom: words, outcome: 'cause-found' });
        expect(document.causes[0]?.fault).toBe(cause);
      } finally {
        await up.lab.reset();
      }
    });

    test('a healthy lab has no cause', async () => {
      const { run, diagnosis } = await troubleshoot(loadInventory(up.lab.inventoryFile), 'Live Data stays empty', {
        command: [],
        judgeAt: null,
      });
      const text = renderDiagnosis(run, diagnosis, { colour: false, width: 100, isVerbose: false });
      expect(text).toMatch(/^ NO CAUSE FOUND /);
      expect(text).toContain('ruled out');
    });
  });
}
