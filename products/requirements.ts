/** The documents that ask for it. */
export const requiringDocuments = {
  UCCX: 'UCCX Solution Certificate Management Guide',
  PCCE: 'PCCE Administration Guide, certificates',
  CCE: 'CA-signed certificates in a CCE solution, 12.6',
  LiveData: 'Certificates of a third-party CA for Finesse, CUIC and Live Data',
} as const;

interface Requirement {
  readonly document: keyof typeof requiringDocuments;
  /** What the document asks for, in our own words. */
  readonly asks: string;
  /** Why no scenario of the lab can break it; left out where at least one does. */
  readonly isNoStateBecause?: string;
}

/** What Cisco's documents ask of certificates, row by row; each scenario of the lab says which rows it breaks. */
export const requirements = {
  U00: {
    document: 'UCCX',
    asks: 'Access to the pages and to the stores of PCs is checked before anything is changed',
    isNoStateBecause: 'it is a check of what the operator may do: a plan refuses what it cannot reach',
  },
  U01: {
    document: 'UCCX',
    asks: 'Servers have a domain and name servers, people use full names, and certificates carry the domain of today',
  },
  U02: { document: 'UCCX', asks: 'Each service with a certificate presents the one of its store' },
  U03: { document: 'UCCX', asks: 'Only the two UCCX nodes share a certificate, and only from the release that can' },
  U04: { document: 'UCCX', asks: 'Chat from the internet has a publicly signed certificate' },
  U05: { document: 'UCCX', asks: 'A signed certificate comes with root and intermediates, and services restart' },
  U06: { document: 'UCCX', asks: 'The request is for one server: Distribution stays the name of the server' },
  U07: { document: 'UCCX', asks: 'Keys have the length that the release takes' },
  U08: { document: 'UCCX', asks: 'The whole chain is in tomcat-trust of every machine that needs it' },
  U09: { document: 'UCCX', asks: 'A second certificate for elliptic curves, only where the release has it' },
  U10: { document: 'UCCX', asks: 'Self-signed certificates are given to each machine that relies on them' },
  U11: { document: 'UCCX', asks: 'Self-signed certificates are given to PCs' },
  U12: { document: 'UCCX', asks: 'An expired self-signed certificate is made anew and given out again' },
  U13: { document: 'UCCX', asks: 'UCCX and CCP hold the certificates of one another' },
  U14: { document: 'UCCX', asks: 'Every page and socket that people open answers with a certificate they trust' },
  U15: { document: 'UCCX', asks: 'The chain of each server that scripts call is in tomcat-trust of both nodes' },
  U16: { document: 'UCCX', asks: 'A chat from the web form reaches the agent' },
  U17: { document: 'UCCX', asks: 'An agent signs in to Finesse without a warning' },
  U18: { document: 'UCCX', asks: 'Live Data gadgets load and change' },
  U19: { document: 'UCCX', asks: 'AppAdmin opens on both nodes without a warning' },
  U20: { document: 'UCCX', asks: 'UCCX takes the certificate of CUCM when agents sign in' },
  U21: { document: 'UCCX', asks: 'The reply has exactly the names of its request' },
  U22: { document: 'UCCX', asks: 'The name of the server is among the alternative names' },
  U23: { document: 'UCCX', asks: 'The known defects of certificates on UCCX are recognised' },
  P01: { document: 'PCCE', asks: 'Every Finesse node holds the certificates of CUIC and Live Data' },
  P02: {
    document: 'PCCE',
    asks: 'An authority on Windows is set up',
    isNoStateBecause:
      'it is how an authority is installed, not a state of the machines: docs/guide/windows-ca.md is the runbook, uccert lab up --windows-ca has one',
  },
  P03: { document: 'PCCE', asks: 'The AW has a signed certificate with its full name' },
  P04: { document: 'PCCE', asks: 'The AW has a certificate of its own where nobody signs' },
  P05: { document: 'PCCE', asks: 'The web server of ECE has a certificate, bound in IIS' },
  P06: { document: 'PCCE', asks: 'The certificate of the AW is in the key store of every CVP machine' },
  P07: { document: 'PCCE', asks: 'Certificates of Finesse, IdS, ECE and CVP Reporting are in cacerts of the AW' },
  P08: { document: 'PCCE', asks: 'The common name is the name in the inventory of CCE' },
  P09: { document: 'PCCE', asks: 'The Web Services Manager of CVP Reporting has a certificate with the full name' },
  P10: {
    document: 'PCCE',
    asks: 'Services of CVP are ended by service-controller when their calls are over',
    isNoStateBecause: 'it is how a fix restarts them, and leaves nothing that could be looked at',
  },
  C01: { document: 'CCE', asks: 'IIS presents a signed certificate on 443' },
  C02: { document: 'CCE', asks: 'The template allows client and server authentication' },
  C03: { document: 'CCE', asks: 'Portico has the certificate that was meant bound to 7890, by a clean thumbprint' },
  C04: { document: 'CCE', asks: 'Root and intermediate are in cacerts of CCE and of its Java' },
  C05: {
    document: 'CCE',
    asks: 'The key store of CVP is JCEKS, with each alias, its key, its chain and the full name',
  },
  C06: { document: 'CCE', asks: 'VOS machines have signed certificates with their chain' },
  C07: { document: 'CCE', asks: 'A browser that was opened anew shows no warning' },
  C08: { document: 'CCE', asks: 'CVP is entered in the Operations Console by the name of its certificate' },
  L01: { document: 'LiveData', asks: 'Each node makes its own request, and gets the reply to it' },
  L02: { document: 'LiveData', asks: 'Root and intermediate are on the secondary node too' },
  L03: { document: 'LiveData', asks: 'Machines that changed are restarted' },
  L04: { document: 'LiveData', asks: 'Live Data, CUIC and Finesse trust one another' },
} as const satisfies Readonly<Record<string, Requirement>>;

export type RequirementId = keyof typeof requirements;

/** Each with its id, in the order of the documents. */
export const requirementList: readonly (Requirement & { readonly id: RequirementId })[] = Object.entries(
  requirements,
).map(([id, requirement]) => ({ id: id as RequirementId, ...requirement }));
