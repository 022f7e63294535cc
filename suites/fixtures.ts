import { test as base, type Locator, type TestDetails, type TestInfo } from '@playwright/test';
import { sha256 } from '#model/digest.ts';
import { messageOf } from '#model/errors.ts';
import type { Observation, ProbeFailure } from '#model/observation.ts';
import { toPem } from '#model/pem.ts';
import type { Opening } from '#inventory/pages.ts';
import { listenersOn } from '#products/index.ts';
import { inventory } from './inventory.ts';
import { inWords, look, type Sight } from './look.ts';
import { openProfile, type Profile } from './profile.ts';

/** Names of what a test attaches, for the reporter that gathers it. */
export const attached = { observation: 'observation', screenshot: 'screenshot', certificate: 'certificate' } as const;

interface Fixtures {
  /** The page of the test, and the PC it is opened from. */
  readonly opening: Opening | null;
  /** Opens the page, looks for its documented parts, and records what a person sees. Gives it back in words: `shown`. */
  readonly open: (parts: readonly Locator[]) => Promise<string>;
}

interface WorkerFixtures {
  readonly profileOf: (opening: Opening) => Promise<Profile>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  opening: [null, { option: true }],

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

  // A fresh context for each page: from the third warning in one context on, Chromium takes three seconds for each.
  context: async ({ opening, profileOf }, use, testInfo) => {
    const wanted = required(opening);
    const profile = await profileOf(wanted).catch(async (error: unknown) => {
      await recordFailure(testInfo, wanted, { reason: 'browser-unavailable', message: oneLine(error) });
      throw error;
    });
    const context = await profile.browser.newContext();
    await use(context);
    await context.close();
  },

  open: async ({ opening, page }, use, testInfo) => {
    const wanted = required(opening);
    await use(async (parts) => {
      const sight = await look(page, wanted.url, parts).catch(defect);
      if (sight.outcome === 'failed') {
        await recordFailure(testInfo, wanted, sight.failure);
        return inWords(sight);
      }
      await record(testInfo, wanted, sight);
      await testInfo.attach(attached.screenshot, { body: await page.screenshot(), contentType: 'image/png' });
      return inWords(sight);
    });
  },
});

export { expect } from '@playwright/test';

/** Title, tags and labels of the tests of one page. */
export function titleOf({ place }: Opening): string {
  return `${place.page} on ${place.machine}:${place.port}, from ${place.client}`;
}

/** The labels of a page, for every report. */
export function detailsOf({ place, machine }: Opening): TestDetails {
  const listener = listenersOn(machine).find(({ port }) => port === place.port);
  const severity = listener?.audiences.includes('agents') === false ? 'normal' : 'critical';
  const labels = { severity, machine: place.machine, port: String(place.port), client: place.client };
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

function oneLine(error: unknown): string {
  return messageOf(error).replaceAll(/\s+/g, ' ');
}

function defect(error: unknown): Sight {
  return { outcome: 'failed', failure: { reason: 'defect-in-uccert', message: oneLine(error) } };
}

async function record(
  testInfo: TestInfo,
  opening: Opening,
  sight: Exclude<Sight, { outcome: 'failed' }>,
): Promise<void> {
  const common = { url: opening.url, screenshot: null };
  if (sight.outcome !== 'refused') {
    await attach(testInfo, opening, { outcome: 'recorded', value: { ...common, ...sight } });
    return;
  }
  const { certificate } = sight;
  if (certificate !== null) {
    const body = toPem(certificate);
    await testInfo.attach(attached.certificate, { body, contentType: 'application/x-pem-file' });
  }
  const digest = certificate === null ? null : sha256(certificate);
  await attach(testInfo, opening, { outcome: 'recorded', value: { ...common, ...sight, certificate: digest } });
}

async function recordFailure(testInfo: TestInfo, opening: Opening, failure: ProbeFailure): Promise<void> {
  await attach(testInfo, opening, { outcome: 'failed', failure });
}

type Outcome<O> = O extends { kind: 'browser-page' } ? Omit<O, 'kind' | 'place' | 'at'> : never;

async function attach(testInfo: TestInfo, { place }: Opening, outcome: Outcome<Observation>): Promise<void> {
  const observation = { kind: 'browser-page', place, at: new Date().toISOString(), ...outcome };
  await testInfo.attach(attached.observation, {
    body: JSON.stringify(observation, null, 2),
    contentType: 'application/json',
  });
}
