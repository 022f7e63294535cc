import type { Step } from '#model/plan.ts';

/** A step in one line, for people. */
export function stepTitle(step: Step): string {
  switch (step.do) {
    case 'regenerate-certificate':
      return `${step.on}: regenerate the ${step.unit} certificate (set cert regen ${step.unit})`;
    case 'import-certificate':
      return `${step.on}: import the certificate of ${step.of} into ${step.store}`;
    case 'restart-service':
      return `${step.on}: restart ${step.service}`;
    case 'wait-for':
      return `${step.on}: wait until ${step.ports.length === 1 ? 'port' : 'ports'} ${step.ports.join(', ')} present the certificate of the store`;
    case 'write-file':
      return `${step.client}: put the new certificate into ${step.path}`;
  }
}
