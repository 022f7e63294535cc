import type { Deployment } from '#model/inventory.ts';

/** A commented inventory to begin with. It is valid as it stands; every name in it is an example. */
export function starterInventory(deployment: Deployment): string {
  const { release, machines } = starters[deployment];
  return `# What uccert looks at. Check it with: uccert scan --out report

deployment: ${deployment.padEnd(14)}# UCCX, PCCE or UCCE
release: ${release.padEnd(17)}# as Cisco writes it; a machine may have its own

machines:
${machines}
# Trust is judged by the eyes of these PCs. A path is relative to this file.
clients: {}
#  pc-managed:
#    anchors: pc/anchors.pem          # root certificates from your group policy
#    accepted: pc/accepted.pem        # self-signed certificates it accepted one by one
#    audiences: [agents, supervisors] # who sits at it; decides which ports it opens

# References only, never a password: env:NAME, file:PATH or command:PROGRAM ARG.
credentials: {}
#  vos:                               # used by VOS machines unless they name another entry
#    user: administrator
#    read: env:UCCERT_VOS_READ
#    change: env:UCCERT_VOS_CHANGE    # leave out and uccert can change nothing

# Test accounts: uccert browse signs them in and out, and nobody else.
people: {}
#  agent1:
#    role: agent                      # agent, supervisor, report user or administrator
#    user: agent1
#    extension: "1001"
#    password: env:UCCERT_AGENT1

# What is known to be wrong, and until when that is all right: shown, and not counted before its day is over.
known: []
#  - fault: certificate-expiring      # as uccert explain calls it; machine, port, page and client narrow it down
#    machine: uccx1
#    until: 2027-03-31
#    why: the new certificate is ordered
#    who: Ada Lind

limits:
  connect: 3                # seconds to connect
  probe: 10                 # seconds for one probe, everything included
  perMachine: 2             # connections at once to one machine
  expiringDays: 30          # days before notAfter that count as expiring

# Changes are made only inside the window.
# window: { from: "22:00", to: "04:00", timeZone: Europe/Berlin }
`;
}

/** What the first machine shows of the keys a machine may have. */
const comments = `    # address: 192.0.2.11             # connect here instead of resolving the name
    certificates: self-signed         # self-signed or ca-signed: how they are meant to be
    # ssh:
    #   hostKey: SHA256:...           # ssh-keyscan NAME | ssh-keygen -lf -
    # ports:
    #   open: [9089]                  # TLS ports besides those of the product
    #   closed: [8447]                # ports of the product this machine does not have
`;

/** The machines that a PCCE and a UCCE have in common. */
const enterprise = `  pg1a:
    type: CCE_PG                      # CTI Server, VRU PG and MR PG
    fqdn: pg1a.example.com
  pg1b:
    type: CCE_PG
    fqdn: pg1b.example.com
  aw1:
    type: CCE_AW                      # AW, HDS, DDS: CCE Administration runs here
    fqdn: aw1.example.com
  cvp1:
    type: CVP                         # Call Server, VXML Server, media server
    fqdn: cvp1.example.com
  cvprep1:
    type: CVP_REPORTING
    fqdn: cvprep1.example.com
  cvvb1:
    type: CVVB                        # Virtualized Voice Browser
    fqdn: cvvb1.example.com
  finesse2:
    type: FINESSE_SECONDARY
    fqdn: finesse2.example.com
  cuic1:
    type: CUIC_PUBLISHER
    fqdn: cuic1.example.com
    # ports:                          # where Live Data and IdS are on the machine of CUIC, leave them out below
    #   open: [8553, 12005, 12008]    # and name their ports here
  cuic2:
    type: CUIC_SUBSCRIBER
    fqdn: cuic2.example.com
  livedata1:
    type: LIVE_DATA_A
    fqdn: livedata1.example.com
  livedata2:
    type: LIVE_DATA_B
    fqdn: livedata2.example.com
  ids1:
    type: IDS_PUBLISHER               # Identity Service, single sign-on
    fqdn: ids1.example.com
  ids2:
    type: IDS_SUBSCRIBER
    fqdn: ids2.example.com
  cloudconnect1:
    type: CLOUD_CONNECT_PUBLISHER
    fqdn: cloudconnect1.example.com
  cloudconnect2:
    type: CLOUD_CONNECT_SUBSCRIBER
    fqdn: cloudconnect2.example.com
  ece1:
    type: ECE                         # Enterprise Chat and Email, web server
    fqdn: ece1.example.com
    # external: true                  # customers chat from the internet: a public authority must have signed
  cucm1:
    type: CM_PUBLISHER
    fqdn: cucm1.example.com
    release: 15.0(1)                  # this one has a release of its own
`;

const starters: Readonly<Record<Deployment, { readonly release: string; readonly machines: string }>> = {
  UCCX: {
    release: '12.5(1)SU3',
    machines: `  uccx1:                              # short name: how reports call it
    type: UCCX_PUBLISHER
    fqdn: uccx1.example.com           # the name people and other machines use
${comments}  uccx2:
    type: UCCX_SUBSCRIBER
    fqdn: uccx2.example.com
  ccp1:
    type: CCP                         # Customer Collaboration Platform, SocialMiner
    fqdn: ccp1.example.com
  cucm1:
    type: CM_PUBLISHER
    fqdn: cucm1.example.com
`,
  },
  PCCE: {
    release: '12.6(2)',
    machines: `  finesse1:                           # short name: how reports call it
    type: FINESSE_PRIMARY
    fqdn: finesse1.example.com        # as in the inventory of CCE Administration: names are compared with it
${comments}  rogger1a:
    type: CCE_ROGGER                  # Router and Logger, side A
    fqdn: rogger1a.example.com
  rogger1b:
    type: CCE_ROGGER
    fqdn: rogger1b.example.com
${enterprise}`,
  },
  UCCE: {
    release: '12.6(2)',
    machines: `  finesse1:                           # short name: how reports call it
    type: FINESSE_PRIMARY
    fqdn: finesse1.example.com        # the name people and other machines use
${comments}  router1a:
    type: CCE_ROUTER
    fqdn: router1a.example.com
  router1b:
    type: CCE_ROUTER
    fqdn: router1b.example.com
  logger1a:
    type: CCE_LOGGER
    fqdn: logger1a.example.com
  logger1b:
    type: CCE_LOGGER
    fqdn: logger1b.example.com
  cvpops1:
    type: CVP_OPS                     # Operations Console of CVP; a PCCE has none
    fqdn: cvpops1.example.com
${enterprise}`,
  },
};
