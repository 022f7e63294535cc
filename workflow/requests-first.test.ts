import { expect, test } from 'vitest';
import { MachineId } from '#model/names.ts';
import type { KeyStorePlace, Step } from '#model/step.ts';
import { stepsInOrder } from './requests-first.ts';

const keyStore: KeyStorePlace = { store: '.keystore', path: '.keystore', format: 'JCEKS', keytool: 'keytool' };
const [uccx1, cvp1] = [MachineId.parse('uccx1'), MachineId.parse('cvp1')];
const java = { via: 'java', on: cvp1, alias: 'wsm_certificate', name: 'cvp1.example.com' } as const;

const domain: Step = {
  do: 'ask-operator',
  via: 'operator',
  on: uccx1,
  asks: { for: 'domain', domain: 'new.example.com' },
};
const copy: Step = { do: 'back-up-store', via: 'java', on: cvp1, keyStore };
const request: Step = {
  do: 'generate-request',
  via: 'vos',
  on: uccx1,
  unit: 'tomcat',
  parentDomain: 'as filled in',
  replaces: null,
};
const obtain = (on: MachineId, unit: string): Step => ({
  do: 'obtain-reply',
  via: 'here',
  for: on,
  unit,
  authority: 'people',
});
const ofUccx = obtain(uccx1, 'tomcat');
const ofCvp = obtain(cvp1, 'wsm_certificate');
const apart = { ...keyStore, apart: true } as const;
const keyApart: Step = { do: 'generate-key-pair', ...java, keyStore: apart, days: 1095, replaces: null };
const keyInPlace: Step = { do: 'generate-key-pair', ...java, keyStore, days: 1095, replaces: null };
const requestInPlace: Step = { do: 'generate-request', ...java, keyStore };
const requestApart: Step = { do: 'generate-request', ...java, keyStore: apart };

test.each<readonly [what: string, changes: readonly (readonly Step[])[], carriedOut: readonly Step[]]>([
  [
    'with two answers, after the keys they are for',
    [
      [ofUccx, request],
      [copy, keyApart, requestApart, ofCvp],
    ],
    [request, keyApart, requestApart, ofUccx, copy, ofCvp],
  ],
  [
    'with one answer: as it was planned',
    [[copy, keyApart, requestApart, ofCvp]],
    [copy, keyApart, requestApart, ofCvp],
  ],
  [
    'after a person who gives a machine another name',
    [
      [domain, request, ofUccx],
      [copy, keyApart, requestApart, ofCvp],
    ],
    [keyApart, requestApart, domain, request, ofUccx, copy, ofCvp],
  ],
  [
    'and no key that services read',
    [
      [request, ofUccx],
      [copy, keyInPlace, requestInPlace, ofCvp],
    ],
    [request, ofUccx, copy, keyInPlace, requestInPlace, ofCvp],
  ],
])('requests come first %s', (_what, changes, carriedOut) => {
  const placed = stepsInOrder({ changes: changes.map((steps) => ({ steps })) as never });
  expect(placed.map(({ step }) => step)).toEqual(carriedOut);
  for (const { step, at } of placed) expect(changes[at.change]?.[at.step]).toBe(step);
});
