import { expect, test } from 'vitest';
import { relations } from '#products/relations.ts';
import { wordsOfWindows } from './link-trust.ts';

test.each([
  ['pg-relies-on-finesse', /SEC_E_UNTRUSTED_ROOT \(0x80090325\)/],
  // Programs of Windows machines that are written in Java read cacerts.
  ['aw-relies-on-iis', /^null$/],
  ['uccx-relies-on-cucm', /^null$/],
])('who refuses on %s is Windows, or Java', (id, words) => {
  const relation = relations.find((candidate) => candidate.id === id)!;
  expect(String(wordsOfWindows(relation))).toMatch(words);
});
