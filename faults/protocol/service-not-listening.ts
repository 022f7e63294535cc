import { cisco } from '#products/sources.ts';
import { rfc } from '#model/rfc.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const serviceNotListening = defineFault({
  id: 'service-not-listening',
  category: 'protocol',
  title: 'Nothing listens on the port',
  titleAbsent: 'Something listens on the port',
  symptom: 'The page does not open (ERR_CONNECTION_REFUSED), the gadget stays empty.',
  cause: 'The service is stopped or still starting, or failed to start with the certificate it was given.',
  advice:
    'Look at the service on the machine (utils service list, or the services of Windows) and start it; where it does not start, read its log for the certificate.',
  severity: 'major',
  sources: [cisco.uccxPorts('Ports and services'), cisco.ccePorts('Ports and services'), rfc(9293, '3.10.7.1')],
  judges: 'connection',
  detect({ endpoint: { listener, place }, connection }) {
    if (connection.answer !== 'refused') return absent;
    const isForAgents = listener?.audiences.includes('agents') ?? false;
    return present(isForAgents ? 'critical' : 'major', `the connection to port ${String(place.port)} was refused`, {
      address: place.address ?? 'unknown',
      service: listener?.service ?? 'unknown',
    });
  },
});
