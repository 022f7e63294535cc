import type { Step } from '#model/plan.ts';
import { listenersOf, productOf } from '#products/index.ts';
import { cisco } from '#products/sources.ts';
import { defineRemediation } from './define-remediation.ts';

const unit = 'tomcat';

export const restartServicesWithOldCertificate = defineRemediation({
  id: 'restart-services-with-old-certificate',
  title: 'Restart the services that still present an older certificate',
  describes:
    'Compares what each port presents with what the identity store of the machine holds, restarts the services of the ports that differ, and waits until they present the certificate of the store. Changes no certificate.',
  fixes: ['ports-present-different-certificates', 'previous-certificate-presented'],
  on: ['uccx', 'ccp', 'cucm', 'mediasense'],
  sources: [
    cisco.uccxCertificates('Restart after the upload'),
    cisco.uccxCli('Services; which of them presents the certificate', 'inferred'),
  ],
  plan({ machine }, facts) {
    const identity = facts.identity(machine.id, unit);
    if (identity === null) {
      return { declined: `the ${unit} identity of ${machine.id} could not be read over its command line` };
    }
    const stale = facts
      .portsPresenting(machine.id, unit)
      .filter((port) => facts.presented(machine.id, port) !== identity);
    if (stale.length === 0)
      return { declined: `every port of ${machine.id} presents the certificate of its store now` };
    const services = new Set(
      listenersOf(machine.type, machine.release)
        .filter(({ port }) => stale.includes(port))
        .map(({ service }) => service),
    );
    const known = productOf(machine.type).afterIdentityChange?.services ?? [];
    const restarts = [...services].map((service): Step => ({
      do: 'restart-service',
      on: machine.id,
      service,
      outage: known.find((restart) => restart.service === service)?.outage ?? 'what it serves is away',
    }));
    return {
      title: `Restart ${[...services].join(', ')} on ${machine.id}`,
      steps: [...restarts, { do: 'wait-for', on: machine.id, ports: stale, unit, atMost: 600 }],
      keeps: [],
      irreversible: [],
    };
  },
});
