import { test as base, type BrowserContext, type TestDetails } from '@playwright/test';
import { messageOf } from '#model/errors.ts';
import type { Opening } from '#inventory/pages.ts';
import { listenersOn } from '#products/index.ts';
import { Accounts } from './accounts.ts';
import { Evidence } from './evidence.ts';
import { inventory } from './inventory.ts';
import { Ledger } from './ledger.ts';
import { Mask } from './mask.ts';
import { openProfile, type Profile } from './profile.ts';
import { record, recordFailure } from './record.ts';
import { endTrace, startTrace } from './trace.ts';
import { claimMs, Visit } from './visit.ts';

interface Fixtures {
  /** The page of the test, and the PC it is opened from. */
  readonly opening: Opening | null;
  readonly profile: Profile;
  readonly evidence: Evidence;
  /** One person at the page. */
  readonly visit: Visit;
  /** The test accounts that the visit may use; signed out again when the test ends. */
  readonly accounts: Accounts;
  /** Records what came of the visit. */
  readonly told: undefined;
  /** Somebody else at the same kind of PC, without the cookies of the first. */
  readonly somebodyElse: BrowserContext;
}

interface WorkerFixtures {
  readonly profileOf: (opening: Opening) => Promise<Profile>;
  readonly mask: Mask;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  opening: [null, { option: true }],

  mask: [
    async ({}, use) => {
      await use(new Mask());
    },
    { scope: 'worker' },
  ],

  // One at a time: pages come PC by PC, and a browser takes half a gigabyte.
  profileOf: [
    async ({}, use) => {
      let profile: Profile | null = null;
      await use(async ({ client }) => {
        if (profile?.client.id !== client.id) {
          await profile?.[Symbol.asyncDispose]();
          profile = await openProfile(client, inventory());
        }
        return profile;
      });
      await (profile as Profile | null)?.[Symbol.asyncDispose]();
    },
    { scope: 'worker' },
  ],

  profile: async ({ opening, profileOf, mask }, use, testInfo) => {
    const wanted = required(opening);
    const profile = await profileOf(wanted).catch(async (error: unknown) => {
      const message = messageOf(error).replaceAll(/\s+/g, ' ');
      await recordFailure({ testInfo, opening: wanted, mask }, { reason: 'browser-unavailable', message });
      throw error;
    });
    await use(profile);
  },

  evidence: async ({}, use) => {
    await use(new Evidence());
  },

  // A fresh context for each page: from the third warning in one context on, Chromium takes three seconds for each.
  context: async ({ profile, evidence, mask }, use, testInfo) => {
    const context = await profile.browser.newContext();
    context.setDefaultTimeout(claimMs);
    evidence.watch(context);
    await startTrace(context);
    await use(context);
    await endTrace(context, testInfo, mask, testInfo.errors.length > 0);
    await context.close();
  },

  somebodyElse: async ({ profile, evidence }, use) => {
    const context = await profile.browser.newContext();
    context.setDefaultTimeout(claimMs);
    evidence.watch(context);
    await use(context);
    await context.close();
  },

  visit: async ({ opening, page }, use, testInfo) => {
    await use(new Visit(required(opening), page, testInfo));
  },

  accounts: async ({ visit, profile, mask }, use, testInfo) => {
    const ledger = new Ledger(process.env['UCCERT_BROWSE_OUT'] ?? testInfo.project.outputDir);
    await use(new Accounts(visit, { browser: profile.browser, inventory: inventory(), mask, ledger }));
  },

  // What was met is recorded while it can be seen; only then everybody is signed out.
  told: [
    async ({ visit, accounts, profile, evidence, mask }, use, testInfo) => {
      await use(undefined);
      const { outcome, opening, page, picture } = visit;
      try {
        if (outcome !== null)
          await record({ testInfo, opening, mask }, outcome, { page, picture, browser: profile.browser, evidence });
      } finally {
        await accounts[Symbol.asyncDispose]();
      }
    },
    { auto: true },
  ],
});

export { patient as expect } from './visit.ts';

/** Title, tags and labels of the tests of one page. */
export function titleOf({ place }: Opening): string {
  return `${place.page} on ${place.machine}:${place.port}, from ${place.client}`;
}

/** The labels of a page, for every report. Its owner is the service that answers there. */
export function detailsOf({ place, machine }: Opening): TestDetails {
  const listener = listenersOn(machine).find(({ port }) => port === place.port);
  const severity = listener?.audiences.includes('agents') === false ? 'normal' : 'critical';
  const labels = {
    severity,
    owner: listener?.service ?? machine.type,
    machine: place.machine,
    port: String(place.port),
    client: place.client,
    page: place.page,
  };
  return {
    tag: `@${machine.type}`,
    annotation: [
      ...Object.entries(labels).map(([name, description]) => ({ type: `@allure.label.${name}`, description })),
      { type: 'issue', description: 'browser-refuses' },
    ],
  };
}

function required(opening: Opening | null): Opening {
  if (opening === null) throw new TypeError('the test names no page: test.use({ opening })');
  return opening;
}
