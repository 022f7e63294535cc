import type { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { planDigest, type Plan } from '#model/plan.ts';
import type { Step } from '#model/step.ts';
import { stepTitle } from '#model/step-title.ts';
import { isProbed, linksAmong, type ProbedLink } from '#products/links.ts';
import { daysFrom } from '#lab/authority.ts';
import type { VosMachine } from '#lab/machines/vos/machine.ts';
import { apply } from '#workflow/apply.ts';
import { makePlan } from '#workflow/plan.ts';
import { applyingIn, presentIn } from './support/applying.ts';
import { startTestLab, type TestLab } from './support/lab.ts';
import { WebClient } from './support/web-client.ts';

/** What machines and people meet between the steps of a plan that changes self-signed certificates. */
let up: TestLab;
const { reports, inventory, look, options } = applyingIn(() => up);

beforeAll(async () => {
  up = await startTestLab('127.196.0.0/16');
});
afterAll(() => up[Symbol.asyncDispose]());
afterEach(async () => {
  reports.length = 0;
  await up.lab.reset();
});

/** A plan for certificates that end in twenty days. */
async function planFor(...ids: string[]): Promise<Plan> {
  await up.lab.apply({
    id: 'certificates-end-soon',
    needs: 'any',
    change: async (lab) => {
      const ends = { notBefore: daysFrom(lab.now(), -710), notAfter: daysFrom(lab.now(), 20) };
      for (const id of ids) await lab.install(id, ends);
    },
  });
  return makePlan(await look(), inventory());
}

const linksOfLab = (): ProbedLink<VosMachine>[] =>
  linksAmong(
    up.lab.machines.map(({ id }) => up.lab.vos(id)),
    [],
    ({ openPorts }) => openPorts,
  ).filter(isProbed);

/**
 * Links whose presenter shows what the other end would not trust: neither its store holds it, nor the services that read the store when
 * they started. `read`: what they read.
 */
function untrusted(read: ReadonlyMap<string, readonly X509Certificate[]>): string[] {
  return linksOfLab().flatMap(({ relyingParty, presenter, port }) => {
    const { presents } = presenter.port(port);
    if (presents.as !== 'tls') return [];
    const [shown] = presents.certificates;
    const known = [...(read.get(relyingParty.id) ?? []), ...relyingParty.trusted];
    const isKnown = known.some(({ fingerprint256 }) => fingerprint256 === shown?.fingerprint256);
    return isKnown ? [] : [`${relyingParty.id} < ${presenter.id}:${String(port)}`];
  });
}

/** Carries a plan out, and notes before each step which links are not trusted. */
async function untrustedMeanwhile(plan: Plan): Promise<string[]> {
  const read = new Map(up.lab.machines.map(({ id }) => [String(id), up.lab.vos(id).trusted]));
  const found = new Set<string>();
  const steps = plan.changes.flatMap((change) => change.steps);
  let done = 0;
  const confirm = (title: string): Promise<boolean> => {
    const before: Step | undefined = steps[done - 1];
    if (before?.do === 'wait-for') read.set(before.on, up.lab.vos(before.on).trusted);
    for (const link of untrusted(read)) found.add(`${link} before ${title}`);
    done += 1;
    return Promise.resolve(true);
  };
  const { outcome, run } = await apply(plan, inventory(), options({ confirm }));
  expect(outcome).toEqual({ status: 'verified' });
  expect(presentIn(run)).toEqual([]);
  return [...found];
}

/** Before which steps agents are refused at the desktop of a node. */
async function refusedBefore(plan: Plan, node: string): Promise<string[]> {
  const { lab } = up;
  const [agent] = lab.centre.agents;
  const refused: string[] = [];
  const confirm = async (title: string): Promise<boolean> => {
    const { presents, place } = lab.vos(node).port(8445);
    const anchors = presents.as === 'tls' ? presents.certificates.join('') : '';
    const desktop = new WebClient({ place, fqdn: lab.vos(node).fqdn, anchors });
    const asBasic = Buffer.from(`${agent?.id ?? ''}:${lab.centre.password}`).toString('base64');
    desktop.authorization = `Basic ${asBasic}`;
    const { status } = await desktop.get(`/finesse/api/User/${agent?.id ?? ''}`);
    if (status !== 200) refused.push(title);
    return true;
  };
  const { outcome } = await apply(plan, inventory(), options({ confirm }));
  expect(outcome).toEqual({ status: 'verified' });
  return refused;
}

describe('self-signed certificates that are regenerated', () => {
  test.each([[['cucm1']], [['uccx2']], [['ccp1', 'cucm1']]])(
    'of %j are trusted at every moment by whoever relies on them',
    async (ids) => {
      expect(await untrustedMeanwhile(await planFor(...ids))).toEqual([]);
    },
    60_000,
  );

  test('of machines that rely on each other, each restarted once, are trusted again with the last of them', async () => {
    const plan = await planFor('uccx1', 'uccx2', 'ccp1', 'cucm1');
    const restarts = plan.changes.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.do === 'restart-service' ? [stepTitle(step)] : [])),
    );
    expect(restarts).toEqual([...new Set(restarts)]);
    const links = linksOfLab().map(({ relyingParty, presenter }) => `${relyingParty.id} < ${presenter.id}`);
    const others = links.filter((link) => !links.includes(link.split(' < ').toReversed().join(' < ')));
    const found = await untrustedMeanwhile(plan);
    expect(others).toContain('uccx1 < cucm1');
    expect(found.filter((link) => others.some((other) => link.startsWith(other)))).toEqual([]);
  }, 60_000);

  test('stay accepted by the PCs that accept them now, and are looked at for it', async () => {
    const plan = await planFor('uccx2');
    const kept = plan.changes.flatMap(({ keeps }) => keeps.map(({ fault }) => fault));
    expect(kept).toEqual(expect.arrayContaining(['untrusted-issuer', 'self-signed-certificate']));
  });

  test('are left alone where a profile that trusts them has no list for the new ones', async () => {
    await planFor('uccx2');
    const text = readFileSync(up.lab.inventoryFile, 'utf8').replace(/accepted: (\S+accepted\.pem)/, 'anchors: $1');
    writeFileSync(up.lab.inventoryFile, text);
    await expect(makePlan(await look(), inventory())).rejects.toThrow(
      /pc-managed trusts uccx2 now, and would refuse its new certificate.*add "accepted: FILE\.pem"/,
    );
  });

  test('the tester sees a plan that presents first and hands out afterwards', async () => {
    const plan = await planFor('cucm1');
    const [change] = plan.changes;
    const isImport = ({ do: kind }: Step): boolean => kind === 'import-certificate';
    const steps = change?.steps ?? [];
    const restarted = steps.findIndex((step) => step.do === 'wait-for') + 1;
    const imports = steps.filter(isImport);
    const late = [
      ...steps.slice(0, restarted).filter((step) => !isImport(step)),
      ...imports,
      ...steps.slice(restarted),
    ];
    change?.steps.splice(0, steps.length, ...late);
    expect(imports).not.toEqual([]);
    expect(await untrustedMeanwhile({ ...plan, digest: planDigest(plan) })).toContainEqual(
      expect.stringMatching(/^uccx1 < cucm1:8443 before uccx1: import/),
    );
  }, 60_000);

  // A store of the lab is believed from the moment of the import: one certificate of a name, and no memory of the one before.
  test.each(['uccx1', 'uccx2'])(
    'keep agents out of %s no longer than from the import to the restart of CUCM',
    async (node) => {
      const plan = await planFor('uccx1', 'uccx2', 'ccp1', 'cucm1');
      const titles = plan.changes.flatMap(({ steps }) => steps.map(stepTitle));
      const imported = titles.indexOf(`${node}: import the certificate of cucm1 into tomcat-trust`);
      const restarted = titles.indexOf('cucm1: restart Cisco Tomcat');
      expect(restarted - imported).toBeLessThanOrEqual(2);
      expect(await refusedBefore(plan, node)).toEqual(titles.slice(imported + 1, restarted + 1));
    },
    60_000,
  );
});
