import type { Frame, Page } from '@playwright/test';
import { tlsError } from './failure.ts';

/** The browser's own page in the place of another: Chromium's, Firefox's. */
const errorPage = /^(?:chrome-error:|about:(?:cert|net)error)/;

/** A server that is not there, or does not answer; not that the browser itself broke a request off, and not a certificate, which is told elsewhere. */
const noAnswer =
  /net::ERR_(?:CONNECTION|NAME|ADDRESS|TIMED|EMPTY|TUNNEL|PROXY)_?\w*|NS_ERROR_(?:UNKNOWN_HOST|CONNECTION|NET|PROXY)_?\w*/;

/** What a page asked for in vain, in words. */
export class NotLoaded {
  /** The last document that did not come, of each frame. */
  readonly #documents = new Map<Frame, string>();
  /** The first error of each server that did not answer. */
  readonly #servers = new Map<string, string>();

  watch(page: Page): void {
    page.on('requestfailed', (request) => {
      const { origin, pathname } = new URL(request.url());
      const said = request.failure()?.errorText ?? 'it failed';
      if (request.isNavigationRequest()) {
        const error = tlsError.exec(said)?.[0] ?? said;
        this.#documents.set(request.frame(), `in the place of ${origin}${pathname} the browser shows ${error}`);
        return;
      }
      const error = noAnswer.exec(said)?.[0];
      if (error !== undefined && !this.#servers.has(origin)) this.#servers.set(origin, error);
    });
  }

  /** A sentence for each error page that is shown now, and for each server that did not answer. */
  get inWords(): readonly string[] {
    const pages = [...this.#documents].filter(([frame]) => !frame.isDetached() && errorPage.test(frame.url()));
    return [
      ...pages.map(([, words]) => words),
      ...[...this.#servers].map(([origin, error]) => `${origin} does not answer (${error})`),
    ];
  }
}
