import type { Machine } from '#model/inventory.ts';
import type { MachineId } from '#model/names.ts';
import { toPem } from '#model/pem.ts';
import type { CertificateReference, Plan } from '#model/plan.ts';
import type { RunbookLine, RunbookStep } from '#model/runbook.ts';

/** What a runbook fills in. */
export interface RunbookFacts {
  machine(id: MachineId): Machine;
  readonly plan: Pick<Plan, 'certificates'>;
}

/** A step without its title and outage, which are the same for every kind. */
export type StepBody = Omit<RunbookStep, 'title' | 'outage'>;

export function command(text: string): RunbookLine {
  return { kind: 'command', text };
}

export function click(text: string): RunbookLine {
  return { kind: 'click', text };
}

export function answer(to: string, text: string): RunbookLine {
  return { kind: 'answer', to, text };
}

export const onlyLooks = [click('Nothing to take back: this step only looks.')];
export const restartAgain = [click('Nothing to take back: after a roll-back of the steps before it, restart again.')];

/** The name people use of the machine. */
export function nameOf(id: MachineId, facts: RunbookFacts): string {
  const { fqdn, address } = facts.machine(id);
  return fqdn ?? address ?? id;
}

/** What prints the fingerprint of what a port presents. */
export function lookAt(name: string, port: number): RunbookLine {
  return command(
    `openssl s_client -connect ${name}:${String(port)} -servername ${name} </dev/null | openssl x509 -noout -fingerprint -sha256`,
  );
}

/** The certificate where the plan holds it, as PEM. */
export function knownPem(reference: CertificateReference, facts: RunbookFacts): string | null {
  if (reference.from !== 'plan') return null;
  const der = facts.plan.certificates[reference.sha256];
  return der === undefined ? null : toPem(Buffer.from(der, 'base64')).trimEnd();
}

/** How the certificate is come by: pasted whole where it is known, else from the machine's own store over a signed-in session, or the reply. */
export function certificateLines(reference: CertificateReference, facts: RunbookFacts): RunbookLine[] {
  switch (reference.from) {
    case 'plan': {
      const pem = knownPem(reference, facts);
      return pem === null ? [] : [{ kind: 'paste', text: pem }];
    }
    case 'identity-store':
      return [
        click(
          `On ${nameOf(reference.machine, facts)}, prompt admin:, and copy from BEGIN CERTIFICATE to END CERTIFICATE:`,
        ),
        command(`show cert own ${reference.unit}`),
      ];
    case 'reply':
      return [click(`Take the answer of the authority for ${nameOf(reference.machine, facts)}, as PEM.`)];
  }
}
