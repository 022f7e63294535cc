import { chromium, errors, type BrowserContext, type Page, type Request, type Route } from 'playwright';
import { ProbeError } from '#model/errors.ts';
import { BrowserUnavailable } from '#browsers/browser-file.ts';
import { chromiumOptions, launchOptions, notStarted, tellsOfEnd } from '#browsers/launch.ts';
import { ask, type HttpAnswer, type HttpLimits, type HttpRequest, type VerifiedServer } from './verified-https.ts';

/** A server whose pages are opened: those below one folder, by one program of the family of Chromium. */
export interface PageServer extends VerifiedServer {
  /** `/cmplatform/`: no page out of it is opened, and no cookie leaves it. */
  readonly folder: string;
  /** The file of the browser. */
  readonly browser: string;
  /** A folder for this browser alone; whoever made it takes it away. */
  readonly home: string;
}

/** A file that a server gave for download. */
export interface WebFile {
  /** As the server calls it. */
  readonly name: string | null;
  readonly body: Buffer;
}

const mostRedirects = 5;

/** What belongs to a connection, or is ours to say. */
const ownHeaders = ['host', 'connection', 'content-length', 'accept-encoding', 'cookie'];

/**
 * A browser without a network. It draws the pages, runs their scripts and clicks; every octet goes over `verified-https.ts`. So
 * nothing is said to a server that has not proved itself, a password goes nowhere else whatever a page asks for, no trust store
 * is written, and no refusal of the browser's is gone round.
 */
export class VerifiedBrowser implements AsyncDisposable {
  readonly #server: PageServer;
  readonly #limits: HttpLimits;
  readonly #context: BrowserContext;
  readonly #cookies = new Map<string, string>();
  /** Why the visit cannot go on: of all that follows, the first. */
  readonly #failed = Promise.withResolvers<never>();
  #failure: Error | null = null;
  #file = Promise.withResolvers<WebFile>();

  private constructor(server: PageServer, limits: HttpLimits, context: BrowserContext) {
    this.#server = server;
    this.#limits = limits;
    this.#context = context;
    this.#failed.promise.catch(() => undefined);
    context.setDefaultTimeout(limits.ms);
    // A page waits for its scripts, which the limits hold for too.
    context.setDefaultNavigationTimeout(2 * (limits.connectMs + limits.ms));
    // A page that asks whether it may is told yes: what is done here was consented to before.
    context.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  }

  /** The limits are those of each page. Throws `BrowserUnavailable`. */
  static async start(server: PageServer, limits: HttpLimits): Promise<VerifiedBrowser> {
    const { browser, home } = server;
    try {
      const context = await chromium.launchPersistentContext(home, {
        ...launchOptions(home),
        executablePath: browser,
        ...chromiumOptions('MAP * ~NOTFOUND'),
        serviceWorkers: 'block',
      });
      const started = new VerifiedBrowser(server, limits, context);
      await context.route('**', async (route) => started.#answer(route));
      return started;
    } catch (error) {
      throw notStarted(browser, 'chromium', error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
  }

  /** The window that it opens with. */
  get firstPage(): Page {
    const [page] = this.#context.pages();
    if (page === undefined) throw new Error('the browser has no window');
    return page;
  }

  /** Opens a page by its path or address. Throws `ProbeError`, `BrowserUnavailable`. */
  async open(page: Page, to: string): Promise<void> {
    await this.during(page.goto(new URL(to, this.#origin).href, { waitUntil: 'domcontentloaded' }));
  }

  /** Does what opens another page in this window, and waits until it is there. Throws `ProbeError`, `BrowserUnavailable`. */
  async onwards(page: Page, act: () => Promise<unknown>): Promise<void> {
    const loaded = page.waitForEvent('domcontentloaded');
    await this.during(Promise.all([loaded, act()]));
  }

  /** Does what opens a window of its own or goes on in this one: the window in which the page is. Throws `ProbeError`, `BrowserUnavailable`. */
  async onwardsAnywhere(page: Page, act: () => Promise<unknown>): Promise<Page> {
    const popup = page.waitForEvent('popup').then(async (opened) => {
      await opened.waitForLoadState('domcontentloaded');
      return opened;
    });
    const here = page.waitForEvent('domcontentloaded').then(() => page);
    popup.catch(() => undefined);
    here.catch(() => undefined);
    const [opened] = await this.during(Promise.all([Promise.race([popup, here]), act()]));
    return opened;
  }

  /** Does what a server answers with a file; null where it answered with another page. Throws `ProbeError`, `BrowserUnavailable`. */
  async fileOf(page: Page, act: () => Promise<unknown>): Promise<WebFile | null> {
    this.#file = Promise.withResolvers<WebFile>();
    const another = page.waitForEvent('domcontentloaded').then(() => null);
    another.catch(() => undefined);
    const [file] = await this.during(Promise.all([Promise.race([this.#file.promise, another]), act()]));
    return file;
  }

  /** What came of it, unless the server failed meanwhile. Throws `ProbeError`, `BrowserUnavailable`. */
  async during<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await Promise.race([work, this.#failed.promise]);
    } catch (error) {
      if (this.#failure !== null) throw this.#failure;
      if (tellsOfEnd(error)) throw this.#ended(error);
      if (!(error instanceof errors.TimeoutError)) throw error;
      throw new ProbeError({ reason: 'timed-out', stage: 'dialogue', afterMs: this.#limits.ms }, { cause: error });
    }
  }

  #ended(cause: unknown): BrowserUnavailable {
    const todo = 'Ask again; where it ends each time, start it by hand to see why.';
    return new BrowserUnavailable(`${this.#server.browser} ended while a page was open.`, todo, { cause });
  }

  get #origin(): string {
    const { serverName, port } = this.#server;
    return `https://${serverName.includes(':') ? `[${serverName}]` : serverName}:${String(port)}`;
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const isPage = isPageOf(request);
    try {
      const { answer, path } = await this.#ask(request, isPage);
      if (isPage && answer.status !== 200) throw this.#notOk(answer, path);
      const type = answer.headers['content-type'] ?? 'text/html';
      const disposition = answer.headers['content-disposition'] ?? '';
      if (isPage && (disposition.startsWith('attachment') || !type.startsWith('text/html'))) {
        this.#file.resolve({ name: /filename="?([^";]+)/i.exec(disposition)?.[1] ?? null, body: answer.body });
        await route.fulfill({ status: 204 });
        return;
      }
      await route.fulfill({ status: answer.status, contentType: type, body: answer.body });
    } catch (error) {
      // What a page is drawn with may be missing; the page itself may not.
      if (isPage) this.#fail(error);
      await route.abort().catch(() => undefined);
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    this.#failed.reject(this.#failure);
  }

  /** Redirects are followed here: a browser would not ask us again. */
  async #ask(request: Request, isPage: boolean): Promise<{ readonly answer: HttpAnswer; readonly path: string }> {
    let path = this.#pathOf(request.url(), this.#origin, isPage);
    let answer = await this.#once(path, asked(request));
    for (let redirects = 0; redirects < mostRedirects; redirects += 1) {
      const to = answer.headers.location;
      if (answer.status < 300 || answer.status > 399 || to === undefined) return { answer, path };
      path = this.#pathOf(to, `${this.#origin}${path}`, isPage);
      answer = await this.#once(path, { method: 'GET', headers: {} });
    }
    throw unexpected(path, 'redirects without an end');
  }

  async #once(path: string, request: Omit<HttpRequest, 'path'>): Promise<HttpAnswer> {
    const isWithin = path.startsWith(this.#server.folder);
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...request.headers, ...(isWithin && cookie !== '' ? { cookie } : {}) };
    const answer = await ask(this.#server, { ...request, path, headers }, this.#limits);
    for (const set of isWithin ? (answer.headers['set-cookie'] ?? []) : []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#cookies.set(name, value);
    }
    return answer;
  }

  /** Where on the server an address leads, from the page that it stands on. Throws `ProbeError` where it leads elsewhere. */
  #pathOf(to: string, from: string, isPage: boolean): string {
    const { origin, pathname, search } = new URL(to, from);
    const { pathname: source } = new URL(from);
    // The port of a redirect is often that of another way in, by which the browser never came.
    if (hostOf(origin) !== hostOf(this.#origin) || !origin.startsWith('https:'))
      throw unexpected(source, `a way to ${origin}`);
    if (isPage && !pathname.startsWith(this.#server.folder))
      throw unexpected(source, `a way out of ${this.#server.folder}`);
    return `${pathname}${search}`;
  }

  #notOk({ status }: HttpAnswer, path: string): ProbeError {
    return unexpected(path, `status ${String(status)}`);
  }
}

function hostOf(origin: string): string {
  return new URL(origin).hostname;
}

/** Whether it is a page in a window, and not in a frame or a part of one. */
function isPageOf(request: Request): boolean {
  if (!request.isNavigationRequest()) return false;
  try {
    return request.frame().parentFrame() === null;
  } catch {
    // The window is not there yet.
    return true;
  }
}

function asked(request: Request): Omit<HttpRequest, 'path'> {
  const headers = Object.entries(request.headers()).filter(([name]) => !ownHeaders.includes(name.toLowerCase()));
  const body = request.postDataBuffer();
  const method = request.method();
  if (method !== 'GET' && method !== 'POST') throw unexpected(request.url(), `a page that asks for ${method}`);
  return { method, headers: Object.fromEntries(headers), ...(body === null ? {} : { body }) };
}

/** The answer to a page was not what it should be. */
export function unexpected(to: string, answer: string): ProbeError {
  return new ProbeError({ reason: 'unexpected-answer', to: to.slice(0, 200), answer: answer.slice(0, 300) });
}
