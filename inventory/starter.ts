/** A commented inventory to begin with. It is valid as it stands; every name in it is an example. */
export const starterInventory = `# What uccert looks at. Check it with: uccert scan --out report

deployment: UCCX          # UCCX, PCCE or UCCE
release: 12.5(1)SU3       # as Cisco writes it; a machine may have its own

machines:
  uccx1:                              # short name: how reports call it
    type: UCCX_PUBLISHER
    fqdn: uccx1.example.com           # the name people and other machines use
    # address: 192.0.2.11             # connect here instead of resolving the name
    certificates: self-signed         # self-signed or ca-signed: how they are meant to be
    # ssh:
    #   hostKey: SHA256:...           # ssh-keyscan uccx1.example.com | ssh-keygen -lf -
    # ports:
    #   open: [9089]                  # TLS ports besides those of the product
    #   closed: [8447]                # ports of the product this machine does not have
  uccx2:
    type: UCCX_SUBSCRIBER
    fqdn: uccx2.example.com
  ccp1:
    type: CCP                         # Customer Collaboration Platform, SocialMiner
    fqdn: ccp1.example.com
  cucm1:
    type: CM_PUBLISHER
    fqdn: cucm1.example.com

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

limits:
  connect: 3                # seconds to connect
  probe: 10                 # seconds for one probe, everything included
  perMachine: 2             # connections at once to one machine
  expiringDays: 30          # days before notAfter that count as expiring

# Changes are made only inside the window.
# window: { from: "22:00", to: "04:00", timeZone: Europe/Berlin }
`;
