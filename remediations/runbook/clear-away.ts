import type { Step } from '#model/step.ts';
import type { MachineId } from '#model/names.ts';
import type { RunbookLine } from '#model/runbook.ts';
import { apartOf, chainFile, copyOf } from './java-lines.ts';
import {
  certificateFile,
  click,
  command,
  nameOf,
  replyFile,
  requestFile,
  temporary,
  type RunbookFacts,
} from './lines.ts';
import { policyFile, trustedFile } from './windows-steps.ts';

/** Files of one kind on one machine. */
interface Left {
  readonly on: MachineId;
  readonly what: string;
  readonly files: readonly string[];
}

/** What is deleted once all is well: the copies of key stores, with the private keys of before, and what lies in folders for temporary files. */
export function clearAway(steps: readonly Step[], facts: RunbookFacts): RunbookLine[] {
  const left = steps.flatMap((step) => leftBy(step, facts) ?? []);
  return [...Map.groupBy(left, ({ on, what }) => JSON.stringify([on, what])).values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const files = new Set(alike.flatMap((each) => each.files));
    return [
      click(`On ${nameOf(first.on, facts)}, in a command prompt as administrator, delete ${first.what}:`),
      ...[...files].map((file) => command(`del "${file}"`)),
    ];
  });
}

const exchanged = 'what was exchanged as files: requests, answers, certificates';

function leftBy(step: Step, facts: RunbookFacts): Left | null {
  const left = (what: string, ...files: readonly string[]): Left | null =>
    'on' in step ? { on: step.on, what, files } : null;
  if (step.via === 'java') {
    switch (step.do) {
      case 'back-up-store': {
        const holds = step.keyStore.format === 'JCEKS' ? ', which holds the private keys of before' : '';
        return left(`the copy of the key store${holds}; there is no way back after that`, copyOf(step.keyStore, facts));
      }
      case 'import-key-pair':
        return left(
          'the file that the new key was made in, which holds it a second time',
          apartOf(step.keyStore, facts),
        );
      case 'generate-request':
        return left(exchanged, temporary(requestFile(step.on, step.alias)));
      case 'import-reply':
        return left(
          exchanged,
          ...(step.certificate.from === 'reply' ? [temporary(replyFile(step.on, step.alias))] : []),
          temporary(chainFile(step)),
        );
      case 'import-certificate':
        return left(exchanged, temporary(certificateFile(step.alias)));
      default:
        return null;
    }
  }
  if (step.via !== 'windows') return null;
  switch (step.do) {
    case 'generate-request':
      return left(exchanged, ...[policyFile(step), requestFile(step.on, step.unit)].map(temporary));
    case 'import-reply':
      return left(exchanged, temporary(replyFile(step.on, step.unit)));
    case 'import-certificate':
      return left(exchanged, trustedFile);
    default:
      return null;
  }
}
