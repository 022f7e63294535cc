import type { OperatorRequest } from './step.ts';
import type { RunbookLine } from './runbook.ts';

/** What a person is asked to do, in words and lines. */
export interface OperatorInstruction {
  /** Behind the word person: `sets the domain …`. */
  readonly title: string;
  readonly lines: readonly RunbookLine[];
  /** What is looked for before the plan goes on. */
  readonly sign: string;
  /** What the person takes back where the plan is taken back. */
  readonly back: string;
}

/** The instruction for a request. Names of pages and questions of the machine are inferred where a line says so. */
export function instructionFor(asks: OperatorRequest): OperatorInstruction {
  switch (asks.for) {
    case 'domain':
      return {
        title: `sets its domain to ${asks.domain} (set network domain)`,
        lines: [
          { kind: 'click', text: 'See that name servers know the new name, forward and reverse.' },
          { kind: 'command', text: 'show network eth0' },
          { kind: 'command', text: 'utils dbreplication runtimestate' },
          {
            kind: 'click',
            text: 'Go on where the replication of the cluster is well; the machine restarts now. Its other nodes follow one after the other, the publisher first.',
          },
          { kind: 'command', text: `set network domain ${asks.domain}` },
          { kind: 'answer', to: 'Do you want to continue', text: 'y or yes, as the machine asks for it' },
          {
            kind: 'click',
            text: 'When it answers again, see that replication and IPsec between the nodes are well, before the next node.',
          },
          { kind: 'command', text: 'utils dbreplication runtimestate' },
        ],
        sign: `show network eth0 prints ${asks.domain} as Domain`,
        back: 'set network domain with the domain before, and the same care',
      };
    case 'oamp-name':
      return {
        title: `enters it in the Operations Console as ${asks.name}`,
        lines: [
          {
            kind: 'click',
            text: `On ${asks.console}, Device Management, the page of its kind of server: open the device, write ${asks.name} as its name, Save and Deploy.`,
          },
          { kind: 'click', text: `In the inventory of uccert write oampName: ${asks.name} under the machine.` },
        ],
        sign: `the inventory says oampName: ${asks.name}`,
        back: 'enter the device by its name before, and write that into the inventory',
      };
  }
}
