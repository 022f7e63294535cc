import type { BrowserContext, Request } from '@playwright/test';
import type { RefusedRequest } from '#model/observation.ts';
import { tlsError } from './failure.ts';

type Refused = Omit<RefusedRequest, 'certificate'>;

/** What the pages of a context say and fail to get. */
export class Evidence {
  readonly console: string[] = [];
  readonly failed: string[] = [];
  readonly #refused = new Map<string, Refused>();

  /** Watches all pages of a context, those that it opens later too. */
  watch(context: BrowserContext): void {
    context.on('console', (message) => this.console.push(`${message.type()}: ${message.text()}`));
    context.on('weberror', (error) => this.console.push(`error: ${error.error().message}`));
    context.on('requestfailed', (request) => {
      const error = request.failure()?.errorText ?? 'failed';
      this.#fail(request.url(), sortOf(request), error);
    });
    context.on('page', (page) => {
      page.on('websocket', (socket) => {
        socket.on('socketerror', (error) => {
          this.#fail(socket.url(), 'web-socket', error);
        });
      });
    });
  }

  /** Each port once, the first time. */
  get refused(): readonly Refused[] {
    return [...this.#refused.values()];
  }

  #fail(address: string, sort: RefusedRequest['of'], words: string): void {
    const { origin, pathname, protocol, host } = new URL(address);
    const isSocket = protocol === 'wss:';
    const url = isSocket ? `https://${host}${pathname}` : `${origin}${pathname}`;
    // Firefox tells of a WebSocket as of any request.
    const of = isSocket ? 'web-socket' : sort;
    this.failed.push(`${of} ${url}: ${words}`);
    const error = tlsError.exec(words)?.[0];
    if (error !== undefined && !this.#refused.has(host)) this.#refused.set(host, { url, of, error });
  }
}

function sortOf(request: Request): RefusedRequest['of'] {
  if (!request.isNavigationRequest()) return 'request';
  return request.headers()['sec-fetch-dest'] === 'iframe' ? 'frame' : 'page';
}
