import { createHash } from 'node:crypto';
import type { StepOf } from '#model/step.ts';
import type { RunbookLine } from '#model/runbook.ts';
import { namesOfInstance } from '#model/instance-services.ts';
import { requestPolicy } from '#model/request-policy.ts';
import { listenersOn } from '#products/index.ts';
import {
  answer,
  certificateLines,
  click,
  command,
  fileStem,
  knownDer,
  leaveOut,
  nameOf,
  replyFile,
  replyOnto,
  requestFile,
  restartAgain,
  temporary,
  tick,
  untilPortsShow,
  type RunbookFacts,
  type StepBody,
} from './lines.ts';

const prompt = 'a command prompt on the machine, as administrator';

/** Steps on a Windows machine itself: its certificate stores, its bindings, its services. */
export function windowsStep(step: StepOf<'windows'>, facts: RunbookFacts): StepBody {
  const name = nameOf(step.on, facts);

  const typed = (by: string, ...lines: readonly RunbookLine[]) => [{ by, lines: [...lines] }];

  switch (step.do) {
    case 'generate-key-pair':
      return {
        where: name,
        ways: typed(
          'Windows PowerShell on the machine, as administrator',
          command(
            `New-SelfSignedCertificate -DnsName '${step.name}' -CertStoreLocation Cert:\\LocalMachine\\My -KeyLength 2048 -HashAlgorithm SHA256 -NotAfter (Get-Date).AddDays(${String(step.days)})`,
          ),
        ),
        check: [`A Thumbprint is printed with the Subject CN=${step.name}: it is what the next steps bind.`],
        back: [click('certlm.msc, Personal: delete the new certificate.')],
      };
    case 'generate-request': {
      const [policy, request] = [policyFile(step), requestFile(step.on, step.unit)].map(temporary);
      return {
        where: name,
        ways: typed(
          prompt,
          click(`Write these lines into ${policy}:`),
          { kind: 'paste', text: requestPolicy(step.name).trimEnd().replaceAll('\r\n', '\n') },
          command(`certreq -new "${policy}" "${request}"`),
        ),
        check: [
          `${request} holds BEGIN NEW CERTIFICATE REQUEST; \`certutil -dump\` of it shows DNS Name=${step.name}.`,
        ],
        back: [click('certlm.msc, Certificate Enrollment Requests: delete the one of this machine.')],
      };
    }
    case 'import-reply':
      return {
        where: name,
        ways: typed(
          prompt,
          replyOnto(step.on, step.unit, facts),
          command(`certreq -accept -machine "${temporary(replyFile(step.on, step.unit))}"`),
        ),
        check: ['certlm.msc, Personal, shows the certificate with a key on its icon.'],
        back: [click('certlm.msc, Personal: delete it.')],
      };
    case 'bind-certificate':
      return bindStep(step, facts);
    case 'import-certificate':
      return importStep(step, facts);
    case 'restart-service':
      if (namesOfInstance(step.service) !== null) return cycled(step, name);
      return {
        where: name,
        ways: [
          {
            by: prompt,
            lines: [...stopLines(step, facts), command(`net start "${step.service}"`)],
          },
          ...(step.graceful === null ? [{ by: 'services.msc', lines: [click(`${step.service}: Restart`)] }] : []),
        ],
        check: [`services.msc shows ${step.service} as Running.`],
        back: restartAgain,
      };
    case 'wait-for':
      return untilPortsShow(name, step, `fingerprint of the certificate that ${name} has as ${step.unit}`);
  }
}

/** The lines of certreq for a request. */
export function policyFile({ on, unit }: StepOf<'windows', 'generate-request'>): string {
  return `${fileStem(on, unit)}.inf`;
}

const inPlaceOfHash =
  'Write it in place of hash: forty digits, no blanks, and nothing that does not show. Paste it into a plain text editor first, as ANSI: a question mark before the digits is such a character.';

/** The thumbprint of a certificate that lies in Personal: SHA-1 of it where it is known, else `hash`, and what prints it on the machine. */
function thumbprintOf(
  { on, certificate }: StepOf<'windows', 'bind-certificate'>,
  facts: RunbookFacts,
): { readonly hash: string; readonly lines: readonly RunbookLine[] } {
  const lines = (shownBy: RunbookLine, words: string): readonly RunbookLine[] => [
    shownBy,
    click(`${words} ${inPlaceOfHash}`),
  ];
  switch (certificate.from) {
    case 'plan': {
      const der = knownDer(certificate, facts);
      if (der !== null) return { hash: sha1(der), lines: [] };
      return {
        hash: 'hash',
        lines: lines(command('certutil -store My'), 'Cert Hash(sha1) of the certificate is its thumbprint.'),
      };
    }
    case 'reply': {
      const file = temporary(replyFile(certificate.machine, certificate.unit));
      return {
        hash: 'hash',
        lines: lines(command(`certutil -dump "${file}"`), 'Cert Hash(sha1) of the answer is its thumbprint.'),
      };
    }
    case 'made':
      return {
        hash: 'hash',
        lines: [click(`The thumbprint is the one that was printed when it was made. ${inPlaceOfHash}`)],
      };
    case 'identity-store': {
      const port = listenersOn(facts.machine(on)).find(({ presents }) => presents === certificate.unit)?.port;
      const shownBy = port === undefined ? 'certutil -store My' : `netsh http show sslcert ${bindingAt(port)}`;
      return {
        hash: 'hash',
        lines: lines(
          command(shownBy),
          `The Certificate Hash of ${certificate.unit}, Cert Hash(sha1) in certutil, is its thumbprint.`,
        ),
      };
    }
  }
}

function bindingAt(port: number): string {
  return `ipport=0.0.0.0:${String(port)}`;
}

/** Windows knows certificates by SHA-1. */
function sha1(der: Buffer): string {
  return createHash('sha1').update(der).digest('hex');
}

function bindStep(step: StepOf<'windows', 'bind-certificate'>, facts: RunbookFacts): StepBody {
  const name = nameOf(step.on, facts);
  const place = bindingAt(step.port);
  const { hash, lines: thumbprint } = thumbprintOf(step, facts);
  if (step.by === 'netsh') {
    return {
      where: name,
      ways: [
        {
          by: 'IIS Manager',
          lines: [
            click(
              `Default Web Site, Bindings: https ${String(step.port)}, Edit (Add, where there is none); SSL certificate: the one of this step; OK`,
            ),
          ],
        },
        {
          by: prompt,
          lines: [
            command(`netsh http show sslcert ${place}`),
            click('Where nothing is bound, and the site has no https yet, in Windows PowerShell as administrator:'),
            command(`New-WebBinding -Name 'Default Web Site' -Protocol https -Port ${String(step.port)}`),
            click('Keep what is shown. The next command is for where something is bound.'),
            command(`netsh http delete sslcert ${place}`),
            ...thumbprint,
            command(
              `netsh http add sslcert ${place} certhash=${hash} appid={4dc3e181-e14b-4a21-b022-59fc669b0914} certstorename=My`,
            ),
          ],
        },
      ],
      check: [`\`netsh http show sslcert ${place}\` shows the thumbprint.`],
      back: [
        click('The same with the Certificate Hash that was shown before; where nothing was bound, delete it instead:'),
        command(`netsh http delete sslcert ${place}`),
        click('Where the site had no https before, in Windows PowerShell as administrator:'),
        command(`Remove-WebBinding -Name 'Default Web Site' -Protocol https -Port ${String(step.port)}`),
      ],
    };
  }
  const tool = '"C:\\icm\\serviceability\\diagnostics\\bin\\DiagFwCertMgr.exe"';
  return {
    where: name,
    ways: [
      {
        by: prompt,
        lines: [
          click('Where ICM is not in C:\\icm, write its own folder.'),
          command(`netsh http show sslcert ${place}`),
          command(`${tool} /task:UnbindCert`),
          ...thumbprint,
          command(`${tool} /task:BindCertFromStore /certhash:${hash}`),
          command(`${tool} /task:ValidateCertBinding`),
        ],
      },
    ],
    check: [
      '"The certificate binding is VALID" and "Certificate hash stored in service registry matches certificate used by service" are shown.',
    ],
    back: [click('The same with the Certificate Hash that was shown before.')],
  };
}

/** What a certificate is kept as on its way into a store of Windows. */
export const trustedFile = temporary('trusted.cer');

/** Looked for first: one that was there before, as of an authority that others rely on too, must not go with the way back. */
function importStep(step: StepOf<'windows', 'import-certificate'>, facts: RunbookFacts): StepBody {
  const name = nameOf(step.on, facts);
  const file = trustedFile;
  const der = knownDer(step.certificate, facts);
  const hash = der === null ? 'hash' : sha1(der);
  const hashOfFile = click('Write the Cert Hash(sha1) of the certificate in place of hash, without blanks:');
  return {
    where: name,
    ways: [
      {
        by: prompt,
        lines: [
          ...certificateLines(step.certificate, facts),
          click(`Keep it as ${file} on ${name}.`),
          ...(der === null ? [command(`certutil -dump "${file}"`), hashOfFile] : []),
          command(`certutil -store ${step.store} ${hash}`),
          tick('It was not there before: NTE_NOT_FOUND is shown.'),
          tick(`It was there before, and is shown: ${leaveOut}`),
          command(`certutil -addstore ${step.store} "${file}"`),
        ],
      },
    ],
    check: [`\`certutil -store ${step.store}\` lists the certificate of ${step.of}.`],
    back: [
      click('Only where it was not there before, as ticked above:'),
      ...(der === null ? [hashOfFile] : []),
      command(`certutil -delstore ${step.store} ${hash}`),
    ],
  };
}

/** Its name carries the instance, so that no command line can be written down. */
function cycled({ service }: StepOf<'windows', 'restart-service'>, name: string): StepBody {
  return {
    where: name,
    ways: [
      {
        by: 'Unified CCE Service Control',
        lines: [click(`The ${service} of each instance on this machine: Cycle`)],
      },
    ],
    check: [`Unified CCE Service Control shows ${service} as Running.`],
    back: restartAgain,
  };
}

/** Calls are let end where CVP has a program for it. */
function stopLines(
  { on, service, graceful }: StepOf<'windows', 'restart-service'>,
  facts: RunbookFacts,
): RunbookLine[] {
  if (graceful === null) return [command(`net stop "${service}"`)];
  const name = nameOf(on, facts);
  const isReporting = graceful.service === 'reportingserver';
  const callServer = isReporting ? nameOf(graceful.callServer, facts) : name;
  return [
    ...(isReporting ? [click(`See that ${service} runs on ${callServer}: it must meanwhile.`)] : []),
    command('"%CVP_HOME%\\bin\\ServiceController\\service-controller.bat"'),
    answer('CALLSERVER-IP-ADDRESS:', `the address of ${callServer}`),
    answer('CALLSERVER-USERNAME:', 'an administrator of the machine'),
    answer('CALLSERVER-PASSWORD:', 'the password'),
    answer('SERVICE-NAME:', graceful.service),
    ...(isReporting ? [answer('REPORTINGSERVER-IP-ADDRESS:', `the address of ${name}`)] : []),
    click(`Wait until services.msc shows ${service} as stopped.`),
  ];
}
