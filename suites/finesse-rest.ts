import type { Browser, Page } from '@playwright/test';
import type { Machine } from '#model/inventory.ts';
import type { Person } from '#inventory/load.ts';
import { urlOf } from '#inventory/pages.ts';

export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** One page for each node and browser: it costs as much as half a sign-in. */
const controlPages = new WeakMap<Browser, Map<string, Page>>();

/** Finesse REST of one node (developer.cisco.com/docs/finesse), asked through the browser: a password goes only to a server that the PC trusts. */
export class FinesseRest {
  readonly #browser: Browser;
  readonly #machine: Machine;
  readonly #passwordOf: (person: Person) => string;

  constructor(browser: Browser, machine: Machine, passwordOf: (person: Person) => string) {
    this.#browser = browser;
    this.#machine = machine;
    this.#passwordOf = passwordOf;
  }

  async ask(person: Person, method: string, path: string, body?: string): Promise<Reply> {
    const page = await this.#controlPage();
    const authorization = `Basic ${Buffer.from(`${person.user}:${this.#passwordOf(person)}`).toString('base64')}`;
    return page.evaluate(
      async ({ url, ...request }) => {
        const { body: content, ...rest } = request;
        const reply = await fetch(url, {
          ...rest,
          credentials: 'omit',
          ...(content === null ? {} : { body: content }),
        });
        return { status: reply.status, text: await reply.text() };
      },
      {
        url: `/finesse/api/${path}`,
        method,
        headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/xml' }) },
        body: body ?? null,
      },
    );
  }

  async userOf(person: Person): Promise<Reply> {
    return this.ask(person, 'GET', userPath(person));
  }

  async stateOf(person: Person): Promise<string | null> {
    return stateIn((await this.userOf(person)).text);
  }

  /** One step on the way to signed out: calls are dropped, the state changes as far as it may. Gives the state after it. */
  async stepTowardsSignedOut(person: Person): Promise<string | null> {
    const state = await this.stateOf(person);
    if (state === 'LOGOUT') return state;
    const { text } = await this.ask(person, 'GET', `${userPath(person)}/Dialogs`);
    const drop = `<Dialog><targetMediaAddress>${person.extension ?? ''}</targetMediaAddress><requestedAction>DROP</requestedAction></Dialog>`;
    for (const [, id = ''] of text.matchAll(/<id>([^<]+)<\/id>/g)) await this.ask(person, 'PUT', `Dialog/${id}`, drop);
    const next = state === 'NOT_READY' ? 'LOGOUT' : 'NOT_READY';
    await this.ask(person, 'PUT', userPath(person), `<User><state>${next}</state></User>`);
    return this.stateOf(person);
  }

  /** A page of the same origin as the REST API, out of the sight of the visit. */
  async #controlPage(): Promise<Page> {
    const pages = controlPages.get(this.#browser) ?? new Map<string, Page>();
    controlPages.set(this.#browser, pages);
    const known = pages.get(this.#machine.id);
    if (known?.isClosed() === false) return known;
    const page = await (await this.#browser.newContext()).newPage();
    await page.goto(urlOf(this.#machine, 8445, '/finesse/api/SystemInfo'));
    pages.set(this.#machine.id, page);
    return page;
  }
}

/** The path of an account in Finesse REST. */
export function userPath({ user }: Person): string {
  return `User/${encodeURIComponent(user)}`;
}

/** The state that a user is said to be in. */
export function stateIn(user: string): string | null {
  return /<state>(\w+)<\/state>/.exec(user)?.[1] ?? null;
}
