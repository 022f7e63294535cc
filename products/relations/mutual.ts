import { cisco } from '../sources.ts';
import { cloudConnectNodes, finesseNodes, windowsStores, type Relation } from './relation.ts';

/** CTI Server answers on another port on each side. */
const ctiServer = ([42030, 43030] as const).map((port): Relation => ({
  id: port === 42030 ? 'finesse-relies-on-cti-server-a' : 'finesse-relies-on-cti-server-b',
  relyingParty: finesseNodes,
  store: 'tomcat-trust',
  presenter: ['CCE_PG'],
  port,
  isSecured: 'where set up',
  stops: 'sign-in',
  breaks: 'Finesse is out of service: it does not reach CTI Server',
  severity: 'critical',
  sources: [
    cisco.finesseCti('Certificate of CTI Server in Finesse'),
    cisco.cceSecurity('CTI Server: mutual TLS with host.pem'),
  ],
}));

/** Links of mutual TLS between the PG and VOS machines, both directions. */
export const mutualRelations: readonly Relation[] = [
  ...ctiServer,
  {
    id: 'pg-relies-on-finesse',
    relyingParty: ['CCE_PG'],
    store: windowsStores,
    presenter: finesseNodes,
    port: 8445,
    isSecured: 'where set up',
    stops: 'sign-in',
    breaks: 'CTI Server refuses Finesse, and no agent signs in',
    severity: 'critical',
    sources: [
      cisco.finesseCti('Certificate of Finesse on the PG'),
      cisco.cceSecurity('CiscoCertUtil /install'),
      cisco.cceSecurity('That Finesse shows as a client what it presents on 8445', 'inferred'),
    ],
  },
  {
    id: 'pg-relies-on-cloud-connect',
    relyingParty: ['CCE_PG'],
    store: windowsStores,
    presenter: cloudConnectNodes,
    port: 8445,
    isSecured: 'where set up',
    stops: 'chat',
    breaks: 'digital channels are not routed: the MR PG does not reach Cloud Connect',
    severity: 'critical',
    disagreement: 'Secured as installed from 15.0, where set up before: name it under secured.',
    sources: [
      cisco.cceSecurity('MR PG and Cloud Connect: mutual TLS'),
      cisco.cceSecurity('Which port of Cloud Connect', 'inferred'),
    ],
  },
  {
    id: 'cloud-connect-relies-on-pg',
    relyingParty: cloudConnectNodes,
    store: 'tomcat-trust',
    presenter: ['CCE_PG'],
    presents: 'as-client',
    identity: 'host.pem',
    isSecured: 'where set up',
    stops: 'chat',
    breaks: 'digital channels are not routed: Cloud Connect refuses the MR PG',
    severity: 'critical',
    disagreement: 'Secured as installed from 15.0, where set up before: name it under secured.',
    sources: [
      cisco.cceSecurity('MR PG and Cloud Connect: mutual TLS'),
      cisco.cceSecurity('Which side of the link is the client', 'inferred'),
    ],
  },
  {
    id: 'ccp-relies-on-pg',
    relyingParty: ['CCP'],
    store: 'tomcat-trust',
    presenter: ['CCE_PG'],
    presents: 'as-client',
    identity: 'host.pem',
    isSecured: 'where set up',
    stops: 'chat',
    breaks: 'chat and e-mail are not routed: CCP refuses the MR PG',
    severity: 'critical',
    sources: [
      cisco.cceSecurity('VRU PG, MR PG and Router: exchange of certificates'),
      cisco.cceSecurity('Which side of the link is the client', 'inferred'),
    ],
  },
  {
    id: 'pg-relies-on-ccp',
    relyingParty: ['CCE_PG'],
    store: windowsStores,
    presenter: ['CCP'],
    port: 443,
    isSecured: 'where set up',
    stops: 'chat',
    breaks: 'chat and e-mail are not routed: the MR PG does not reach CCP',
    severity: 'critical',
    sources: [
      cisco.ccePorts('Media routing on TCP 38001: tomcat of CCP where it is secured'),
      cisco.cceSecurity('VRU PG, MR PG and Router: exchange of certificates'),
      cisco.cceSecurity('That CCP presents on 443 what it presents on 38001', 'inferred'),
    ],
  },
];
