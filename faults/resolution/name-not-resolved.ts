import { cisco } from '#products/sources.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const nameNotResolved = defineFault({
  id: 'name-not-resolved',
  category: 'resolution',
  title: 'The name of the machine leads to no address',
  titleAbsent: 'The name of the machine leads to an address',
  symptom:
    'Browsers stop with ERR_NAME_NOT_RESOLVED or DNS_PROBE_FINISHED_NXDOMAIN; other machines log "unknown host".',
  cause: 'The name was never put into DNS, or the domain of the machine was changed and DNS was not.',
  advice:
    'Put the name into the DNS servers that the machines and PCs ask. People and machines must use the name: no certificate is for the address.',
  severity: 'critical',
  sources: [cisco.uccxCertificates('FQDN, DNS, and Domains')],
  judges: 'name',
  detect({ machine, name, resolution: { addresses } }) {
    if (addresses.length > 0) return absent;
    return present('critical', `the resolver knows no address of ${name}`, { name, machine: machine.id });
  },
});
