import { ProbeError } from '#model/errors.ts';
import { certificatesOfPem, requestsOfPem } from '#model/pem.ts';
import { readHtml, type HtmlForm, type HtmlPage, type HtmlRow } from './html-page.ts';
import type { StoreSnapshot } from './store-snapshot.ts';
import { ask, type HttpAnswer, type HttpLimits, type VerifiedServer } from './verified-https.ts';

/** Where Unified OS Administration is, and who signs in: once, and only to a server that has proved itself. */
export interface PageAccess extends VerifiedServer {
  readonly user: string;
  readonly password: string;
}

/** Pages and fields as public clients spell them (seen in public code). */
const seen = {
  folder: '/cmplatform/',
  list: '/cmplatform/certificateFindList.do?lookup=false&multiple=true&rowsPerPage=250&pageNumber=',
  requests: '/cmplatform/certificateDownloadNewCsr.do',
  user: 'j_username',
  password: 'j_password',
  purpose: 'NAME',
  rowsPerPage: 250,
} as const;

/**
 * What no document and no public client tells: inferred, change it here. A certificate's own page is what its row links to; the
 * button on it has these words, and opens a page.
 */
const inferred = {
  purpose: /^Certificate( Name| Purpose)?$/i,
  usage: /^(Usage|Type)$/i,
  trust: /trust$/i,
  download: /Download.*PEM/i,
  generateRequest: '/cmplatform/certificateGenerateNewCsr.do',
  parentDomain: 'PARENTDOMAIN',
  keyLength: 'KEYLENGTH',
  hash: 'HASHALGORITHM',
} as const;

const mostPages = 20;
const mostRedirects = 5;

/**
 * Reads every certificate and every waiting request from the pages. Changes nothing. The limits are
 * those of each page. Throws `ProbeError`.
 */
export async function readPages(access: PageAccess, limits: HttpLimits): Promise<StoreSnapshot> {
  const visit = new Visit(access, limits);
  const rows = await listed(visit);
  const identities = new Map<string, { certificate: Buffer; request: Buffer | null }>();
  const trust = new Map<string, { name: string; der: Buffer }[]>();
  const waiting = await requests(visit);
  for (const row of rows) {
    const purpose = cell(row, inferred.purpose);
    const { name, der } = await certificateOf(visit, row, purpose);
    if (inferred.trust.test(purpose)) trust.set(purpose, [...(trust.get(purpose) ?? []), { name, der }]);
    else identities.set(purpose, { certificate: der, request: waiting.get(purpose) ?? null });
  }
  return { identities, trust };
}

/** Signs in and opens the page on which requests are made. Throws `ProbeError`. */
export async function openRequestPage(
  access: PageAccess,
  limits: HttpLimits,
): Promise<{ readonly visit: Pick<Visit, 'send'>; readonly form: HtmlForm }> {
  const visit = new Visit(access, limits);
  const form = (await visit.page(inferred.generateRequest)).forms.find(({ fields }) =>
    fields.has(inferred.parentDomain),
  );
  if (form === undefined) throw unexpected(inferred.generateRequest, 'a page without its form');
  return { visit, form };
}

/**
 * Makes a new key pair and a request that names nothing: the field Parent Domain emptied (SANs issue with a Third Party Signed
 * Certificate, 200641). Whether a request waits afterwards only the machine tells. Throws `ProbeError`.
 */
export async function requestWithoutNames(access: PageAccess, unit: string, limits: HttpLimits): Promise<void> {
  const { visit, form } = await openRequestPage(access, limits);
  // The page may offer shorter keys and older hashes first.
  const wanted = [
    [inferred.keyLength, '2048'],
    [inferred.hash, 'SHA256'],
  ] as const;
  const offered = wanted.filter(([name, value]) => form.choices.get(name)?.includes(value) === true);
  const filled = { ...Object.fromEntries(offered), [seen.purpose]: unit, [inferred.parentDomain]: '' };
  await visit.send(form, filled, inferred.generateRequest);
}

/** The rows of every page of the list. */
async function listed(visit: Visit): Promise<readonly HtmlRow[]> {
  const rows: HtmlRow[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const path = `${seen.list}${String(page)}`;
    const found = (await visit.page(path)).rows.filter((row) => cell(row, inferred.purpose) !== '');
    if (page === 1 && found.length === 0) throw unexpected(path, 'a page without a list of certificates');
    rows.push(...found);
    if (found.length < seen.rowsPerPage) return rows;
  }
  throw new ProbeError({ reason: 'limit-exceeded', limit: `${String(mostPages)} pages of certificates` });
}

function cell({ cells }: HtmlRow, heading: RegExp): string {
  return [...cells].find(([name]) => heading.test(name))?.[1] ?? '';
}

async function certificateOf(visit: Visit, row: HtmlRow, purpose: string): Promise<{ name: string; der: Buffer }> {
  const [details] = row.links;
  if (details === undefined) throw unexpected(purpose, 'a row without a link');
  const download = (await visit.page(details.to)).links.find(({ text }) => inferred.download.test(text));
  if (download === undefined) throw unexpected(details.to, 'a page without a download');
  const { headers, body } = await visit.get(download.to);
  const [der] = certificatesOfPem(body.toString('utf8'));
  if (der === undefined) throw unexpected(download.to, 'no certificate');
  const name = /filename="?([^";]+)/i.exec(headers['content-disposition'] ?? '')?.[1];
  return { name: name ?? details.text, der };
}

/** The requests that the machine offers for download, by purpose. */
async function requests(visit: Visit): Promise<ReadonlyMap<string, Buffer>> {
  const offered = (await visit.page(seen.requests)).forms.find(({ choices }) => choices.has(seen.purpose));
  const found = new Map<string, Buffer>();
  for (const purpose of offered?.choices.get(seen.purpose) ?? []) {
    // Each form is taken once.
    const form = (await visit.page(seen.requests)).forms.find(({ choices }) => choices.has(seen.purpose));
    if (form === undefined) throw unexpected(seen.requests, 'a page without its form');
    const { body } = await visit.send(form, { [seen.purpose]: purpose }, seen.requests);
    const [request] = requestsOfPem(body.toString('utf8'));
    if (request !== undefined) found.set(purpose, request);
  }
  return found;
}

/** One browser without a screen: its cookies, and the one sign-in. */
class Visit {
  readonly #access: PageAccess;
  readonly #limits: HttpLimits;
  readonly #cookies = new Map<string, string>();
  #isSignedIn = false;

  constructor(access: PageAccess, limits: HttpLimits) {
    this.#access = access;
    this.#limits = limits;
  }

  async page(path: string): Promise<HtmlPage> {
    return readHtml((await this.get(path)).body.toString('utf8'));
  }

  /** The page, behind the sign-in where it asks for one. The password is shown once. */
  async get(path: string): Promise<HttpAnswer> {
    const answer = await this.#ask('GET', path);
    const form = signInForm(answer);
    if (form === null) return answer;
    const { user, password } = this.#access;
    if (this.#isSignedIn) throw new ProbeError({ reason: 'not-authorised', as: user });
    this.#isSignedIn = true;
    const next = await this.send(form, { [seen.user]: user, [seen.password]: password }, path);
    if (signInForm(next) !== null) throw new ProbeError({ reason: 'not-authorised', as: user });
    return this.get(path);
  }

  async send(
    { action, fields }: HtmlForm,
    filled: Readonly<Record<string, string>>,
    from: string,
  ): Promise<HttpAnswer> {
    const body = new URLSearchParams([...new Map([...fields, ...Object.entries(filled)])]).toString();
    return this.#ask('POST', within(action === '' ? from : action, from), body);
  }

  async #ask(method: 'GET' | 'POST', path: string, body?: string): Promise<HttpAnswer> {
    let answer = await this.#once(method, within(path, seen.folder), body);
    for (let redirects = 0; redirects < mostRedirects; redirects += 1) {
      const to = answer.headers.location;
      if (answer.status < 300 || answer.status > 399 || to === undefined) return this.#good(answer, path);
      answer = await this.#once('GET', this.#here(to, path));
    }
    throw unexpected(path, 'redirects without an end');
  }

  async #once(method: 'GET' | 'POST', path: string, body?: string): Promise<HttpAnswer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = {
      ...(cookie === '' ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    const answer = await ask(
      this.#access,
      { method, path, headers, ...(body === undefined ? {} : { body }) },
      this.#limits,
    );
    for (const set of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#cookies.set(name, value);
    }
    return answer;
  }

  /** A redirect is followed on the server itself and nowhere else. */
  #here(to: string, from: string): string {
    const { serverName } = this.#access;
    const target = new URL(to, `https://${serverName}${from}`);
    if (target.protocol !== 'https:' || target.hostname !== serverName)
      throw unexpected(from, `a redirect to ${target.origin}`);
    return within(`${target.pathname}${target.search}`, from);
  }

  #good(answer: HttpAnswer, path: string): HttpAnswer {
    if (answer.status === 200) return answer;
    if (answer.status === 401) throw new ProbeError({ reason: 'not-authorised', as: this.#access.user });
    throw unexpected(path, `status ${String(answer.status)}`);
  }
}

function signInForm({ headers, body }: HttpAnswer): HtmlForm | null {
  if (!(headers['content-type'] ?? '').startsWith('text/html')) return null;
  return readHtml(body.toString('utf8')).forms.find(({ fields }) => fields.has(seen.password)) ?? null;
}

/** A path of OS Administration, from where the link stood. Throws `ProbeError` where it leads out of it. */
function within(to: string, from: string): string {
  const { pathname, search, host } = new URL(to, `https://machine.invalid${from}`);
  if (host === 'machine.invalid' && pathname.startsWith(seen.folder)) return `${pathname}${search}`;
  throw unexpected(from, `a link out of ${seen.folder}`);
}

function unexpected(to: string, answer: string): ProbeError {
  return new ProbeError({ reason: 'unexpected-answer', to: to.slice(0, 200), answer: answer.slice(0, 300) });
}
