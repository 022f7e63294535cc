import type { Step } from '#model/step.ts';
import { listenersOn, productOf } from '#products/index.ts';
import { cisco } from '#products/sources.ts';
import { defineRemediation, trustTarget } from './define-remediation.ts';
import { clientFiles, noClientFiles } from './planning/client-files.ts';
import { around, handedBy, handOut } from './planning/hand-out.ts';
import { isOverwritten } from './planning/overwritten.ts';
import { vosProducts } from './planning/vos-products.ts';

const unit = 'tomcat';

export const restartServicesWithOldCertificate = defineRemediation({
  id: 'restart-services-with-old-certificate',
  title: 'Restart the services that still present an older certificate',
  describes:
    'Compares what each port presents with what the identity store of the machine holds, restarts the services of the ports that differ, and waits until they present the certificate of the store. Before that, whoever relies on the machine is given the certificate of the store, where it is not trusted yet.',
  fixes: ['ports-present-different-certificates', 'previous-certificate-presented', 'presented-differs-from-store'],
  on: vosProducts,
  sources: [
    cisco.uccxCertificates('Restart after the upload'),
    cisco.uccxCli('Services; which of them presents the certificate', 'inferred'),
  ],
  plan({ machine }, facts) {
    const identity = facts.identity(machine.id, unit);
    if (identity === null) {
      return { declined: `the ${unit} identity of ${machine.id} could not be read over its command line` };
    }
    if (isOverwritten(machine, facts))
      return { declined: `the store of ${machine.id} holds a self-signed certificate, which a restart would present` };
    const stale = facts
      .portsPresenting(machine.id, unit)
      .filter((port) => facts.presented(machine.id, port) !== identity);
    if (stale.length === 0)
      return { declined: `every port of ${machine.id} presents the certificate of its store now` };
    const services = new Set(
      listenersOn(machine)
        .filter(({ port }) => stale.includes(port))
        .map(({ service }) => service),
    );
    const known = productOf(machine.type).afterIdentityChange?.services ?? [];
    const handed = handedBy(machine, identity, facts);
    if ('declined' in handed) return handed;
    const handedOut = handOut(machine, handed, facts);
    if ('declined' in handedOut) return handedOut;
    const vos = { via: 'vos', on: machine.id } as const;
    const old = new Set(stale.flatMap((port) => facts.presented(machine.id, port) ?? []));
    const [accepted = null] = old;
    const clients =
      machine.certificates === 'ca-signed'
        ? noClientFiles
        : clientFiles(machine, { from: 'plan', sha256: identity }, accepted, facts);
    const restarts = [...services].map((service): Step => ({
      do: 'restart-service',
      ...vos,
      service,
      outage: known.find((restart) => restart.service === service)?.outage ?? 'what it serves is away',
    }));
    return {
      title: `Restart ${[...services].join(', ')} on ${machine.id}`,
      // Nobody may have been told of the certificate yet that the ports are about to present.
      steps: around(handedOut, clients, [...restarts, { do: 'wait-for', ...vos, ports: stale, unit, atMost: 600 }]),
      replaces: [...old],
      keeps: facts.reliedOnBy(machine.id).map(trustTarget),
      irreversible: [
        `what ${machine.id} presents now: its services hold that certificate in memory, and no store has it any more`,
      ],
    };
  },
});
