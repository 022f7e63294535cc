import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judge } from '#faults/judge.ts';
import { Scene } from '#faults/scene.ts';
import { trustLinks } from '#faults/trust-links.ts';
import { peerCertificateOutdatedInStore } from '#faults/trust/peer-certificate-outdated-in-store.ts';
import { peerNotTrusted } from '#faults/trust/peer-not-trusted.ts';
import type { Case } from '#faults/scene.ts';
import { loadInventory } from '#inventory/load.ts';
import { plansOf } from '#lab/deployments.ts';
import { isPresent } from '#model/verdict.ts';
import { shownAt } from '#model/subject.ts';
import type { Machine } from '#model/inventory.ts';
import type { TrustLink } from '#model/link.ts';
import { MachineId, type MachineType, type Sha256 } from '#model/names.ts';
import type { Observation } from '#model/observation.ts';
import type { Run } from '#model/run.ts';
import { isProbed, linksAmong } from '#products/links.ts';
import { relations, type Relation } from '#products/relations.ts';
import { foresee } from '#workflow/foresee.ts';
import { trust } from '#workflow/trust.ts';
import { certificate, now } from './support/certificates.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** Every documented link, broken by itself: exactly it is reported, and no other. */
const faults = [peerNotTrusted, peerCertificateOutdatedInStore];
type Seen = Omit<Case, 'faults'>;

function keyOf(link: Pick<TrustLink, 'relyingParty' | 'store'> & Parameters<typeof shownAt>[0]): string {
  return `${link.relyingParty} ${link.store} < ${shownAt(link)}`;
}

/** The links that are not trusted, each once; nothing may stay open. */
function brokenIn(seen: Seen): string[] {
  const findings = judge({ ...seen, faults });
  expect(findings.filter(({ verdict }) => verdict.status === 'inconclusive')).toEqual([]);
  return findings
    .filter(isPresent)
    .map(({ subject }) => (subject.scope === 'trust-relation' ? keyOf(subject as never) : ''))
    .sort();
}

/** The same, with one certificate gone from one store. */
function without(seen: Seen, machine: string, store: string, certificate: Sha256): Seen {
  const observations = seen.observations.map((observation): Observation => {
    if (observation.kind !== 'trust-store' || observation.outcome !== 'recorded') return observation;
    if (observation.place.machine !== machine || observation.place.store !== store) return observation;
    const entries = observation.value.entries.filter((entry) => entry.certificate !== certificate);
    return { ...observation, value: { entries } };
  });
  return { ...seen, observations };
}

/** Takes every entry away in turn that a link rests on. Links that rest on the same entry of the same store break together. */
function breakEach(seen: Seen): readonly TrustLink[] {
  expect(brokenIn(seen)).toEqual([]);
  const links = trustLinks(new Scene(seen));
  const resting = Map.groupBy(links, (link) => `${link.relyingParty} ${link.store} ${String(link.path.at(-1))}`);
  for (const together of resting.values()) {
    const [{ relyingParty, store, path } = links[0]!] = together;
    const broken = brokenIn(without(seen, relyingParty, store, path.at(-1)!));
    expect(broken).toEqual([...new Set(together.map(keyOf))].sort());
  }
  return links;
}

function machineOf(id: string, type: MachineType, more: Partial<Machine> = {}): Machine {
  return {
    id: MachineId.parse(id),
    type,
    fqdn: `${id}.example.com`,
    release: '15.0(1)',
    address: null,
    certificates: 'self-signed',
    ports: [],
    connect: {},
    ...more,
  };
}

/** One machine of every type that the relation names. */
function smallestWith(relation: Relation): Seen {
  const types = [...new Set<MachineType>([...relation.relyingParty, ...relation.presenter])];
  const before = relation.releases?.before;
  // A machine does not rely on itself: of a single type there are two.
  const ids = types.length === 1 ? types.flatMap((type) => [type, type]) : types;
  const machines = ids.map((type, at) =>
    machineOf(`${type.toLowerCase()}${String(at)}`, type, {
      ...(before === undefined ? {} : { release: '12.5(1)' }),
      ports: relation.presents === undefined ? [relation.port] : [],
    }),
  );
  return trusting(machines, [relation.id]);
}

/** Machines that each present one certificate of their own, which everybody holds. */
function trusting(machines: readonly Machine[], secured: readonly string[]): Seen {
  const own = machines.map((machine) => ({ machine, shown: certificate({ commonName: machine.fqdn ?? '' }) }));
  const at = now.toISOString();
  const links = linksAmong(machines, secured, ({ ports }) => ports);
  const common = { at, outcome: 'recorded' } as const;
  const entries = own.map(({ machine: { id: name }, shown }) => ({ name, certificate: shown.sha256 }));
  const observations = [
    ...own.flatMap(({ machine: { id, fqdn }, shown }) =>
      [...new Set(links.flatMap((link) => (link.presenter.id === id && isProbed(link) ? [link.port] : [])))].map(
        (port): Observation => ({
          ...common,
          kind: 'certificate-list',
          place: { at: 'endpoint', machine: id, port, address: '192.0.2.1', serverName: fqdn },
          value: { certificates: [shown.sha256] },
        }),
      ),
    ),
    ...own.flatMap(({ machine: { id }, shown }): Observation[] => {
      const units = links.flatMap((link) =>
        link.presenter.id === id && link.relation.presents !== undefined ? [link.relation.identity] : [],
      );
      return [...new Set(units)].map((unit) => {
        const place = { at: 'store', machine: id, store: unit } as const;
        return { ...common, kind: 'identity-store', place, value: { unit, certificate: shown.sha256 } };
      });
    }),
    ...machines.flatMap(({ id }) =>
      [...new Set(links.filter(({ relyingParty }) => relyingParty.id === id).map((link) => link.relation.store))].map(
        (store): Observation => ({
          ...common,
          kind: 'trust-store',
          place: { at: 'store', machine: id, store },
          value: { entries },
        }),
      ),
    ),
  ];
  return {
    inventory: {
      file: null,
      deployment: null,
      release: null,
      machines: [...machines],
      clients: [],
      secured: [...secured],
      thresholds: { expiringDays: 30, expiringShare: 1 },
    },
    certificates: Object.fromEntries(own.map(({ shown }) => [shown.sha256, Buffer.from(shown.der).toString('base64')])),
    observations,
    judgedAt: now,
  };
}

test.each(relations.map((relation) => [relation.id, relation] as const))('%s', (id, relation) => {
  expect(breakEach(smallestWith(relation)).map((link) => link.relation)).toContain(id);
});

test('the links among sixty machines are judged in less than 5 s', () => {
  const machines = plansOf('PCCE', 60).map(({ id, type, beside }) =>
    machineOf(id, type, beside === undefined ? {} : { beside: [...beside] }),
  );
  const seen = trusting(
    machines,
    relations.map(({ id }) => id),
  );
  const begun = performance.now();
  expect(brokenIn(seen)).toEqual([]);
  expect(trustLinks(new Scene(seen)).length).toBeGreaterThan(2000);
  expect(performance.now() - begun).toBeLessThan(5000);
});

describe.each([
  ['UCCX', '127.133.0.0/16', []],
  ['PCCE', '127.134.0.0/16', ['cacerts', '.keystore', 'tomcat-trust']],
  ['UCCE', '127.135.0.0/16', []],
] as const)('the links of a %s', (deployment, network, kinds) => {
  let up: TestLab;
  let run: Run;
  const look = async (): Promise<Run> =>
    trust(loadInventory(up.lab.inventoryFile), { command: [], judgeAt: null, deep: false });
  const seenBy = ({ inventory, certificates, observations, judgedAt }: Run): Seen => ({
    inventory,
    certificates,
    observations,
    judgedAt: new Date(judgedAt),
  });

  beforeAll(async () => {
    up = await startTestLab(network, { deployment });
    run = await look();
  });
  afterAll(() => up[Symbol.asyncDispose]());

  test('are healthy: nothing is found, nothing stays open', () => {
    const open = run.findings.filter(({ verdict }) => !['absent', 'not-applicable'].includes(verdict.status));
    expect(open).toEqual([]);
  });

  test('break one by one', () => {
    expect(breakEach(seenBy(run)).length).toBeGreaterThan(5);
  });

  test('a certificate that only a client shows is judged by the store that it lies in', async () => {
    if (deployment !== 'PCCE') return;
    const { snapshot, ...inventory } = loadInventory(up.lab.inventoryFile);
    const secured = { ...inventory, snapshot: { ...snapshot, secured: ['cloud-connect-relies-on-pg'] } };
    const broken = async (): Promise<string[]> =>
      brokenIn(seenBy(await trust(secured, { command: [], judgeAt: null, deep: false })));
    expect(await broken()).toEqual([
      'cloudconnect1 tomcat-trust < host.pem of pg1a as a client',
      'cloudconnect1 tomcat-trust < host.pem of pg1b as a client',
    ]);
    for (const id of ['pg1a', 'pg1b']) {
      const host = up.lab.windows(id).identities.find(({ name }) => name === 'host.pem');
      if (host !== undefined) up.lab.vos('cloudconnect1').hold('tomcat-trust', host.certificate);
    }
    expect(await broken()).toEqual([]);
    const ends = foresee(await trust(secured, { command: [], judgeAt: null, deep: false }), 40);
    const stopped = ends.windows.flatMap(({ endings }) => endings.flatMap(({ links }) => links.map(keyOf)));
    expect(stopped).toContain('cloudconnect1 tomcat-trust < host.pem of pg1a as a client');
    await up.lab.reset();
  });

  test.each(kinds)('an entry deleted from %s is found by reading the store again', async (store) => {
    const link = (run.links ?? []).find((each) => each.store === store);
    const anchor = link?.path.at(-1);
    if (link === undefined || anchor === undefined) throw new Error(`no link rests on ${store}`);
    const expected = brokenIn(without(seenBy(run), link.relyingParty, store, anchor));
    removeFrom(up, link, anchor);
    try {
      expect(brokenIn(seenBy(await look()))).toEqual(expected);
    } finally {
      await up.lab.reset();
    }
  });
});

/** As an administrator takes it out, on the machine itself. */
function removeFrom({ lab }: TestLab, { relyingParty, store }: TrustLink, anchor: Sha256): void {
  const { 'tomcat-trust': entries = {}, files = {} } = lab.digest.machines[relyingParty] ?? {};
  if (store === 'tomcat-trust') {
    const [file = ''] = Object.entries(entries).find(([, held]) => held === anchor) ?? [];
    expect(lab.vos(relyingParty).trust.delete(file)).toBe(true);
    return;
  }
  for (const [path, held] of Object.entries(files)) {
    const [alias] = Object.entries(held).find(([, digest]) => digest === anchor) ?? [];
    if (alias !== undefined) lab.windows(relyingParty).forget(path, alias);
  }
}
