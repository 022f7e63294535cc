import type { Locator, Page, Request, Response } from '@playwright/test';
import { failureWords } from '#model/failure-words.ts';
import type { ProbeFailure } from '#model/observation.ts';
import { stopOf, tlsError } from './failure.ts';

/** Milliseconds for a page to answer, and then for its parts to appear. */
const answerMs = 15_000;
const partsMs = 5_000;

/** What a person sees. */
export type Sight =
  | { readonly outcome: 'shown'; readonly title: string }
  /** `url`: of the document that was refused, which another page may have led to. */
  | { readonly outcome: 'refused'; readonly url: string; readonly error: string; readonly certificate: Buffer | null }
  | { readonly outcome: 'not-as-documented'; readonly missing: string }
  | { readonly outcome: 'failed'; readonly url: string; readonly failure: ProbeFailure };

/** Opens a page and finds out whether it is shown, and with the parts that documents give it. */
export async function look(page: Page, url: string, parts: readonly Locator[]): Promise<Sight> {
  const warning = await watchWarning(page);
  const said: string[] = [];
  let asked = url;
  page.on('request', (request) => {
    if (isDocument(request, page)) asked = request.url();
  });
  page.on('requestfailed', (request) => {
    if (isDocument(request, page)) said.push(request.failure()?.errorText ?? '');
  });
  let response: Response | null;
  try {
    response = await page.goto(url, { waitUntil: 'domcontentloaded', timeout: answerMs });
  } catch (error) {
    const stop = stopOf(error, asked, answerMs, said.join(' '));
    if ('failure' in stop) return { outcome: 'failed', url: asked, failure: stop.failure };
    // The warning comes a moment after the error; a few errors have none.
    await Promise.allSettled([page.waitForURL(/^(?:chrome-error:|about:(?:cert|net)error)/, { timeout: partsMs })]);
    if ('asks' in stop) return { outcome: 'shown', title: '' };
    const { error: named = stop.refused, certificate } = await warning();
    return { outcome: 'refused', url: asked, error: named, certificate };
  }
  // Of an error's page no part is to be waited for.
  const missing = answers(response) ? await missingOf(parts) : [`the page itself, which answers ${statusOf(response)}`];
  if (missing.length === 0) return { outcome: 'shown', title: await page.title() };
  const { origin, pathname } = new URL(page.url());
  // What follows a semicolon is a session's id, where cookies are not taken yet.
  return { outcome: 'not-as-documented', missing: `${listed(missing)} at ${origin}${pathname.split(';')[0] ?? ''}` };
}

/** 200, or the question who asks: then the browser has taken the certificate. */
function answers(response: Response | null): boolean {
  if (response === null) return false;
  return response.ok() || (response.status() === 401 && response.headers()['www-authenticate'] !== undefined);
}

/** `the field for the name, the button Send of Chat`: parts of one page name it once. */
function listed(parts: readonly string[]): string {
  const page = / of (?!.* of ).+$/.exec(parts.at(-1) ?? '')?.[0] ?? '';
  return parts
    .map((part, at) => (at < parts.length - 1 && part.endsWith(page) ? part.slice(0, part.length - page.length) : part))
    .join(', ');
}

/** `503 Service Unavailable`. */
function statusOf(response: Response | null): string {
  return response === null ? 'nothing' : `${String(response.status())} ${response.statusText()}`.trim();
}

function isDocument(request: Request, page: Page): boolean {
  return request.isNavigationRequest() && request.frame() === page.mainFrame();
}

/** The parts that do not come into sight, by their descriptions. All share one deadline. */
async function missingOf(parts: readonly Locator[]): Promise<string[]> {
  const seen = await Promise.allSettled(parts.map((part) => part.waitFor({ state: 'visible', timeout: partsMs })));
  return parts.filter((_, at) => seen[at]?.status === 'rejected').map((part) => part.description() ?? String(part));
}

/** What a warning is about: the end entity certificate as the browser had it before it. */
interface Warned {
  /** Where the warning names its error itself. */
  readonly error?: string;
  readonly certificate: Buffer | null;
}

async function watchWarning(page: Page): Promise<() => Promise<Warned>> {
  if (page.context().browser()?.browserType().name() === 'firefox') return () => warningOfFirefox(page);
  const devTools = await page.context().newCDPSession(page);
  let seen: string | undefined;
  devTools.on('Security.visibleSecurityStateChanged', ({ visibleSecurityState }) => {
    seen = visibleSecurityState.certificateSecurityState?.certificate[0] ?? seen;
  });
  await devTools.send('Security.enable');
  return async () => {
    // An answer comes after every event before it.
    await devTools.send('Security.disable');
    return { certificate: seen === undefined ? null : Buffer.from(seen, 'base64') };
  };
}

/** What the warning of Firefox itself tells: more than Playwright's build says of the request. Nothing where another page is in its place. */
async function warningOfFirefox(page: Page): Promise<Warned> {
  try {
    const told = await page.waitForFunction(
      () => {
        const info = (document as Partial<CertificateError>).getFailedCertSecurityInfo?.();
        const [sent] = info?.certChainStrings ?? [];
        return info === undefined || sent === undefined ? null : { error: info.errorCodeString, sent };
      },
      undefined,
      { timeout: partsMs },
    );
    const { error = '', sent = '' } = (await told.jsonValue()) ?? {};
    return { ...(tlsError.test(error) ? { error } : {}), certificate: Buffer.from(sent, 'base64') };
  } catch {
    return { certificate: null };
  }
}

/** What the page about:certerror may ask (dom/webidl/Document.webidl): the certificates as they were sent, in Base64. */
interface CertificateError {
  getFailedCertSecurityInfo: () => { readonly errorCodeString: string; readonly certChainStrings: readonly string[] };
}

/** A sight in one line. */
export function inWords(sight: Sight): string {
  switch (sight.outcome) {
    case 'shown':
      return 'shown';
    case 'refused':
      return `refused: ${sight.error}`;
    case 'not-as-documented':
      return `shown without ${sight.missing}`;
    case 'failed':
      return failureWords(sight.failure).seen;
  }
}
