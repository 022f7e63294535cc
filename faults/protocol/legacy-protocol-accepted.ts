import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { defineFault, present } from '../define-fault.ts';

const legacy = ['SSLv3', 'TLSv1', 'TLSv1.1'] as const;

export const legacyProtocolAccepted = defineFault({
  id: 'legacy-protocol-accepted',
  category: 'protocol',
  title: 'The port accepts a protocol version that is no longer to be used',
  titleAbsent: 'The port accepts no protocol version older than TLS 1.2',
  symptom:
    'Nobody notices in use; security scanners list the port, and an audit asks for TLS 1.2 as the least version.',
  cause: 'The least version was never raised after an upgrade, or was lowered for one old client.',
  advice:
    'Raise the least version to TLS 1.2 once no client needs an older one (VOS machines of a contact centre from 12.5(1): set tls server min-version 1.2, then utils system restart; CUCM: set tls min-version 1.2, it reboots by itself).',
  severity: 'minor',
  sources: [rfc(8996, '4'), rfc(8996, '5'), rfc(7568, '3'), cisco.uccxSecurity('set tls server min-version')],
  judges: 'variants',
  detect({ variants }) {
    const accepted = legacy.filter((version) => variants.of(version)?.outcome === 'answered');
    if (accepted.length === 0) return variants.absentIfSeen(...legacy);
    return present('minor', `the port accepts ${accepted.join(', ')}`, { accepted: accepted.join(', ') });
  },
});
