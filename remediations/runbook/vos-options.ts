import type { StepOf } from '#model/step.ts';
import { answer, click, command, commandLine, type StepBody } from './lines.ts';

/** What is set on the command line of a VOS machine: asked for first, so that the way back is known. */
export function optionLines(step: StepOf<'vos', 'set-option'>): Omit<StepBody, 'where'> {
  const show = command(`show ${step.option}`);
  const set = command(`set ${step.option} ${step.value}`);
  const typed = (question: string, yes: string): StepBody['ways'] => [
    { by: commandLine, lines: [show, click('Keep what is shown, for the way back.'), set, answer(question, yes)] },
  ];
  switch (step.option) {
    case 'tls server cert_type': {
      const title = step.value.toUpperCase();
      return {
        ways: typed('Do you want to continue (y/n) ?', 'y'),
        check: [
          `"Successfully configured the server to use ${title} certificate for all inbound connections." is shown; the machine reboots in a minute.`,
          `After it is back, \`show ${step.option}\` names ${title}.`,
        ],
        back: [command(`set ${step.option} ${step.value === 'rsa' ? 'ecdsa' : 'rsa'}`)],
      };
    }
    case 'tls server min-version':
      return {
        ways: typed('Do you really want to continue (yes/no)?', 'yes'),
        check: [
          '"Command successful" is shown. It waits for the restart of the machine, which is a step of its own.',
          `\`show ${step.option}\` prints ${step.value}.`,
          toolAnew,
        ],
        back: backTo(step),
      };
    case 'tls min-version':
      return {
        ways: typed('Do you want to continue (yes/no) ?', 'yes'),
        check: [
          `"Successfully set minimum TLS version to ${step.value}" is shown; the machine reboots in a few minutes.`,
          `After it is back, \`show ${step.option}\` prints ${step.value}.`,
          toolAnew,
        ],
        back: backTo(step),
      };
  }
}

const toolAnew = 'Whoever has the Real-Time Monitoring Tool installs it anew, from the page of the machine.';

function backTo({ option }: StepOf<'vos', 'set-option'>): StepBody['back'] {
  return [click('Write the version that was shown before in place of 1.0:'), command(`set ${option} 1.0`)];
}
