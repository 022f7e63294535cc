import { stripVTControlCharacters } from 'node:util';
import type { Locator, Page, Request, TestInfo } from '@playwright/test';
import { messageOf } from '#model/errors.ts';
import { failureWords } from '#model/failure-words.ts';
import type { Observed, ProbeFailure } from '#model/observation.ts';
import type { Opening } from '#inventory/pages.ts';
import { expect, test } from '@playwright/test';
import { NotLoaded } from './not-loaded.ts';
import { inWords, look, type Sight } from './look.ts';
import { mistakenSelector, nameOfPart } from './parts.ts';
import { elementInWords, selectorMistake } from './unseen.ts';

/** How long a claim waits to come true, and a click for its button, milliseconds. */
export const claimMs = 10_000;

/** Words of a page are kept this short. */
const mostWords = 300;

/** What came of a visit: a page as it was met, or why nobody could look. Null while nothing is known. */
export type Outcome =
  | { readonly failure: ProbeFailure }
  | { readonly refused: Extract<Sight, { outcome: 'refused' }> }
  | { readonly met: Exclude<Observed<'browser-page'>, { outcome: 'refused' }>['outcome']; readonly words: string };

/** One person at one page: opens it, and claims what is to be seen, one thing after another. */
export class Visit {
  readonly opening: Opening;
  readonly page: Page;
  readonly #testInfo: TestInfo;
  #refused: Extract<Sight, { outcome: 'refused' }> | null = null;
  #failure: ProbeFailure | null = null;
  #title = '';
  /** Requests of the page that sign somebody in and have no reply. */
  readonly #underWay = new Set<Request>();
  /** The claim that is being looked at, or that did not hold. */
  #missing: string | null = null;
  readonly #notLoaded = new NotLoaded();
  #picture: Buffer | null = null;

  constructor(opening: Opening, page: Page, testInfo: TestInfo) {
    this.opening = opening;
    this.page = page;
    this.#testInfo = testInfo;
    this.#notLoaded.watch(page);
    page.on('request', (request) => {
      if (isSignIn(request)) this.#underWay.add(request);
    });
    const end = (request: Request): void => void this.#underWay.delete(request);
    page.on('requestfinished', end);
    page.on('requestfailed', end);
  }

  /** Opens a page without a warning, and finds its documented parts. */
  async open(parts: Readonly<Record<string, Locator>>, url = this.opening.url, page = this.page): Promise<void> {
    if (page !== this.page) this.#notLoaded.watch(page);
    await test.step(`open ${url}`, async () => {
      const sight = await look(page, url, Object.values(parts));
      if ('url' in sight && !this.#isHere(sight.url)) {
        this.#missing = `the page ${withoutQuery(sight.url)} (${inWords(sight)})`;
        throw new Error(unseen(this.#missing));
      }
      if (sight.outcome === 'failed') this.cannotLook(sight.failure);
      if (sight.outcome === 'refused') this.#refused = sight;
      if (sight.outcome === 'not-as-documented') {
        const asked = Object.values(parts).map((part) => part.description());
        await this.#refuseMistaken((words) => asked.includes(words));
        this.#missing = sight.missing;
      }
      if (sight.outcome === 'shown') this.#title = sight.title;
      if (sight.outcome === 'not-as-documented') throw new Error(unseen(sight.missing));
      expect(inWords(sight)).toBe('shown');
    });
  }

  /** Whether a document is one of the port that the visit is about: what keeps another one away is no failure to look here. */
  #isHere(url: string): boolean {
    return new URL(url).origin === new URL(this.opening.url).origin;
  }

  /** Claims something that is to be seen. `says`: where the page says why not. */
  async claim(words: string, check: () => Promise<unknown>, says?: Locator): Promise<void> {
    this.#missing = words;
    await test.step(words, async () => {
      try {
        await check();
      } catch (error) {
        if (this.#failure !== null) throw error;
        this.#refuseSelector(messageOf(error));
        const said = says === undefined ? '' : await wordsOf(says);
        const element = elementInWords(messageOf(error), nameOfPart);
        // Of several that would do none is named: then all are looked at.
        await this.#refuseMistaken((part) => element === null || element.startsWith(`${part}: `));
        this.#missing = [
          element === null ? words : `${words} (${element})`,
          ...(said === '' ? [] : [`it says "${said}"`]),
          ...this.#notLoaded.inWords,
        ].join('; ');
        throw withoutPage(unseen(this.#missing), error);
      }
    });
    this.#missing = null;
  }

  /** Keeps what is to be seen now as the picture of a visit that goes well: at its end everything is as it was before. */
  async keepPicture(): Promise<void> {
    this.#picture = await this.page.screenshot().catch(() => null);
  }

  get picture(): Buffer | null {
    return this.#picture;
  }

  /** A selector of the inventory that is none is no fault of the page. */
  #refuseSelector(message: string): void {
    const mistake = selectorMistake(message);
    if (mistake === null) return;
    const todo = 'Put the selector right under selectors in the inventory, as CSS or Playwright has it.';
    this.cannotLook({ reason: 'file-unreadable', message: `a selector cannot be parsed: ${mistake}`, todo });
  }

  /** Nor is one that finds nothing where the documented one does. */
  async #refuseMistaken(isSuspect: (words: string) => boolean): Promise<void> {
    const message = await mistakenSelector(isSuspect);
    if (message === null) return;
    const todo = 'Take the selector out of the inventory, or put it right there: the page has what documents say.';
    this.cannotLook({ reason: 'file-unreadable', message, todo });
  }

  /** Ends the visit: what it is about could not be looked at. Neither well nor a fault. */
  cannotLook(failure: ProbeFailure): never {
    this.#failure = failure;
    this.#testInfo.skip(true, failureWords(failure).seen);
    throw new Error(failureWords(failure).seen);
  }

  /**
   * Closes the page: a test that was interrupted runs on, and would still press a button. What was pressed is answered first, so that
   * nobody is signed in behind the back of whoever signs everybody out.
   */
  async leave(): Promise<void> {
    if (this.#testInfo.status !== 'interrupted') return;
    await patient
      .poll(() => this.#underWay.size)
      .toBe(0)
      .catch(() => undefined);
    await this.page.close();
  }

  /** What came of it, once the test has ended. */
  get outcome(): Outcome | null {
    const { errors: thrown, status } = this.#testInfo;
    if (this.#failure !== null) return { failure: this.#failure };
    if (this.#refused !== null) return { refused: this.#refused };
    if (status === 'interrupted') return null;
    if (thrown.length === 0) return { met: 'shown', words: this.#title };
    if (this.#missing !== null) return { met: 'not-as-documented', words: this.#missing };
    const said = thrown[0]?.message ?? 'the suite failed without a word';
    const element = elementInWords(said, nameOfPart);
    if (element !== null) return { met: 'not-as-documented', words: element };
    const message = stripVTControlCharacters(said).replaceAll(/\s+/g, ' ');
    return { failure: { reason: 'defect-in-uccert', message } };
  }
}

/** The address without what follows its path: there may be secrets in it. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function unseen(words: string): string {
  return `expected and not seen: ${words}`;
}

/** A change of a user by Finesse REST, or a form that is sent. */
function isSignIn(request: Request): boolean {
  const isOfFinesse = new URL(request.url()).pathname.startsWith('/finesse/api/User');
  return ['PUT', 'POST'].includes(request.method()) && (isOfFinesse || request.isNavigationRequest());
}

/** The error where it was, without what Playwright adds to it: the fields of the page as they stand, passwords too. */
function withoutPage(words: string, error: unknown): Error {
  const bare = new Error(words);
  if (error instanceof Error && error.stack !== undefined) bare.stack = error.stack;
  return bare;
}

/** What is to be read at a place, shortened; empty where there is nothing. */
async function wordsOf(place: Locator): Promise<string> {
  const all = await place.allInnerTexts().catch(() => []);
  const text = all.join(' ').replaceAll(/\s+/g, ' ').trim();
  return text.length > mostWords ? `${text.slice(0, mostWords)}…` : text;
}

/** Assertions wait this long: what people see depends on several servers. */
export const patient = expect.configure({ timeout: claimMs });
