import { createHash } from 'node:crypto';
import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { boundCertificateDiffers } from './bound-certificate-differs.ts';

const first = certificate();
const second = certificate();
const thumbprint = createHash('sha1').update(first.der).digest('hex');
const machine = { type: 'CCE_AW', release: '12.6(2)' } as const;
const iis = { port: 443, bound: first } as const;

testFault(boundCertificateDiffers, {
  present: [
    {
      name: 'the service was not restarted',
      machine,
      presents: [second],
      bindings: { IIS: iis },
      severity: 'major',
      because: 'uccx1:443 presents another certificate than the one that is bound',
      at: second,
    },
    {
      name: 'the store lacks what is bound',
      machine,
      presents: [second],
      bindings: { IIS: { ...iis, isHeld: false } },
    },
    {
      name: 'the registry names another',
      machine,
      ports: { 7890: [first] },
      bindings: { 'Diagnostic Framework': { port: 7890, bound: first, noted: thumbprint.replace(/./, 'g') } },
      severity: 'minor',
      because: /^the registry names another certificate/,
    },
  ],
  absent: [
    { name: 'the certificate bound', machine, presents: [first], bindings: { IIS: iis } },
    {
      name: 'the registry in capitals',
      machine,
      ports: { 7890: [first] },
      bindings: { 'Diagnostic Framework': { port: 7890, bound: first, noted: thumbprint.toUpperCase() } },
    },
  ],
  notApplicable: [
    { name: 'nothing is bound', machine, presents: [first], bindings: { IIS: { port: 443, bound: null } } },
  ],
  inconclusive: [
    { name: 'the bindings were not read', machine, presents: [first], reason: 'not-probed' },
    {
      name: 'no credentials',
      machine,
      presents: [first],
      bindings: { IIS: { reason: 'not-authorised', as: 'administrator' } },
      reason: 'not-authorised',
    },
  ],
});
