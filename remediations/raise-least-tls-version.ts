import type { PresentFinding } from '#model/finding.ts';
import type { Machine } from '#model/inventory.ts';
import type { Step } from '#model/step.ts';
import { productOf } from '#products/index.ts';
import { isInRange, type ReleaseRange } from '#products/release.ts';
import { cisco } from '#products/sources.ts';
import { defineRemediation, type PlanningFacts } from './define-remediation.ts';
import { waits, wholeMachine } from './planning/restart-steps.ts';
import { vosProducts } from './planning/vos-products.ts';

/** Releases whose command line has the option; CUCM has another, and from 15 SU2 its publisher sets it for the whole cluster. */
const contactCentre: ReleaseRange = { from: '12.5(1)' };
const cucm: ReleaseRange = { from: '11.5(1)SU3' };
const cucmAsCluster: ReleaseRange = { from: '15.0(1)SU2' };

export const raiseLeastTlsVersion = defineRemediation({
  id: 'raise-least-tls-version',
  title: 'Raise the least TLS version to 1.2',
  describes:
    'Sets the least version of TLS that the machine speaks to clients to 1.2, and restarts the machine, once for everything that waits for a restart of it. CUCM has one least version for both directions and reboots by itself. Clients that know nothing newer than TLS 1.1 connect no more, and the Real-Time Monitoring Tool has to be installed anew on the PCs that have it. Taken back by setting the earlier version again.',
  fixes: ['legacy-protocol-accepted'],
  on: vosProducts,
  sources: [
    cisco.uccxCli('set tls server min-version, show tls server min-version'),
    cisco.uccx125Preface('Change History: Initial Release of Document for Release 12.5(1)'),
    cisco.cceInstallCli125('TLS Server Minimum Version'),
    cisco.cuicCli('set tls min-version'),
    cisco.finesseCommands('Show Commands, Set Commands'),
    cisco.cucmCli('set tls min-version'),
    cisco.cucmLeastTls('CLI Commands for TLS Minimum Version Configuration'),
    cisco.cucmTlsSetup('Set Minimum TLS Version'),
  ],
  plan({ machine, findings }, facts) {
    const because = whyNot(machine, findings, facts);
    if (because !== null) return { declined: because };
    const units = presentedUnits(machine, findings, facts);
    return {
      title: `Raise the least TLS version on ${machine.id}`,
      steps: [...optionSteps(machine), ...waits(machine, units, facts)],
      replaces: [],
      keeps: [],
      irreversible: [],
    };
  },
});

function isCucm(machine: Machine): boolean {
  return productOf(machine.type).id === 'cucm';
}

function whyNot(machine: Machine, findings: readonly PresentFinding[], facts: PlanningFacts): string | null {
  const { id, release } = machine;
  const range = isCucm(machine) ? cucm : contactCentre;
  if (isInRange(release, range) === null) {
    return `which command sets the least TLS version depends on the release: say the release of ${id} in the inventory`;
  }
  if (isCucm(machine) && isInRange(release, cucmAsCluster) === true) {
    return 'from 15 SU2 the least TLS version is set once for the whole cluster: on the publisher, set tls min-version 1.2, then restart the other nodes';
  }
  if (isInRange(release, range) === false) {
    return `the command line of ${id}, release ${release ?? ''}, cannot raise its least TLS version: upgrade to ${range.from ?? ''} or later`;
  }
  const mute = portsOf(findings).find((port) => !['TLSv1.2', 'TLSv1.3'].includes(facts.protocol(id, port) ?? ''));
  if (mute === undefined) return null;
  return `port ${String(mute)} of ${id} was not seen to speak TLS 1.2, and would speak to nobody afterwards: see what keeps it from TLS 1.2 first`;
}

function portsOf(findings: readonly PresentFinding[]): number[] {
  return findings.flatMap(({ subject }) => (subject.scope === 'endpoint' ? [subject.port] : []));
}

/** What the ports present now is waited for: a machine set to ECDSA presents that. */
function presentedUnits(machine: Machine, findings: readonly PresentFinding[], facts: PlanningFacts): string[] {
  const units = portsOf(findings).flatMap((port) => {
    const presented = facts.presented(machine.id, port);
    return presented === null ? [] : (facts.unitOf(machine.id, presented) ?? 'tomcat');
  });
  return [...new Set(units)];
}

function optionSteps(machine: Machine): Step[] {
  const vos = { via: 'vos', on: machine.id } as const;
  if (isCucm(machine)) {
    return [{ do: 'set-option', ...vos, option: 'tls min-version', value: '1.2', outage: wholeMachine }];
  }
  return [
    { do: 'set-option', ...vos, option: 'tls server min-version', value: '1.2' },
    { do: 'restart-machine', ...vos, outage: wholeMachine },
  ];
}
