import { clientAuthentication, serverAuthentication } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const cucmCriticalKeyPurpose: Scenario = {
  id: 'cucm-critical-key-purpose',
  title: 'CUCM’s certificate has a critical extKeyUsage',
  story:
    'The CA marks extKeyUsage critical. Browsers do not mind; UCCX refuses the certificate (CSCvd56174), and agents read "Invalid User ID/Password".',
  rows: ['U20', 'U23'],
  needs: 'any',
  change: (lab) =>
    lab.install('cucm1', {
      extendedKeyUsage: { usages: [serverAuthentication, clientAuthentication], critical: true },
    }),
  expects: [{ fault: 'unsupported-critical-extension', on: 'CM_PUBLISHER', ports: 'tomcat' }],
  noticedOn: ['Finesse desktop'],
};
