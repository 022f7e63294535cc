import type { Step } from '#model/step.ts';
import type { RunbookLine } from '#model/runbook.ts';
import { apartOf, copyOf } from './java-lines.ts';
import { click, command, nameOf, requestFile, temporary, type RunbookFacts } from './lines.ts';
import { policyFile } from './windows-steps.ts';

/** What is deleted once all is well: the copies of key stores, with the private keys of before, and what lies in folders for temporary files. */
export function clearAway(steps: readonly Step[], facts: RunbookFacts): RunbookLine[] {
  return steps.flatMap((step) => {
    const files = filesOf(step, facts);
    if (files.length === 0 || !('on' in step)) return [];
    return [
      click(`On ${nameOf(step.on, facts)}, in a command prompt as administrator, delete ${whatOf(step)}:`),
      ...files.map((file) => command(`del "${file}"`)),
    ];
  });
}

function whatOf(step: Step): string {
  switch (step.do) {
    case 'back-up-store':
      return step.keyStore.format === 'JCEKS'
        ? 'the copy of the key store, which holds the private keys of before; there is no way back after that'
        : 'the copy of the key store; there is no way back after that';
    case 'import-key-pair':
      return 'the file that the new key was made in, which holds it a second time';
    default:
      return 'the request';
  }
}

function filesOf(step: Step, facts: RunbookFacts): string[] {
  if (step.via === 'java' && step.do === 'back-up-store') return [copyOf(step.keyStore, facts)];
  if (step.via === 'java' && step.do === 'import-key-pair') return [apartOf(step.keyStore, facts)];
  if (step.via === 'java' && step.do === 'generate-request') return [temporary(requestFile(step.on, step.alias))];
  if (step.via === 'windows' && step.do === 'generate-request')
    return [policyFile(step), requestFile(step.on, step.unit)].map(temporary);
  return [];
}
