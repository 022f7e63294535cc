import type { Machine } from '#model/inventory.ts';
import type { MachineId } from '#model/names.ts';
import { toPem } from '#model/pem.ts';
import type { CertificateReference, Plan, Step } from '#model/plan.ts';
import type { RunbookLine, RunbookStep } from '#model/runbook.ts';
import { stepTitle } from './step-title.ts';

/** What a runbook fills in. */
export interface RunbookFacts {
  machine(id: MachineId): Machine;
  readonly plan: Pick<Plan, 'certificates'>;
}

const commandLine = 'the command line of the machine (SSH, prompt admin:)';
const administration = 'Cisco Unified OS Administration';

function command(text: string): RunbookLine {
  return { kind: 'command', text };
}

function click(text: string): RunbookLine {
  return { kind: 'click', text };
}

/** A step of a plan as a person does it: every command, answer and value for this machine. The commands are those that uccert sends. */
export function runbookStep(step: Step, facts: RunbookFacts): RunbookStep {
  const title = stepTitle(step);
  switch (step.do) {
    case 'regenerate-certificate':
      return {
        title,
        where: nameOf(step.on, facts),
        outage: null,
        ways: [
          {
            by: commandLine,
            lines: [
              command(`set cert regen ${step.unit}`),
              { kind: 'answer', to: 'Proceed with regeneration (yes|no)?', text: 'yes' },
            ],
          },
          {
            by: administration,
            lines: [
              click(`https://${nameOf(step.on, facts)}/cmplatform: Security > Certificate Management`),
              click(`Generate Self-signed; Certificate Purpose: ${step.unit}; Generate`),
            ],
          },
        ],
        check: [
          `"Successfully regenerated certificate for ${step.unit}." is shown.`,
          `show cert own ${step.unit} prints another certificate than before: its PEM, given to openssl x509 -noout -fingerprint -sha256, is no longer ${step.replaces}.`,
        ],
        back: [
          click(
            'It cannot be taken back: the previous key is gone. Go on; the next steps hand the new certificate out.',
          ),
        ],
      };
    case 'import-certificate':
      return importStep(step, title, facts);
    case 'restart-service':
      return {
        title,
        where: nameOf(step.on, facts),
        outage: step.outage,
        ways: [{ by: commandLine, lines: [command(`utils service restart ${step.service}`)] }],
        check: [`${step.service}[STARTED] is shown. It may take ten minutes on a loaded machine.`],
        back: [click('Nothing to take back: after a roll-back of the steps before it, restart the service again.')],
      };
    case 'wait-for':
      return {
        title,
        where: 'any machine with OpenSSL that reaches the ports',
        outage: null,
        ways: [
          {
            by: 'a look at every port',
            lines: step.ports.map((port) => command(lookAt(nameOf(step.on, facts), port))),
          },
        ],
        check: [
          `Within ${String(step.atMost)} seconds every port shows the same fingerprint: that of the PEM which show cert own ${step.unit} prints on ${nameOf(step.on, facts)}, given to openssl x509 -noout -fingerprint -sha256.`,
        ],
        back: [click('Nothing to take back: this step only looks.')],
      };
    case 'write-file':
      return {
        title,
        where: `the PCs of the profile ${step.client}`,
        outage: null,
        ways: [
          {
            by: 'the PCs, or what distributes certificates to them',
            lines: [
              ...certificateLines(step.certificate, facts),
              click(
                'Put it into the trusted certificates of each PC; on Windows: Trusted Root Certification Authorities, by group policy.',
              ),
              ...(step.replaces === null ? [] : [click(`Take away the one it replaces, SHA-256 ${step.replaces}.`)]),
            ],
          },
        ],
        check: ['The browser, closed and opened again, shows the pages of the machine without a warning.'],
        back: [click('Take the certificate out again and put back the one it replaced.')],
      };
  }
}

function importStep(
  step: Extract<Step, { do: 'import-certificate' }>,
  title: string,
  facts: RunbookFacts,
): RunbookStep {
  const unit = step.store.replace(/-trust$/, '');
  const known = step.certificate.from === 'plan' ? facts.plan.certificates[step.certificate.sha256] : undefined;
  const pem = known === undefined ? null : toPem(Buffer.from(known, 'base64')).trimEnd();
  return {
    title,
    where: nameOf(step.on, facts),
    outage: null,
    ways: [
      {
        by: commandLine,
        lines: [
          ...(pem === null ? certificateLines(step.certificate, facts) : []),
          command(`set cert import trust ${unit}`),
          {
            kind: 'answer',
            to: 'Paste the Certificate and Hit Enter',
            text: pem === null ? 'the certificate shown before' : 'the certificate below',
          },
          ...(pem === null ? [] : [{ kind: 'paste' as const, text: pem }]),
        ],
      },
      {
        by: administration,
        lines: [
          click(`https://${nameOf(step.on, facts)}/cmplatform: Security > Certificate Management`),
          click(
            `Upload Certificate/Certificate chain; Certificate Purpose: ${step.store}; choose the file; Upload File`,
          ),
        ],
      },
    ],
    check: [
      `"Successfully imported certificate for ${unit}." is shown.`,
      `show cert list trust lists the certificate of ${nameOf(step.of, facts)} under ${step.store}.`,
    ],
    back: [
      click('show cert list trust names the file of the certificate; write it in place of FILE.pem'),
      command(`set cert delete ${unit} FILE.pem`),
    ],
  };
}

/** How the certificate is come by: from the machine's own store over a signed-in session, never from the wire. */
function certificateLines(reference: CertificateReference, facts: RunbookFacts): RunbookLine[] {
  if (reference.from === 'plan') {
    const der = facts.plan.certificates[reference.sha256];
    return der === undefined ? [] : [{ kind: 'paste', text: toPem(Buffer.from(der, 'base64')).trimEnd() }];
  }
  return [
    click(`On ${nameOf(reference.machine, facts)}, prompt admin:, and copy from BEGIN CERTIFICATE to END CERTIFICATE:`),
    command(`show cert own ${reference.unit}`),
  ];
}

function nameOf(id: MachineId, facts: RunbookFacts): string {
  const { fqdn, address } = facts.machine(id);
  return fqdn ?? address ?? id;
}

function lookAt(name: string, port: number): string {
  return `openssl s_client -connect ${name}:${String(port)} -servername ${name} </dev/null | openssl x509 -noout -fingerprint -sha256`;
}

/** What is wrong with a command that people copy: characters that only look like those of a keyboard, or that nobody sees. */
export function lintCommand(text: string): string[] {
  const odd = new Set(text.match(/[^ -~]/gu));
  const mistakes = Array.from(
    odd,
    (character) => `character U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) mistakes.push('a quotation mark that is not closed');
  if (text !== text.trim()) mistakes.push('a blank at the edge');
  return mistakes;
}
