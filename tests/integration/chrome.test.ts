import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserViews } from '#faults/browser-views.ts';
import { Scene } from '#faults/scene.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import { scenarios } from '#lab/scenarios/index.ts';
import type { Client } from '#model/inventory.ts';
import type { ClientId } from '#model/names.ts';
import { audiences } from '#model/vocabulary.ts';
import { openProfile, type Profile } from '#suites/profile.ts';
import { resolverRules } from '#suites/resolver-rules.ts';
import { lookAtWire } from '#workflow/scan.ts';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';

/** What Chrome is predicted to say, and what a real Chromium says, at every port that people open, in every scenario. */
interface Visit {
  readonly at: string;
  readonly predicted: string | null;
  readonly seen: string | null;
}

/** A PC of the company, and one that was never given anything. */
const freshPc: Client = { id: 'pc-fresh' as ClientId, anchors: [], accepted: [], audiences: [] };

for (const [kind, network] of [
  ['self-signed', '127.75.0.0/16'],
  ['signed', '127.76.0.0/16'],
] as const) {
  describe(`the ${kind} lab`, () => {
    let up: TestLab;
    const profiles = new Map<ClientId, { readonly key: string; readonly profile: Profile }>();
    beforeAll(async () => {
      up = await startTestLab(network, { signed: kind === 'signed' });
    });
    afterAll(async () => {
      for (const { profile } of profiles.values()) await profile[Symbol.asyncDispose]();
      await up[Symbol.asyncDispose]();
    });

    /** What a browser said: what a scenario leaves alone is asked once. */
    const answers = new Map<string, string | null>();

    async function ask(url: string, question: string, open: () => Promise<Profile>): Promise<string | null> {
      const known = answers.get(question);
      if (known !== undefined) return known;
      const { browser } = await open();
      // From the third warning in one context on, Chromium takes three seconds for each.
      const context = await browser.newContext();
      const page = await context.newPage();
      const answer = await page.goto(url, { waitUntil: 'commit' }).then(
        () => null,
        (error: unknown) => /net::ERR_\w+/.exec(String(error))?.[0] ?? String(error),
      );
      await context.close();
      answers.set(question, answer);
      return answer;
    }

    /** The browser of a PC: one that is open already, where it trusts the same and finds the same way to the machines. */
    async function profileOf(client: Client, inventory: Inventory): Promise<Profile> {
      const { id, anchors, accepted } = client;
      const key = [...anchors, 'and', ...accepted, resolverRules(inventory.snapshot.machines)].join(' ');
      const open = profiles.get(id);
      if (open?.key === key) return open.profile;
      await open?.profile[Symbol.asyncDispose]();
      const profile = await openProfile(client, inventory);
      profiles.set(id, { key, profile });
      return profile;
    }

    async function visits(): Promise<Visit[]> {
      const inventory = loadInventory(up.lab.inventoryFile);
      const { snapshot } = inventory;
      const { observations, certificates } = await lookAtWire({
        inventory: snapshot,
        limits: inventory.limits,
        deep: false,
      });
      const clients = [...snapshot.clients, freshPc].map(({ id, anchors, accepted }) => ({
        ...{ id, anchors, accepted },
        // Every PC opens every page.
        audiences: [...audiences],
      }));
      const scene = new Scene({
        inventory: { ...snapshot, clients },
        certificates: { ...inventory.certificates, ...certificates },
        observations,
        judgedAt: new Date(),
      });
      const made: Visit[] = [];
      for (const { machine, port, client: id, chrome } of browserViews(scene)) {
        const { fqdn } = snapshot.machines.find((each) => each.id === machine)!;
        const client = clients.find((each) => each.id === id)!;
        if (fqdn === null) continue;
        const at = observations.filter(
          ({ place }) => place.at === 'endpoint' && place.machine === machine && place.port === port,
        );
        const shown = at.flatMap((observation): string[] => {
          if (observation.outcome === 'failed') return [];
          if (observation.kind === 'tls-handshake') return [observation.value.protocol];
          return observation.kind === 'certificate-list' ? [...observation.value.certificates] : [];
        });
        const url = `https://${fqdn}:${String(port)}/`;
        const isAccepted = shown.some((each) => client.accepted.some((digest) => digest === each));
        made.push({
          at: `${machine}:${String(port)} as ${id}`,
          predicted: chrome,
          seen: await ask(url, [id, isAccepted, url, ...shown].join(' '), () => profileOf(client, inventory)),
        });
      }
      return made;
    }

    const cases = scenarios.filter(
      ({ needs, deployment }) =>
        deployment === undefined && (needs === kind || (needs === 'any' && kind === 'self-signed')),
    );
    test.each([{ id: 'healthy' as const, change: () => Promise.resolve() }, ...cases])('$id', async (scenario) => {
      if (scenario.id !== 'healthy') await up.lab.apply(scenario as (typeof cases)[number]);
      try {
        const made = await visits();
        expect(made.length).toBeGreaterThan(3);
        expect(made.map(({ at, seen }) => `${at}: ${String(seen)}`)).toEqual(
          made.map(({ at, predicted }) => `${at}: ${String(predicted)}`),
        );
      } finally {
        await up.lab.reset();
      }
    });
  });
}
