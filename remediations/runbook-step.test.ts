import { describe, expect, test } from 'vitest';
import { sha256 } from '#model/digest.ts';
import type { Machine } from '#model/inventory.ts';
import { ClientId, MachineId, type Sha256 } from '#model/names.ts';
import { Step } from '#model/plan.ts';
import { lintCommand, runbookStep, type RunbookFacts } from './runbook-step.ts';

const uccx1 = MachineId.parse('uccx1');
const ccp1 = MachineId.parse('ccp1');
const der = Buffer.from('3003020101', 'hex');
const digest = sha256(der);
const other = 'ab'.repeat(32) as Sha256;

const facts: RunbookFacts = {
  machine: (id) => ({ id, fqdn: `${id}.example.com`, address: null }) as Machine,
  plan: { certificates: { [digest]: der.toString('base64') } },
};

const steps: readonly Step[] = [
  { do: 'regenerate-certificate', on: uccx1, unit: 'tomcat', replaces: other },
  {
    do: 'import-certificate',
    on: ccp1,
    store: 'tomcat-trust',
    certificate: { from: 'plan', sha256: digest },
    of: uccx1,
  },
  {
    do: 'import-certificate',
    on: ccp1,
    store: 'tomcat-trust',
    certificate: { from: 'identity-store', machine: uccx1, unit: 'tomcat' },
    of: uccx1,
  },
  { do: 'restart-service', on: uccx1, service: 'Cisco Finesse Tomcat', outage: 'agents sign in again' },
  { do: 'wait-for', on: uccx1, ports: [8443, 8445], unit: 'tomcat', atMost: 600 },
  {
    do: 'write-file',
    client: ClientId.parse('pc'),
    path: 'pc.pem',
    certificate: { from: 'plan', sha256: digest },
    replaces: null,
  },
];

describe('every step', () => {
  test('of the closed list that a plan can hold is here', () => {
    const known = Step.options.map((option) => option.shape.do.value);
    expect([...new Set(steps.map((step) => step.do))].sort()).toEqual(known.sort());
  });

  test.each(steps.map((step) => [step.do, step] as const))(
    '%s has a way, a check and a way back, all to be copied',
    (_do, step) => {
      const { ways, check, back } = runbookStep(step, facts);
      expect([ways.length, check.length, back.length].every((count) => count > 0)).toBe(true);
      const commands = [...ways.flatMap(({ lines }) => lines), ...back].flatMap((line) =>
        line.kind === 'command' ? [line.text] : [],
      );
      expect(commands.map(lintCommand)).toEqual(commands.map(() => []));
      // Only the name of a file that the machine chooses is left to the reader.
      expect(commands.join('\n').replaceAll('FILE.pem', '')).not.toMatch(/[A-Z]{4,}|undefined/);
    },
  );
});

test('a certificate that is known is pasted whole; one that comes to be is fetched from the store of its machine', () => {
  const lines = (at: number): string[] =>
    runbookStep(steps[at]!, facts).ways[0]!.lines.map((line) => `${line.kind} ${line.text.split('\n')[0] ?? ''}`);
  expect(lines(1)).toEqual([
    'command set cert import trust tomcat',
    'answer the certificate below',
    'paste -----BEGIN CERTIFICATE-----',
  ]);
  expect(lines(2)).toEqual([
    'click On uccx1.example.com, prompt admin:, and copy from BEGIN CERTIFICATE to END CERTIFICATE:',
    'command show cert own tomcat',
    'command set cert import trust tomcat',
    'answer the certificate shown before',
  ]);
});

test.each([
  ['set cert regen tomcat', []],
  ['keytool \u2013list', ['character U+2013']],
  ['netsh \u200e12ab', ['character U+200E']],
  ['echo "a', ['a quotation mark that is not closed']],
  [' show', ['a blank at the edge']],
])('lint of %j', (command, mistakes) => {
  expect(lintCommand(command)).toEqual(mistakes);
});
