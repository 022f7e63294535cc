import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from '#model/digest.ts';
import type { Machine } from '#model/inventory.ts';
import { MachineId } from '#model/names.ts';
import type { Step } from '#model/step.ts';
import { keyStoresOf } from '#products/java-key-stores.ts';
import type { RunbookFacts } from './lines.ts';
import { runbookStep } from './step.ts';

/** Whether a person can follow a request and its answer from file to file, and the certificate of the answer to where it is bound. */
const cvp2 = MachineId.parse('cvp2');
const aw1 = MachineId.parse('aw1');
const der = Buffer.from('3003020101', 'hex');
const digest = sha256(der);
const restart = '1.8 (cvp2: restart Cisco CVP VXMLServer)';
const facts: RunbookFacts = {
  machine: (id) =>
    ({ id, type: id === aw1 ? 'CCE_AW' : 'CVP', fqdn: `${id}.example.com`, address: null, release: null }) as Machine,
  plan: { id: 'a', inventory: 'uccert.yaml', certificates: { [digest]: der.toString('base64') } },
  isNameless: () => false,
  restartsOf: ({ on }) => (on === cvp2 ? [restart] : []),
};
const keyStore = keyStoresOf({ type: 'CVP', release: '12.6(2)' } as Machine, '.keystore')[0]!;
const onCvp = { via: 'java', on: cvp2, keyStore } as const;
const onAw = { via: 'windows', on: aw1 } as const;

function written(...steps: readonly Step[]): string {
  return steps
    .map((step) => runbookStep(step, facts))
    .flatMap(({ ways, check, back }) => [
      ...ways.flatMap(({ lines }) => lines.map(({ text }) => text)),
      ...check,
      ...back.map(({ text }) => text),
    ])
    .join('\n');
}

test.each<readonly [of: string, unit: string, steps: readonly Step[]]>([
  [
    'cvp2-vxml_certificate',
    'vxml_certificate',
    [
      { do: 'generate-request', ...onCvp, alias: 'vxml_certificate', name: 'cvp2.example.com' },
      { do: 'obtain-reply', via: 'here', for: cvp2, unit: 'vxml_certificate', authority: 'company' },
      {
        do: 'import-reply',
        ...onCvp,
        alias: 'vxml_certificate',
        certificate: { from: 'reply', machine: cvp2, unit: 'vxml_certificate' },
        chain: [digest],
      },
    ],
  ],
  [
    'aw1-IIS',
    'IIS',
    [
      { do: 'generate-request', ...onAw, unit: 'IIS', name: 'aw1.example.com' },
      { do: 'obtain-reply', via: 'here', for: aw1, unit: 'IIS', authority: 'company' },
      { do: 'import-reply', ...onAw, unit: 'IIS' },
    ],
  ],
])('%s goes to the authority and comes back under one name, and it is said how', (name, _unit, steps) => {
  const [asked = '', obtained = '', taken = ''] = steps.map((step) => written(step));
  expect(asked).toContain(`"%TEMP%\\${name}.csr"`);
  expect(obtained).toContain(`Copy %TEMP%\\${name}.csr from`);
  expect(obtained).toContain(`Keep the answer as ${name}.pem`);
  expect(taken).toContain(`Copy ${name}.pem, the answer of the authority, onto`);
  expect(taken).toContain(`as %TEMP%\\${name}.pem: by scp`);
  const files = written(...steps).match(/%TEMP%\\[\w-]+\.\w+/g) ?? [];
  expect(files.every((file) => file.startsWith(`%TEMP%\\${name}`))).toBe(true);
});

test.each<
  readonly [
    from: string,
    certificate: Extract<Step, { do: 'bind-certificate' }>['certificate'],
    shown: string,
    hash: string,
  ]
>([
  ['an answer', { from: 'reply', machine: aw1, unit: 'IIS' }, 'certutil -dump "%TEMP%\\aw1-IIS.pem"', 'hash'],
  [
    'another port',
    { from: 'identity-store', machine: aw1, unit: 'IIS' },
    'netsh http show sslcert ipport=0.0.0.0:443',
    'hash',
  ],
  ['the step that made it', { from: 'made', machine: aw1, unit: 'IIS' }, 'printed when it was made', 'hash'],
  ['the plan', { from: 'plan', sha256: digest }, 'netsh http delete', createHash('sha1').update(der).digest('hex')],
])('the thumbprint to bind comes from %s, before it is typed', (_from, certificate, shown, hash) => {
  const text = written({ do: 'bind-certificate', ...onAw, by: 'netsh', unit: 'IIS', port: 443, certificate });
  expect(text).toContain(`certhash=${hash} `);
  expect(text.indexOf(shown)).toBeLessThan(text.indexOf('certhash='));
  expect(text).toContain(shown);
  expect(text).not.toContain('PEM');
});

test('the way back of a copied key store names what is restarted again, or that nothing is', () => {
  expect(written({ do: 'back-up-store', ...onCvp })).toContain(`Then do again, where it was done: ${restart}.`);
  expect(written({ do: 'back-up-store', ...onCvp, on: MachineId.parse('cvp3') })).toContain(
    'This plan restarts nothing that reads it.',
  );
});
