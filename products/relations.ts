import type { Severity } from '#model/finding.ts';
import type { MachineType } from '#model/names.ts';
import type { Sources } from '#model/source.ts';
import { cisco } from './sources.ts';

/** One link: who must hold whose certificate, in which store, and what breaks when it does not. */
export interface Relation {
  readonly id: string;
  readonly relyingParty: readonly [MachineType, ...MachineType[]];
  readonly store: string;
  readonly presenter: readonly [MachineType, ...MachineType[]];
  /** The port of the presenter that the relying party opens. */
  readonly port: number;
  /** What breaks, in the words of those it breaks for. */
  readonly breaks: string;
  readonly severity: Severity;
  readonly sources: Sources;
}

const uccxNodes = ['UCCX_PUBLISHER', 'UCCX_SUBSCRIBER'] as const;
const cucmNodes = ['CM_PUBLISHER', 'CM_SUBSCRIBER'] as const;

/** The links of a UCCX deployment. */
export const relations: readonly Relation[] = [
  {
    id: 'uccx-relies-on-cucm',
    relyingParty: uccxNodes,
    store: 'tomcat-trust',
    presenter: cucmNodes,
    port: 8443,
    breaks: 'agents cannot sign in: Finesse says "Invalid User ID/Password"',
    severity: 'critical',
    sources: [cisco.uccxPostInstallation('Upload certificates'), cisco.uccxCertificates('CSCvd56174')],
  },
  {
    id: 'uccx-relies-on-ccp',
    relyingParty: uccxNodes,
    store: 'tomcat-trust',
    presenter: ['CCP'],
    port: 443,
    breaks: 'chat and e-mail do not reach agents: "Unable to communicate to the CCP"',
    severity: 'major',
    sources: [cisco.uccxSubsystems('CCP Configuration'), cisco.uccxCertificates('Self-signed certificates')],
  },
  {
    id: 'ccp-relies-on-uccx',
    relyingParty: ['CCP'],
    store: 'tomcat-trust',
    presenter: uccxNodes,
    port: 443,
    breaks: 'chat contacts are not handed to UCCX',
    severity: 'major',
    sources: [cisco.uccxSubsystems('CCP Configuration'), cisco.uccxCertificates('Self-signed certificates')],
  },
  {
    id: 'uccx-relies-on-other-node',
    relyingParty: uccxNodes,
    store: 'tomcat-trust',
    presenter: uccxNodes,
    port: 8445,
    breaks: 'failover of desktops between the two nodes fails',
    severity: 'major',
    sources: [cisco.finesseSecurity('Certificates of peer nodes'), cisco.uccxCli('utils finesse trustAllCertificates')],
  },
];
