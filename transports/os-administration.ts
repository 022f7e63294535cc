import type { Locator, Page } from 'playwright';
import { ProbeError } from '#model/errors.ts';
import { certificatesOfPem, requestsOfPem } from '#model/pem.ts';
import type { StoreSnapshot } from './store-snapshot.ts';
import { unexpected, VerifiedBrowser, type PageServer, type WebFile } from './verified-browser.ts';
import type { HttpLimits } from './verified-https.ts';

/** Where Unified OS Administration is, and who signs in: once, and only to a server that has proved itself. */
export interface PageAccess extends Omit<PageServer, 'folder'> {
  readonly user: string;
  readonly password: string;
}

/** Pages and fields as public clients spell them (seen in public code), and buttons as Cisco's guides call them. */
const seen = {
  folder: '/cmplatform/',
  list: '/cmplatform/certificateFindList.do?lookup=false&multiple=true&rowsPerPage=250&pageNumber=',
  requests: '/cmplatform/certificateDownloadNewCsr.do',
  user: '[name=j_username]',
  password: '[name=j_password]',
  purpose: '[name=NAME]',
  rowsPerPage: 250,
  generateRequest: 'Generate CSR',
  downloadRequest: 'Download CSR',
  generate: 'Generate',
  parentDomain: 'Parent Domain',
  keyLength: 'Key Length',
  hash: 'Hash Algorithm',
} as const;

/** What no document and no public client tells: inferred, change it here. A certificate's own page is what its row links to. */
const inferred = {
  purpose: /^Certificate( Name| Purpose)?$/i,
  trust: /trust$/i,
  download: /Download.*PEM/i,
} as const;

const mostPages = 20;
const rowsWithLinks = 'tr:has(td a)';

/**
 * Reads every certificate and every waiting request from the pages. Changes nothing. The limits are those of each page. Throws
 * `ProbeError`, and `BrowserUnavailable` where no browser starts.
 */
export async function readPages(access: PageAccess, limits: HttpLimits): Promise<StoreSnapshot> {
  await using visit = await Visit.start(access, limits);
  const identities = new Map<string, { certificate: Buffer; request: Buffer | null }>();
  const trust = new Map<string, { name: string; der: Buffer }[]>();
  const rows = await visit.rows();
  const waiting = await visit.requests();
  for (const row of rows) {
    const { name, der } = await visit.certificateOf(row);
    if (inferred.trust.test(row.purpose)) trust.set(row.purpose, [...(trust.get(row.purpose) ?? []), { name, der }]);
    else identities.set(row.purpose, { certificate: der, request: waiting.get(row.purpose) ?? null });
  }
  return { identities, trust };
}

/** Signs in and opens the page on which requests are made; changes nothing. Throws as `readPages`. */
export async function reachRequestForm(access: PageAccess, limits: HttpLimits): Promise<void> {
  await using visit = await Visit.start(access, limits);
  await visit.requestForm();
}

/**
 * Makes a new key pair and a request that names nothing: the field Parent Domain emptied (SANs issue with a Third Party Signed
 * Certificate, 200641). Whether a request waits afterwards only the machine tells. Throws as `readPages`.
 */
export async function requestWithoutNames(access: PageAccess, unit: string, limits: HttpLimits): Promise<void> {
  await using visit = await Visit.start(access, limits);
  await visit.generateRequest(unit);
}

/** One row of the list. */
interface ListedCertificate {
  readonly purpose: string;
  /** The words of its link, and the address where it has one; else a script opens it. */
  readonly text: string;
  readonly address: string | null;
  /** Which row of which page of the list. */
  readonly list: string;
  readonly place: number;
}

/** One visit to the pages: one browser, and the one sign-in. */
class Visit implements AsyncDisposable {
  readonly #access: PageAccess;
  readonly #browser: VerifiedBrowser;
  readonly #page: Page;
  #isSignedIn = false;

  private constructor(access: PageAccess, browser: VerifiedBrowser, page: Page) {
    this.#access = access;
    this.#browser = browser;
    this.#page = page;
  }

  static async start(access: PageAccess, limits: HttpLimits): Promise<Visit> {
    const browser = await VerifiedBrowser.start({ ...access, folder: seen.folder }, limits);
    return new Visit(access, browser, browser.firstPage);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser[Symbol.asyncDispose]();
  }

  /** The certificates on every page of the list. */
  async rows(): Promise<readonly ListedCertificate[]> {
    const rows: ListedCertificate[] = [];
    for (let number = 1; number <= mostPages; number += 1) {
      const path = `${seen.list}${String(number)}`;
      await this.#open(path);
      const found = await this.#browser.during(this.#page.locator(rowsWithLinks).evaluateAll(readRows));
      const listed = found.flatMap(({ cells, text, address, place }): ListedCertificate[] => {
        const purpose = cells.find(([heading]) => inferred.purpose.test(heading))?.[1] ?? '';
        return purpose === '' ? [] : [{ purpose, text, address, list: path, place }];
      });
      if (number === 1 && listed.length === 0) throw unexpected(path, 'a page without a list of certificates');
      rows.push(...listed);
      if (listed.length < seen.rowsPerPage) return rows;
    }
    throw new ProbeError({ reason: 'limit-exceeded', limit: `${String(mostPages)} pages of certificates` });
  }

  /** A certificate as its own page gives it. */
  async certificateOf(row: ListedCertificate): Promise<{ name: string; der: Buffer }> {
    const page = await this.#detailsOf(row);
    const file = await this.#fileOf(page, inferred.download, 'Download .PEM File');
    if (page !== this.#page) await page.close();
    const [der] = certificatesOfPem(file?.body.toString('utf8') ?? '');
    if (der === undefined) throw unexpected(row.text, 'no certificate');
    return { name: file?.name ?? row.text, der };
  }

  async #detailsOf({ address, list, place }: ListedCertificate): Promise<Page> {
    await this.#open(address ?? list);
    if (address !== null) return this.#page;
    const link = this.#page.locator(rowsWithLinks).nth(place).locator('td a').first();
    return this.#browser.onwardsAnywhere(this.#page, async () => link.click());
  }

  /** The requests that the machine offers for download, by purpose. */
  async requests(): Promise<ReadonlyMap<string, Buffer>> {
    const found = new Map<string, Buffer>();
    await this.#open(seen.requests);
    const offered = await this.#browser.during(this.#page.locator(`${seen.purpose} option`).evaluateAll(readOptions));
    for (const purpose of offered) {
      // Each form is taken once.
      await this.#open(seen.requests);
      await this.#browser.during(this.#page.locator(seen.purpose).selectOption(purpose));
      const file = await this.#fileOf(this.#page, seen.downloadRequest, seen.downloadRequest);
      const [request] = requestsOfPem(file?.body.toString('utf8') ?? '');
      if (request !== undefined) found.set(purpose, request);
    }
    return found;
  }

  /** Goes to the page on which requests are made: from the list, as people do. It may open in a window of its own. */
  async requestForm(): Promise<Page> {
    await this.#open(`${seen.list}1`);
    const button = await this.#there(this.#page, buttonNamed(this.#page, seen.generateRequest), seen.generateRequest);
    const form = await this.#browser.onwardsAnywhere(this.#page, async () => button.click());
    await this.#there(form, fieldNamed(form, seen.parentDomain), seen.parentDomain);
    return form;
  }

  async generateRequest(unit: string): Promise<void> {
    const form = await this.requestForm();
    const purpose = await this.#there(form, form.locator(seen.purpose), 'Certificate Purpose');
    if ((await this.#browser.during(purpose.inputValue())) !== unit) await this.#choose(form, purpose, unit);
    // The page may offer shorter keys and older hashes first.
    for (const [label, wanted] of [
      [seen.keyLength, '2048'],
      [seen.hash, 'SHA256'],
    ] as const) {
      const field = fieldNamed(form, label);
      const offered = await this.#browser.during(field.locator('option').evaluateAll(readOptions));
      if (offered.includes(wanted)) await this.#browser.during(field.selectOption(wanted));
    }
    await this.#browser.during(fieldNamed(form, seen.parentDomain).fill(''));
    const generate = await this.#there(form, buttonNamed(form, seen.generate), seen.generate);
    await this.#browser.onwards(form, async () => generate.click());
  }

  /** Another purpose may have the page made anew. */
  async #choose(form: Page, purpose: Locator, unit: string): Promise<void> {
    await purpose.evaluate(({ ownerDocument }) => {
      navigation.addEventListener('navigate', () => (ownerDocument.documentElement.dataset['leaving'] = 'yes'));
    });
    await this.#browser.during(purpose.selectOption(unit));
    await this.#browser.during(form.locator('html:not([data-leaving])').waitFor({ state: 'attached' }));
    await this.#browser.during(form.waitForLoadState('domcontentloaded'));
  }

  /** The page, behind the sign-in where it asks for one. The password is shown once. */
  async #open(to: string): Promise<void> {
    await this.#browser.open(this.#page, to);
    if (!(await this.#asksWho())) return;
    const { user, password } = this.#access;
    if (this.#isSignedIn) throw new ProbeError({ reason: 'not-authorised', as: user });
    this.#isSignedIn = true;
    await this.#browser.during(this.#page.locator(seen.user).fill(user));
    await this.#browser.during(this.#page.locator(seen.password).fill(password));
    await this.#browser.onwards(this.#page, async () => this.#page.locator(seen.password).press('Enter'));
    if (await this.#asksWho()) throw new ProbeError({ reason: 'not-authorised', as: user });
    await this.#open(to);
  }

  async #asksWho(): Promise<boolean> {
    return (await this.#browser.during(this.#page.locator(seen.password).count())) > 0;
  }

  async #fileOf(page: Page, name: string | RegExp, words: string): Promise<WebFile | null> {
    const button = await this.#there(page, buttonNamed(page, name), words);
    return this.#browser.fileOf(page, async () => button.click());
  }

  /** What a page must have, the first of it. */
  async #there(page: Page, part: Locator, words: string): Promise<Locator> {
    if ((await this.#browser.during(part.count())) > 0) return part.first();
    throw unexpected(new URL(page.url()).pathname, `a page without "${words}"`);
  }
}

/** Old pages have links that look like buttons, and inputs that are. */
function buttonNamed(page: Page, name: string | RegExp): Locator {
  const exact = typeof name === 'string';
  return page.getByRole('button', { name, exact }).or(page.getByRole('link', { name, exact }));
}

/** By its label; old pages have the words in the cell beside it. */
function fieldNamed(page: Page, label: string): Locator {
  const beside = page.locator('tr:not(:has(tr))').filter({ hasText: label }).locator('input, select, textarea');
  return page.getByLabel(label).or(beside).first();
}

/** Runs in the page: rows by the headings of their columns. Old pages are laid out by tables, so the innermost table counts. */
function readRows(
  rows: (SVGElement | HTMLElement)[],
): { cells: [heading: string, text: string][]; text: string; address: string | null; place: number }[] {
  const textOf = (cell: Element | undefined): string => (cell?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
  return rows.flatMap((row, place) => {
    const headings = row.closest('table')?.rows[0]?.cells;
    const link = row.querySelector('td a');
    if (!(row instanceof HTMLTableRowElement) || !(link instanceof HTMLAnchorElement)) return [];
    const cells = [...row.cells].map((cell, at): [string, string] => [textOf(headings?.[at]), textOf(cell)]);
    return [{ cells, text: textOf(link), address: link.protocol === 'https:' ? link.href : null, place }];
  });
}

/** Runs in the page. */
function readOptions(options: (SVGElement | HTMLElement)[]): string[] {
  return options.flatMap((option) => (option instanceof HTMLOptionElement ? [option.value] : []));
}
