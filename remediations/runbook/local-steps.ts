import type { StepOf } from '#model/step.ts';
import type { RunbookLine } from '#model/runbook.ts';
import { productOf } from '#products/index.ts';
import {
  certificateLines,
  click,
  command,
  nameOf,
  replyFile,
  requestFile,
  temporary,
  tick,
  type RunbookFacts,
  type StepBody,
} from './lines.ts';

/** Steps that are done where uccert runs, or at the authority. */
export function localStep(step: StepOf<'here'>, facts: RunbookFacts): StepBody {
  switch (step.do) {
    case 'obtain-reply': {
      const request = requestFile(step.for, step.unit);
      const reply = replyFile(step.for, step.unit);
      return {
        where: `the certification authority ${step.authority}`,
        ways: [
          {
            by: 'the authority',
            lines: [
              ...requestLines(step, request, facts),
              click(
                `Have it signed with a template for server and client authentication, RSA with SHA-256.${namesWords(step, facts)}`,
              ),
              click(`Keep the answer as ${reply}, base 64 (PEM).`),
            ],
          },
        ],
        check: [
          `\`uccert check ${reply} --request ${request} --for ${step.for} --inventory ${inventoryOf(facts)} --unit ${step.unit} --intermediates CHAIN.pem --store CHAIN.pem\` finds nothing critical or major; CHAIN.pem is the file that the inventory names as chain of ${step.authority}, its root and intermediates.`,
          `Its subjectAltName holds ${nameOf(step.for, facts)}; it is for server and client authentication, where the request asked for both.`,
          'It is valid for as long as was agreed with the authority, and for longer than certificates count as expiring (expiringDays in the inventory).',
        ],
        back: [click('Nothing to take back: nothing was changed on a machine.')],
      };
    }
    case 'write-file':
      return {
        where: `the PCs of the profile ${step.client}`,
        ways: [
          {
            by: 'the PCs, or what distributes certificates to them',
            lines: [
              ...certificateLines(step.certificate, facts),
              tick('The PCs did not have it before.'),
              tick('The PCs had it before: it stays, whatever is taken back.'),
              click(
                'Put it into the trusted certificates of each PC; on Windows: Trusted Root Certification Authorities, by group policy.',
              ),
              ...(step.replaces === null ? [] : [click(`Take away the one it replaces, SHA-256 ${step.replaces}.`)]),
            ],
          },
        ],
        check: ['The browser, closed and opened again, shows the pages of the machine without a warning.'],
        back: [
          click(
            `Where the PCs did not have it before, as ticked above, take it out again${step.replaces === null ? '.' : ', and put back the one it replaced.'}`,
          ),
        ],
      };
  }
}

/** Which names the answer may have. A machine of VOS takes those of its request and no others; where that has none, the authority writes them. */
function namesWords(step: StepOf<'here', 'obtain-reply'>, facts: RunbookFacts): string {
  if (facts.isNameless(step.for, step.unit))
    return ` The request names nothing: the authority writes ${nameOf(step.for, facts)} into subjectAltName; other names may stand beside it.`;
  if (productOf(facts.machine(step.for).type).platform === 'windows') return '';
  return ' Names may not be added: the machine refuses an answer with other names than the request.';
}

/** How the request is come by: shown by a VOS machine, a file of a Windows machine. */
function requestLines(step: StepOf<'here', 'obtain-reply'>, request: string, facts: RunbookFacts): RunbookLine[] {
  const name = nameOf(step.for, facts);
  if (productOf(facts.machine(step.for).type).platform === 'windows')
    return [
      click(
        `Copy ${temporary(request)} from ${name} to where the authority is asked, as ${request}: by scp, or by the drives of a Remote Desktop session.`,
      ),
    ];
  return [
    click(`On ${name} in its command line, copy from BEGIN to END CERTIFICATE REQUEST into ${request}:`),
    command(`show csr own ${step.unit}`),
  ];
}

/** The inventory of the plan as a shell takes it. */
function inventoryOf({ plan: { inventory } }: RunbookFacts): string {
  return /^[\w./:\\~-]+$/.test(inventory) ? inventory : `"${inventory}"`;
}
