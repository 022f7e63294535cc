import type { Machine } from '#model/inventory.ts';
import type { MachineId } from '#model/names.ts';
import { toPem } from '#model/pem.ts';
import type { Plan } from '#model/plan.ts';
import type { CertificateReference, StepOf } from '#model/step.ts';
import type { RunbookLine, RunbookStep } from '#model/runbook.ts';
import { listenersOn, productOf, storesOn } from '#products/index.ts';
import { javaOfCvp } from '#products/java-key-stores.ts';

/** What a runbook fills in. */
export interface RunbookFacts {
  machine(id: MachineId): Machine;
  readonly plan: Pick<Plan, 'id' | 'inventory' | 'certificates'>;
  /** Whether the request for an identity names nothing, as its authority changes names. */
  isNameless(machine: MachineId, unit: string): boolean;
  /** The restarts behind a step that take up what is done to its key store, by number and title. */
  restartsOf(step: StepOf<'java', 'back-up-store'>): readonly string[];
}

/** A step without what is the same for every kind. */
export type StepBody = Omit<RunbookStep, 'title' | 'outage' | 'before' | 'takenUpBy'>;

export function command(text: string): RunbookLine {
  return { kind: 'command', text };
}

export function click(text: string): RunbookLine {
  return { kind: 'click', text };
}

export function answer(to: string, text: string): RunbookLine {
  return { kind: 'answer', to, text };
}

export function tick(text: string): RunbookLine {
  return { kind: 'tick', text };
}

/** The command line of a VOS machine, as a way to do a step. */
export const commandLine = 'the admin: command line of the machine, over SSH';

export const restartAgain = [click('Nothing to take back: after a roll-back of the steps before it, restart again.')];

/** The name people use of the machine. */
export function nameOf(id: MachineId, facts: RunbookFacts): string {
  const { fqdn, address } = facts.machine(id);
  return fqdn ?? address ?? id;
}

/** What prints the fingerprint of what a port presents. */
function lookAt(name: string, port: number): RunbookLine {
  return command(
    `openssl s_client -connect ${name}:${String(port)} -servername ${name} </dev/null | openssl x509 -noout -fingerprint -sha256`,
  );
}

/** A look at every port, until each shows what it should: `sign` goes on after `every port shows the`. */
export function untilPortsShow(
  name: string,
  { ports, atMost }: { readonly ports: readonly number[]; readonly atMost: number },
  sign: string,
): StepBody {
  return {
    where: 'any machine with OpenSSL that reaches the ports',
    ways: [{ by: 'a look at every port', lines: ports.map((port) => lookAt(name, port)) }],
    check: [`Within ${String(atMost)} seconds every port shows the ${sign}.`],
    back: [click('Nothing to take back: this step only looks.')],
  };
}

/** The certificate where the plan holds it, DER. */
export function knownDer(reference: CertificateReference, facts: RunbookFacts): Buffer | null {
  if (reference.from !== 'plan') return null;
  const der = facts.plan.certificates[reference.sha256];
  return der === undefined ? null : Buffer.from(der, 'base64');
}

/** The same as PEM. */
export function knownPem(reference: CertificateReference, facts: RunbookFacts): string | null {
  const der = knownDer(reference, facts);
  return der === null ? null : toPem(der).trimEnd();
}

/** The request of an identity, by one name on the machine and where its answer is waited for. */
export function requestFile(machine: MachineId, unit: string): string {
  return `${fileStem(machine, unit)}.csr`;
}

/** The answer to it, likewise. */
export function replyFile(machine: MachineId, unit: string): string {
  return `${fileStem(machine, unit)}.pem`;
}

/** Without blanks: `aw1-Diagnostic-Framework`. */
export function fileStem(machine: MachineId, unit: string): string {
  return `${machine}-${unit.replaceAll(' ', '-')}`;
}

/** What a certificate is kept as on its way into a key store under an alias. */
export function certificateFile(alias: string): string {
  return `${alias}.cer`;
}

/** Where the files of a step lie on a Windows machine. */
export function temporary(file: string): string {
  return `%TEMP%\\${file}`;
}

/** The answer as it comes onto the machine whose request it answers. */
export function replyOnto(machine: MachineId, unit: string, facts: RunbookFacts): RunbookLine {
  const file = replyFile(machine, unit);
  return click(
    `Copy ${file}, the answer of the authority, onto ${nameOf(machine, facts)} as ${temporary(file)}: by scp, or by the drives of a Remote Desktop session.`,
  );
}

/** What was there before the step stays, whoever takes it back. */
export const leaveOut = 'leave out the rest of this step, and never take it back.';

/** How the certificate is come by: pasted whole where it is known, else from the machine's own store over a signed-in session, or the reply. */
export function certificateLines(reference: CertificateReference, facts: RunbookFacts): RunbookLine[] {
  switch (reference.from) {
    case 'plan': {
      const pem = knownPem(reference, facts);
      return pem === null ? [] : [{ kind: 'paste', text: pem }];
    }
    case 'identity-store':
      if (productOf(facts.machine(reference.machine).type).platform === 'windows')
        return windowsIdentityLines(reference.machine, reference.unit, facts);
      return [
        click(
          `On ${nameOf(reference.machine, facts)} in its command line, copy from BEGIN CERTIFICATE to END CERTIFICATE:`,
        ),
        command(`show cert own ${reference.unit}`),
      ];
    case 'reply':
      return [
        click(
          `Take the answer of the authority for ${nameOf(reference.machine, facts)}: the file ${replyFile(reference.machine, reference.unit)}, kept when it came.`,
        ),
      ];
    case 'made':
      return [
        click(
          `Take the self-signed certificate for ${reference.unit} that was made on ${nameOf(reference.machine, facts)}.`,
        ),
      ];
  }
}

/** An alias of the key store is exported by keytool; what Windows has bound is exported from its store. */
function windowsIdentityLines(id: MachineId, unit: string, facts: RunbookFacts): RunbookLine[] {
  const machine = facts.machine(id);
  const kept = storesOn(machine).find(({ identity }) => identity === unit)?.keptIn;
  const on = click(`On ${nameOf(id, facts)}, in a command prompt as administrator, then copy the file from there:`);
  if (kept?.by === 'java-key-store')
    return [
      on,
      command(
        `"${javaOfCvp}" -exportcert -rfc -alias ${unit} -keystore "${kept.path}" -storetype JCEKS -file "%TEMP%\\${id}-${unit}.cer"`,
      ),
      answer('Enter keystore password:', 'the password of the key store'),
    ];
  const port = listenersOn(machine).find(({ presents }) => presents === unit)?.port;
  return [
    on,
    ...(port === undefined ? [] : [command(`netsh http show sslcert ipport=0.0.0.0:${String(port)}`)]),
    click(
      kept?.by === 'pem-files'
        ? `Take the certificate from ${kept.path.replace('<ICM>', 'C:\\icm')}.`
        : 'certlm.msc, Personal: export the certificate with this Certificate Hash without its key, base 64.',
    ),
  ];
}
