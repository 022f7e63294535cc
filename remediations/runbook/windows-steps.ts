import type { StepOf } from '#model/plan.ts';
import {
  certificateLines,
  click,
  command,
  lookAt,
  nameOf,
  onlyLooks,
  restartAgain,
  type RunbookFacts,
  type StepBody,
} from './lines.ts';

const prompt = 'a command prompt on the machine, as administrator';

/** Steps on a Windows machine itself: its certificate stores, its bindings, its services. */
export function windowsStep(step: StepOf<'windows'>, facts: RunbookFacts): StepBody {
  const name = nameOf(step.on, facts);

  switch (step.do) {
    case 'import-certificate': {
      const file = '%TEMP%\\trusted.cer';
      return {
        where: name,
        ways: [
          {
            by: prompt,
            lines: [
              ...certificateLines(step.certificate, facts),
              click(`Keep it as ${file} on ${name}.`),
              command(`certutil -addstore ${step.store} "${file}"`),
            ],
          },
        ],
        check: [`certutil -store ${step.store} lists the certificate of ${step.of}.`],
        back: [
          click('Write the Cert Hash(sha1) of the certificate in place of hash, without blanks:'),
          command(`certutil -delstore ${step.store} hash`),
        ],
      };
    }
    case 'restart-service':
      return {
        where: name,
        ways: [
          { by: prompt, lines: [command(`net stop "${step.service}"`), command(`net start "${step.service}"`)] },
          { by: 'services.msc', lines: [click(`${step.service}: Restart`)] },
        ],
        check: [`services.msc shows ${step.service} as Running.`],
        back: restartAgain,
      };
    case 'wait-for':
      return {
        where: 'any machine with OpenSSL that reaches the ports',
        ways: [{ by: 'a look at every port', lines: step.ports.map((port) => lookAt(name, port)) }],
        check: [
          `Within ${String(step.atMost)} seconds every port shows the fingerprint of the certificate that ${name} has as ${step.unit}.`,
        ],
        back: onlyLooks,
      };
  }
}
