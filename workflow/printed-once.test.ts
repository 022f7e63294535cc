import { expect, test } from 'vitest';
import { toPem } from '#model/pem.ts';
import type { Runbook, RunbookLine } from '#model/runbook.ts';
import { authority } from '#tests/support/certificates.ts';
import { printedOnce } from './printed-once.ts';

const pemOf = (name: string): RunbookLine => ({ kind: 'paste', text: toPem(authority(name).der).trimEnd() });
const [root, issuing] = [pemOf('Root CA'), pemOf('Issuing CA')];
const policy: RunbookLine = { kind: 'paste', text: '[Version]' };
const command: RunbookLine = { kind: 'command', text: 'set cert import trust tomcat' };

/** A runbook whose steps have these lines. */
function changes(...of: RunbookLine[][][]): Runbook['changes'] {
  return of.map((steps) => ({
    title: 'Import',
    clears: [],
    keeps: [],
    irreversible: [],
    needs: [],
    brings: [],
    steps: steps.map((lines) => ({
      title: 'import',
      where: 'uccx1',
      outage: null,
      before: [],
      ways: [{ by: 'the command line', lines }],
      takenUpBy: [],
      check: ['It is there.'],
      back: [command],
    })),
  }));
}

const linesIn = (of: Runbook['changes']): RunbookLine[][] =>
  of.flatMap(({ steps }) => steps.flatMap(({ ways }) => ways.map(({ lines }) => lines)));

test('a certificate is printed where it is wanted first, and named there and where it is wanted again', () => {
  const titled = (end: string) => ({
    kind: 'click',
    text: expect.stringMatching(`^The certificate .*Root CA.*${end}$`) as string,
  });
  expect(linesIn(printedOnce(changes([[command, issuing]], [[root], [command, root]], [[root, policy]])))).toEqual([
    [command, issuing],
    [titled(':'), root],
    [command, titled(': it is printed in step 2\\.1\\.')],
    [titled(': it is printed in step 2\\.1\\.'), policy],
  ]);
});

test('what is no certificate is printed each time', () => {
  const twice = changes([[policy], [policy, command]]);
  expect(printedOnce(twice)).toEqual(twice);
});
