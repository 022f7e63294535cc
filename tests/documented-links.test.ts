import { expect, test } from 'vitest';
import { relations } from '#products/relations.ts';

/** What documents say of trust between machines, row by row: the links that it is judged by, or why it is none. */
type Row = readonly string[] | { readonly isNoLinkBecause: string };

const rows: Readonly<Record<string, Row>> = {
  'UCCX: CUCM, every node': ['uccx-relies-on-cucm'],
  'UCCX: CCP': ['uccx-relies-on-ccp'],
  'CCP: UCCX, both nodes': ['ccp-relies-on-uccx'],
  'UCCX and a standalone CUIC': ['uccx-relies-on-cuic', 'cuic-relies-on-uccx'],
  'UCCX: targets of scripts': ['uccx-relies-on-script-target'],
  'UCCX, Finesse and CUCM: IP Phone Agent, both directions': [
    'uccx-relies-on-cucm',
    'finesse-relies-on-cucm',
    'phones-rely-on-finesse',
  ],
  'UCCX and Finesse: the other node': ['uccx-relies-on-other-node', 'finesse-relies-on-other-node'],
  'UCCX: PCs of agents': { isNoLinkBecause: 'PCs are client profiles: every port is judged through the eyes of each' },
  'UCCX: FIPS switched on or off': {
    isNoLinkBecause: 'it is an event: what it leaves behind shows on the links of UCCX and CCP',
  },
  'UCCX: a subscriber taken away': {
    isNoLinkBecause: 'a certificate that is left over in a store breaks nothing; who presents nothing has no link',
  },
  'Finesse: Live Data and CUIC': [
    'finesse-relies-on-live-data-12005',
    'finesse-relies-on-live-data',
    'finesse-relies-on-cuic',
  ],
  'Finesse: Identity Service': ['finesse-relies-on-ids'],
  'Finesse: CUCM, CCP, Cloud Connect, the other node': [
    'finesse-relies-on-cucm',
    'finesse-relies-on-ccp',
    'finesse-relies-on-cloud-connect',
    'finesse-relies-on-other-node',
  ],
  'Finesse: CTI Server, both sides': ['finesse-relies-on-cti-server-a', 'finesse-relies-on-cti-server-b'],
  'PG: Finesse, mutual TLS': ['pg-relies-on-finesse'],
  'CUIC: Live Data': ['cuic-relies-on-live-data-12005', 'cuic-relies-on-live-data'],
  'Live Data: AW and CUIC': ['live-data-relies-on-aw', 'live-data-relies-on-cuic'],
  'AW: IIS of every host': ['aw-relies-on-iis'],
  'AW: Portico of every host': ['aw-relies-on-portico'],
  'AW: Web Services Manager of CVP': ['aw-relies-on-cvp'],
  'AW: Finesse, CUIC, Live Data, IdS, CUCM, VVB, Cloud Connect, CCP': [
    'aw-relies-on-finesse',
    'aw-relies-on-cuic',
    'aw-relies-on-live-data-12005',
    'aw-relies-on-live-data',
    'aw-relies-on-ids',
    'aw-relies-on-cucm',
    'aw-relies-on-cvvb',
    'aw-relies-on-cloud-connect',
    'aw-relies-on-ccp',
  ],
  'AW: ECE': ['aw-relies-on-ece'],
  'Logger and Rogger: AW': ['logger-relies-on-aw'],
  'PG: CUCM': ['pg-relies-on-cucm'],
  'CVP: AW': ['cvp-relies-on-aw'],
  'CVP and VVB, both directions': [
    'cvp-relies-on-cvvb-sip',
    'cvvb-relies-on-cvp-sip',
    'cvvb-relies-on-vxml-server',
    'cvvb-relies-on-media-server',
  ],
  'Operations Console: VVB': ['oamp-relies-on-cvvb'],
  'Operations Console and CVP, both directions, JMX too': [
    'oamp-relies-on-cvp',
    'cvp-relies-on-oamp',
    'oamp-relies-on-cvp-jmx-wsm',
    'oamp-relies-on-cvp-jmx-callserver',
    'oamp-relies-on-cvp-jmx-vxml',
    'cvp-relies-on-oamp-jmx',
  ],
  'Operations Console and CVP over JMX: key pairs with the name of the other side': {
    isNoLinkBecause: 'its alias is the name of another machine, which no document ties to a store of that machine',
  },
  'Call Server and Reporting Server: Courtesy Callback': [
    'cvp-reporting-relies-on-call-server',
    'call-server-relies-on-cvp-reporting',
  ],
  'CVP and VRU PG, both directions': ['cvp-relies-on-pg', 'pg-relies-on-call-server'],
  'CVP: Cloud Connect': ['cvp-relies-on-cloud-connect'],
  'Cloud Connect and MR PG, both directions': ['pg-relies-on-cloud-connect', 'cloud-connect-relies-on-pg'],
  'MR PG and CCP, both directions': ['pg-relies-on-ccp', 'ccp-relies-on-pg'],
  'Dialer, CTI Server and MR PG': ['pg-relies-on-dialer'],
  'MR PG and CTI Server: services of ECE': {
    isNoLinkBecause: 'no document that was read says which store and which certificate the services of ECE use',
  },
  'Application Gateway': { isNoLinkBecause: 'the other end is a program of the customer, which is no machine type' },
  'inside CCE: Router, Logger, PG and AW': [
    'router-relies-on-pg-host-pem',
    'pg-relies-on-router-host-pem',
    'router-relies-on-logger-host-pem',
    'logger-relies-on-router-host-pem',
    'router-relies-on-aw-host-pem',
    'aw-relies-on-router-host-pem',
    'logger-relies-on-aw-host-pem',
    'aw-relies-on-logger-host-pem',
    'router-relies-on-other-side',
    'logger-relies-on-other-side',
  ],
  'inside CCE: administration clients of the AW': {
    isNoLinkBecause: 'an administration client is a PC: it has no machine type and no store that is read',
  },
  'CUCM and CVP: SIP over TLS': ['cucm-relies-on-cvp-sip', 'cvp-relies-on-cucm-sip'],
  'CVP, VVB and gateways: SIP over TLS': {
    isNoLinkBecause: 'a voice gateway is no machine type: it keeps trustpoints',
  },
  'CUIC: the other node': ['cuic-relies-on-other-node'],
  // What the guides of the deployments ask for by name, beside the tables.
  'UCCX guide: self-signed certificates, each pair of machines': [
    'uccx-relies-on-cucm',
    'uccx-relies-on-ccp',
    'ccp-relies-on-uccx',
    'uccx-relies-on-other-node',
  ],
  'UCCX guide: MediaSense': {
    isNoLinkBecause: 'no document that was read says which machine relies on it, and on whom it relies',
  },
  'UCCX guide: invalid user ID or password at sign-in': ['uccx-relies-on-cucm'],
  'PCCE guide: certificates of CUIC and Live Data in every Finesse': [
    'finesse-relies-on-cuic',
    'finesse-relies-on-live-data-12005',
    'finesse-relies-on-live-data',
  ],
  'PCCE guide: the AW in every key store of CVP': ['cvp-relies-on-aw'],
  'PCCE guide: Finesse, IdS, ECE and CVP Reporting in the AW': [
    'aw-relies-on-finesse',
    'aw-relies-on-ids',
    'aw-relies-on-ece',
    'aw-relies-on-cvp',
  ],
  'CA-signed guide: root and intermediates in cacerts': ['aw-relies-on-iis', 'aw-relies-on-portico'],
  'third-party CA guide: Finesse, CUIC and Live Data of one another': [
    'finesse-relies-on-cuic',
    'finesse-relies-on-live-data',
    'cuic-relies-on-live-data',
    'live-data-relies-on-cuic',
  ],
};

const named = Object.values(rows).flatMap((row) => ('isNoLinkBecause' in row ? [] : row));

test('every documented row names links that exist, or says why it is none', () => {
  const known = relations.map(({ id }) => id);
  expect(named.filter((id) => !known.includes(id))).toEqual([]);
  for (const [what, row] of Object.entries(rows))
    expect('isNoLinkBecause' in row ? row.isNoLinkBecause : row.join(), what).toMatch(/\S/);
});

test('every link goes back to a documented row', () => {
  expect(relations.map(({ id }) => id).filter((id) => !named.includes(id))).toEqual([]);
});
