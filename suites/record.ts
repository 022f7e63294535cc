import type { Browser, Page, TestInfo } from '@playwright/test';
import { sha256 } from '#model/digest.ts';
import type { Sha256 } from '#model/names.ts';
import type { Observation, ProbeFailure, RefusedRequest } from '#model/observation.ts';
import { toPem } from '#model/pem.ts';
import type { Opening } from '#inventory/pages.ts';
import type { Evidence } from './evidence.ts';
import { look } from './look.ts';
import type { Mask } from './mask.ts';
import type { Outcome } from './visit.ts';

/** Names of what a test attaches, for the reporter that gathers it. */
export const attached = {
  observation: 'observation',
  screenshot: 'screenshot',
  certificates: 'certificates',
  console: 'console',
  failedRequests: 'failed requests',
  trace: 'trace',
} as const;

interface Scene {
  readonly testInfo: TestInfo;
  readonly opening: Opening;
  readonly mask: Mask;
}

/** Where there is more to be seen of a visit. */
interface Seen {
  readonly page: Page;
  /** What the visit itself kept; null where the page as it is now says enough. */
  readonly picture: Buffer | null;
  readonly browser: Browser;
  readonly evidence: Evidence;
}

/** Attaches why a page was not looked at. */
export async function recordFailure(scene: Scene, failure: ProbeFailure): Promise<void> {
  await attach(scene, { outcome: 'failed', failure });
}

/** Attaches what a visit brought home: the observation, a picture, the certificates, what the browser said meanwhile. */
export async function record(
  scene: Scene,
  outcome: Outcome,
  { page, picture: kept, browser, evidence }: Seen,
): Promise<void> {
  const { testInfo, opening } = scene;
  await attachLines(scene, attached.console, evidence.console);
  await attachLines(scene, attached.failedRequests, evidence.failed);
  if ('failure' in outcome) {
    await recordFailure(scene, outcome.failure);
    return;
  }
  // What was seen counts without its picture too.
  const isWell = 'met' in outcome && outcome.met === 'shown';
  const picture = (isWell ? kept : null) ?? (await page.screenshot().catch(() => null));
  if (picture !== null) await testInfo.attach(attached.screenshot, { body: picture, contentType: 'image/png' });
  const common = { url: opening.url, screenshot: null };
  const certificates = new Map<Sha256, Buffer>();
  const keep = (der: Buffer | null): Sha256 | null => {
    if (der === null) return null;
    const digest = sha256(der);
    certificates.set(digest, der);
    return digest;
  };
  if ('refused' in outcome) {
    const { error, certificate } = outcome.refused;
    const value = { ...common, outcome: 'refused', error, certificate: keep(certificate) } as const;
    await attach(scene, { outcome: 'recorded', value });
  } else {
    const refusals: RefusedRequest[] = [];
    for (const refused of evidence.refused)
      refusals.push({ ...refused, certificate: keep(await certificateBehind(browser, refused.url)) });
    const words = outcome.met === 'shown' ? { title: outcome.words } : { missing: scene.mask.text(outcome.words) };
    const value = { ...common, outcome: outcome.met, ...words, ...(refusals.length === 0 ? {} : { refusals }) };
    await attach(scene, { outcome: 'recorded', value: value as Recorded });
  }
  if (certificates.size > 0) {
    const body = [...certificates.values()].map((der) => toPem(der)).join('');
    await testInfo.attach(attached.certificates, { body, contentType: 'application/x-pem-file' });
  }
}

/** The certificate that the browser stops at, as it shows it to somebody who opens the port as a page. */
async function certificateBehind(browser: Browser, url: string): Promise<Buffer | null> {
  const context = await browser.newContext();
  try {
    const sight = await look(await context.newPage(), new URL(url).origin, []);
    return sight.outcome === 'refused' ? sight.certificate : null;
  } finally {
    await context.close();
  }
}

async function attachLines({ testInfo, mask }: Scene, name: string, lines: readonly string[]): Promise<void> {
  if (lines.length > 0)
    await testInfo.attach(name, { body: mask.text(`${lines.join('\n')}\n`), contentType: 'text/plain' });
}

type OfPages<O> = O extends { kind: 'browser-page' } ? Omit<O, 'kind' | 'place' | 'at'> : never;
type PageOutcome = OfPages<Observation>;
type Recorded = Extract<PageOutcome, { outcome: 'recorded' }>['value'];

async function attach({ testInfo, opening: { place }, mask }: Scene, outcome: PageOutcome): Promise<void> {
  const observation = { kind: 'browser-page', place, at: new Date().toISOString(), ...outcome };
  await testInfo.attach(attached.observation, {
    body: mask.text(JSON.stringify(observation, null, 2)),
    contentType: 'application/json',
  });
}
