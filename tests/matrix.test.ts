import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding, PresentFinding } from '#model/finding.ts';
import { isPresent } from '#model/verdict.ts';
import { faults } from '#faults/index.ts';
import { expectedPorts, type Expectation, type Scenario } from '#lab/scenario.ts';
import type { Lab } from '#lab/lab.ts';
import type { LabDeployment } from '#lab/deployments.ts';
import { linksAmong } from '#products/links.ts';
import { scenarios } from '#lab/scenarios/index.ts';
import { expectReadAlike } from './support/both-readers.ts';
import { lookAt } from './support/look.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** Every fault against every scenario: each scenario shows exactly its faults, and the healthy lab shows none. */
const matrix: Record<string, Record<string, string[]>> = {};

/** Variants of each port are asked where they are cheap: the other products have no ports of another kind. */
const labs = [
  { deployment: 'UCCX', kind: 'self-signed', network: '127.81.0.0/16', deep: true },
  { deployment: 'UCCX', kind: 'signed', network: '127.82.0.0/16', deep: true },
  { deployment: 'PCCE', kind: 'self-signed', network: '127.86.0.0/16', deep: false },
  { deployment: 'PCCE', kind: 'signed', network: '127.87.0.0/16', deep: false },
  { deployment: 'UCCE', kind: 'signed', network: '127.174.0.0/16', deep: false },
] as const;

for (const { deployment, kind, network, deep } of labs) {
  describe(`the ${kind} ${deployment} lab`, () => {
    let up: TestLab;
    beforeAll(async () => {
      up = await startTestLab(network, { deployment, signed: kind === 'signed' });
    });
    afterAll(() => up[Symbol.asyncDispose]());

    const look = (scenario: Pick<Scenario, 'look'> = {}): Promise<Finding[]> => lookAt(up.lab, scenario, deep);

    test('shows no fault and leaves nothing open when it is healthy', async () => {
      const findings = await look();
      expect(findings.length).toBeGreaterThan(500);
      expect(
        findings.filter(({ verdict }) => verdict.status !== 'absent' && verdict.status !== 'not-applicable'),
      ).toEqual([]);
    });

    test.each(
      scenarios
        .filter((scenario) => isFor(scenario, kind, deployment))
        .map((scenario) => [scenario.id, scenario] as const),
    )('%s shows exactly its faults', async (id, scenario) => {
      await up.lab.apply(scenario);
      try {
        const found = (await look(scenario)).filter(isPresent);
        const seen = found.map((finding) => whereSeen(finding, scenario));
        expect([...new Set(seen)].sort()).toEqual(
          scenario.expects.flatMap((expected) => whereExpected(up, expected)).sort(),
        );
        await expectEachReadAlike(up.lab);
        for (const finding of found)
          ((matrix[finding.fault] ??= {})[id] ??= []).push(
            whereSeen(finding, scenario).slice(finding.fault.length + 1),
          );
      } finally {
        await up.lab.reset();
      }
    });
  });
}

test('the matrix is the one that was reviewed', async () => {
  // What a browser sees is held by tests/browse-scenarios.test.ts, in golden/browser.json.
  const ofMachines = faults.filter(({ judges }) => judges !== 'page');
  const rows = ofMachines.map(({ id }) => {
    const columns = Object.entries(matrix[id] ?? {}).map(
      ([scenario, places]) => [scenario, [...new Set(places)].sort()] as const,
    );
    return [id, Object.fromEntries(columns.sort(([left], [right]) => left.localeCompare(right)))];
  });
  const golden = `${JSON.stringify(Object.fromEntries(rows), null, 1)}\n`;
  await expect(golden).toMatchFileSnapshot('golden/matrix.json');
});

/** Our reader and OpenSSL see the same at one port of every kind that this lab now has. */
async function expectEachReadAlike(lab: Lab): Promise<void> {
  const kinds = new Map(
    lab.machines.flatMap(({ fqdn, ports }) =>
      ports.filter(({ presents }) => presents.as === 'tls').map(({ presents, place }) => [presents, { fqdn, place }]),
    ),
  );
  expect(kinds.size).toBeGreaterThan(2);
  await Promise.all([...kinds.values()].map(({ fqdn, place }) => expectReadAlike(place, fqdn)));
}

function isFor(scenario: Scenario, kind: 'self-signed' | 'signed', deployment: LabDeployment): boolean {
  if ((scenario.deployment ?? 'UCCX') !== deployment) return false;
  return scenario.needs === kind || (scenario.needs === 'any' && kind === 'self-signed');
}

function whereSeen({ fault, subject }: PresentFinding, { look }: Scenario): string {
  switch (subject.scope) {
    case 'endpoint':
      return `${fault} ${subject.machine}:${String(subject.port)}`;
    case 'store':
      return `${fault} ${subject.machine} ${subject.store}`;
    case 'trust-relation':
      return `${fault} ${subject.relyingParty} ${subject.store} < ${subject.presenter}`;
    case 'file':
      return `${fault} ${look?.with === 'check' ? look.on : ''} ${basename(subject.path)}`;
    default:
      return `${fault} ${'machine' in subject ? subject.machine : ''}`;
  }
}

/** The machines whose certificates a machine needs in a store. */
function presentersOf(lab: Lab, relyingParty: string, store: string): string[] {
  const links = linksAmong(lab.machines, [], ({ openPorts }) => openPorts);
  const wanted = links.filter((link) => link.relyingParty.id === relyingParty && link.relation.store === store);
  return [...new Set(wanted.map(({ presenter }) => presenter.id))];
}

function whereExpected({ lab }: TestLab, expectation: Expectation): string[] {
  const { fault, on, store, presenter, file } = expectation;
  const { id } = lab.machine(on);
  const ports = expectedPorts(lab, expectation);
  if (ports !== null) return ports.map((port) => `${fault} ${id}:${String(port)}`);
  if (file !== undefined) return [`${fault} ${id} ${file}`];
  if (presenter === 'every')
    return presentersOf(lab, id, store ?? 'tomcat-trust').map(
      (of) => `${fault} ${id} ${store ?? 'tomcat-trust'} < ${of}`,
    );
  if (presenter !== undefined) {
    const of = presenter === lab.scriptTarget.id ? presenter : lab.machine(presenter).id;
    return [`${fault} ${id} ${store ?? 'tomcat-trust'} < ${of}`];
  }
  return [store === undefined ? `${fault} ${id}` : `${fault} ${id} ${store}`];
}
