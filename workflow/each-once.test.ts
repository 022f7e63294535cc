import { expect, test } from 'vitest';
import { MachineId, Sha256 } from '#model/names.ts';
import type { Change } from '#model/plan.ts';
import type { CertificateReference, Step } from '#model/step.ts';
import { stepTitle } from '#model/step-title.ts';
import { eachOnce } from './each-once.ts';

const [root, other] = [Sha256.parse('a'.repeat(64)), Sha256.parse('b'.repeat(64))];
const known = (sha256: Sha256): CertificateReference => ({ from: 'plan', sha256 });
const keyStore = { store: 'cacerts', path: '<ICM>\\ssl\\cacerts', format: 'JKS', keytool: 'keytool' } as const;

function into(on: string, certificate: CertificateReference, store = 'tomcat-trust'): Step {
  return { via: 'vos', do: 'import-certificate', on: MachineId.parse(on), store, certificate, of: 'a peer' };
}
function copy(on: string): Step {
  return { via: 'java', do: 'back-up-store', on: MachineId.parse(on), keyStore };
}
const held: CertificateReference = { from: 'identity-store', machine: MachineId.parse('ccp1'), unit: 'tomcat' };

test.each<[what: string, before: Step[][], after: Step[][]]>([
  [
    'a certificate goes once into a store, the first time that it is wanted there',
    [[into('uccx1', known(root)), into('uccx1', known(other))], [into('uccx1', known(root))]],
    [[into('uccx1', known(root)), into('uccx1', known(other))], []],
  ],
  [
    'another machine, and another store, want it too',
    [[into('uccx1', known(root))], [into('uccx2', known(root)), into('uccx1', known(root), 'ipsec-trust')]],
    [[into('uccx1', known(root))], [into('uccx2', known(root)), into('uccx1', known(root), 'ipsec-trust')]],
  ],
  [
    'what a machine has made meanwhile is another certificate',
    [[into('uccx1', held)], [into('uccx1', held)]],
    [[into('uccx1', held)], [into('uccx1', held)]],
  ],
  ['a key store is copied before the first step on it', [[copy('aw1')], [copy('aw1')]], [[copy('aw1')], []]],
])('%s', (_what, before, after) => {
  const changes = before.map((steps, at): Change => ({
    remediation: 'some-fix',
    title: String(at),
    targets: [{ fault: 'some-fault', subject: { scope: 'machine', machine: MachineId.parse('uccx1') } }],
    keeps: [],
    steps,
    reversible: true,
    irreversible: [],
  }));
  expect(eachOnce(changes).map(({ steps }) => steps.map(stepTitle))).toEqual(after.map((own) => own.map(stepTitle)));
});
