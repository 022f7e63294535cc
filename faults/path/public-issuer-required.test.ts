import { authority, certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { publicIssuerRequired } from './public-issuer-required.ts';

const world = authority('World Root CA');
const company = authority('Company Root CA');
const machine = { type: 'CCP', external: true } as const;
const fromCompany = certificate({ issuer: company });
const fromWorld = certificate({ issuer: world });
const policies = ['2.23.140.1.2.1'];

testFault(publicIssuerRequired, {
  present: [
    {
      name: 'self-signed',
      machine,
      presents: [certificate()],
      clients: [],
      severity: 'critical',
      because: /is self-signed$/,
    },
    {
      name: "from the company's authority",
      machine,
      presents: [fromCompany],
      clients: [{ anchors: [company] }, { anchors: [world], public: true }],
      because: /CN=Company Root CA, which is no anchor marked public/,
      at: fromCompany,
    },
    { name: 'nothing is marked, and it says nothing', machine, presents: [fromCompany], clients: [] },
    {
      name: 'its own word against the marks',
      machine,
      presents: [certificate({ issuer: company, policies })],
      clients: [{ anchors: [world], public: true }],
    },
  ],
  absent: [
    { name: 'from a public one', machine, presents: [fromWorld], clients: [{ anchors: [world], public: true }] },
    {
      name: 'nothing is marked, and it says so itself',
      machine,
      presents: [certificate({ issuer: world, policies })],
      clients: [],
    },
  ],
  notApplicable: [
    { name: 'no customers', machine: { type: 'CCP' }, presents: [fromCompany], because: /does not say/ },
    {
      name: 'a port that customers do not open',
      machine: { type: 'UCCX_PUBLISHER', external: true },
      presents: [fromCompany],
      because: /customers do not open/,
    },
  ],
  inconclusive: [{ name: 'nothing was sent', machine, presents: [], reason: 'certificate-unreadable' }],
});
