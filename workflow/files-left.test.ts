import { expect, test } from 'vitest';
import type { Machine } from '#model/inventory.ts';
import { MachineId } from '#model/names.ts';
import type { Plan } from '#model/plan.ts';
import type { Step } from '#model/step.ts';
import { keyStoresOf } from '#products/java-key-stores.ts';
import { filesLeft } from './files-left.ts';

const cvp1 = MachineId.parse('cvp1');
const [keyStore] = keyStoresOf({ type: 'CVP', release: null } as Machine, '.keystore');
if (keyStore === undefined) throw new Error('CVP has no key store');
const onStore = { via: 'java', on: cvp1, keyStore } as const;
const backUp: Step = { do: 'back-up-store', ...onStore };
const request: Step = { do: 'generate-request', ...onStore, alias: 'wsm_certificate', name: 'cvp1.example.com' };
const ofPortico: Step = {
  do: 'generate-request',
  via: 'windows',
  on: cvp1,
  unit: 'Diagnostic Framework',
  name: 'cvp1.example.com',
};
const ofVos: Step = {
  do: 'generate-request',
  via: 'vos',
  on: cvp1,
  unit: 'tomcat',
  parentDomain: 'empty',
  replaces: null,
};

const copied = 'cvp1: %CVP_HOME%\\conf\\security\\.keystore.a (the key store of before, with its private keys)';

test.each<readonly [what: string, steps: Step[], begun: number, left: readonly string[]]>([
  [
    'the copy and the requests',
    [backUp, request, ofPortico],
    3,
    [
      copied,
      'cvp1: %TEMP%\\uccert-a-wsm_certificate.csr (a request)',
      'cvp1: %TEMP%\\uccert-a-Diagnostic-Framework.csr (a request)',
    ],
  ],
  ['only what was begun', [backUp, request], 1, [copied]],
  ['nothing where nothing was begun', [backUp, request], 0, []],
  ['nothing on a VOS machine', [ofVos], 1, []],
])('stays: %s', (_what, steps, begun, left) => {
  const changes = [{ steps }] as unknown as Plan['changes'];
  const journal = { was: (_event: string, { step }: { readonly step: number }) => step < begun };
  expect(filesLeft({ id: 'a', changes }, journal)).toEqual(left);
});

const apart = { ...onStore, keyStore: { ...keyStore, apart: true } } as const;
const keyApart: Step = {
  do: 'generate-key-pair',
  ...apart,
  alias: 'wsm_certificate',
  name: 'cvp1.example.com',
  days: 1095,
  replaces: null,
};
const takeOver: Step = {
  do: 'import-key-pair',
  ...onStore,
  alias: 'wsm_certificate',
  certificate: { from: 'reply', machine: cvp1, unit: 'wsm_certificate' },
  replaces: null,
};
const ofOther: Step = { ...takeOver, on: MachineId.parse('cvp2') };
const newKey = 'cvp1: %CVP_HOME%\\conf\\security\\.keystore.a.new (the new key)';

test.each<
  readonly [what: string, happened: readonly (readonly [event: string, step: number])[], left: readonly string[]]
>([
  ['is left where it was not taken over', [], [copied, newKey]],
  ['is left where taking it over was not ended', [['step-begun', 2]], [copied, newKey]],
  ['is gone once it is taken over', [['step-done', 2]], [copied]],
  ['is left where that of another machine was taken over', [['step-done', 3]], [copied, newKey]],
  ['is gone with the store that is put back', [['step-undone', 0]], [copied]],
])('a key apart %s', (_what, happened, left) => {
  const events = [...[0, 1, 2, 3].map((at) => ['step-begun', at] as const), ...happened];
  const journal = {
    was: (event: string, { step }: { readonly step: number }) =>
      events.some(([each, at]) => each === event && at === step),
  };
  const changes = [{ steps: [backUp, keyApart, takeOver, ofOther] }] as unknown as Plan['changes'];
  expect(filesLeft({ id: 'a', changes }, journal)).toEqual(left);
});
