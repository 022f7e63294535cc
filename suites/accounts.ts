import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Browser, type Page } from '@playwright/test';
import type { Inventory, Person } from '#inventory/load.ts';
import { urlOf } from '#inventory/pages.ts';
import { loadSecret } from '#inventory/secret.ts';
import type { Role } from '#inventory/schema.ts';
import type { Mask } from './mask.ts';
import type { Visit } from './visit.ts';

interface Reply {
  readonly status: number;
  readonly text: string;
}

/** One page for each node and browser: it costs as much as half a sign-in. */
const controlPages = new WeakMap<Browser, Map<string, Page>>();

/** Milliseconds for an account to be as it was. */
const restoreMs = 15_000;

interface Surroundings {
  readonly browser: Browser;
  readonly inventory: Inventory;
  readonly mask: Mask;
  /** Where refused accounts are written down: a process that starts anew must not try their passwords again. */
  readonly folder: string;
}

/**
 * The test accounts of one visit, as Finesse has them: an account is taken only while it is signed out, and is signed
 * out again whatever happens. All is asked through the browser: a password goes only to a server that the PC trusts.
 */
export class Accounts implements AsyncDisposable {
  readonly #visit: Visit;
  readonly #around: Surroundings;
  readonly #taken: Person[] = [];

  constructor(visit: Visit, around: Surroundings) {
    this.#visit = visit;
    this.#around = around;
  }

  /** The account that the visit is made with. */
  get own(): Person {
    const { role } = this.#visit.opening;
    return this.#with(role ?? 'agent', []);
  }

  /** Another one that has a telephone. */
  caller(besides: Person): Person {
    const { people } = this.#around.inventory;
    const other = people.find(({ user, extension }) => user !== besides.user && extension !== null);
    return other ?? this.#visit.cannotLook({ reason: 'no-account', role: 'a second agent, to call the first' });
  }

  /** An agent whose state may be changed. */
  get agent(): Person {
    return this.#with('agent', []);
  }

  #with(role: Role, besides: readonly Person[]): Person {
    const { people } = this.#around.inventory;
    const found = people.find((person) => person.role === role && !besides.includes(person));
    return found ?? this.#visit.cannotLook({ reason: 'no-account', role: `${article(role)} ${role}` });
  }

  /** The password, for the field it is typed into. Masked in all that is kept. */
  passwordOf({ password }: Person): string {
    const secret = loadSecret(password, this.#around.inventory.file).reveal();
    this.#around.mask.add(secret);
    return secret;
  }

  /** Types a password as a keyboard does: what Playwright itself types stands in its reports. */
  async typePassword(page: Page, person: Person): Promise<void> {
    const keyboard = await page.context().newCDPSession(page);
    await keyboard.send('Input.insertText', { text: this.passwordOf(person) });
    await keyboard.detach();
  }

  /** Makes sure that nobody is disturbed, and that the account is signed out in the end. */
  async take(person: Person): Promise<void> {
    this.#refusedBefore(person);
    const { status, text } = await this.ask(person, 'GET', `User/${encodeURIComponent(person.user)}`);
    if (status === 401) {
      // Five wrong passwords lock an account: the page may be asked once what it says, and then nobody asks again.
      this.#noteRefusal(person);
      if (person !== this.own) this.#visit.cannotLook({ reason: 'not-authorised', as: person.user });
      return;
    }
    const state = stateIn(text);
    if (status !== 200 || state === null)
      this.#visit.cannotLook({ reason: 'unexpected-answer', to: `GET User/${person.user}`, answer: String(status) });
    if (state !== 'LOGOUT') this.#visit.cannotLook({ reason: 'account-in-use', as: person.user, state });
    this.#taken.push(person);
  }

  /** Signs an account in, behind the scenes. */
  async signIn(person: Person): Promise<void> {
    await this.take(person);
    await this.#put(person, `<User><state>LOGIN</state><extension>${person.extension ?? ''}</extension></User>`);
    await expect.poll(() => this.#stateOf(person), { message: `${person.user} is signed in` }).toBe('NOT_READY');
  }

  /** Asks for a state, behind the scenes. */
  async turn(person: Person, state: 'READY' | 'NOT_READY'): Promise<void> {
    await this.#put(person, `<User><state>${state}</state></User>`);
  }

  /** Calls an extension from the telephone of an account. */
  async call(from: Person, to: Person): Promise<void> {
    const [fromAddress, toAddress] = [from.extension ?? '', to.extension ?? ''];
    const dialog = `<Dialog><requestedAction>MAKE_CALL</requestedAction><toAddress>${toAddress}</toAddress><fromAddress>${fromAddress}</fromAddress></Dialog>`;
    const { status } = await this.ask(from, 'POST', `User/${encodeURIComponent(from.user)}/Dialogs`, dialog);
    expect(status, 'MAKE_CALL is taken').toBeLessThan(300);
  }

  /** Finesse REST, asked by the browser. */
  async ask(person: Person, method: string, path: string, body?: string): Promise<Reply> {
    const page = await this.#controlPage();
    const authorization = `Basic ${Buffer.from(`${person.user}:${this.passwordOf(person)}`).toString('base64')}`;
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

  /** Everybody who was taken is signed out, as before. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const person of this.#taken.splice(0).reverse()) await this.#restore(person);
  }

  async #restore(person: Person): Promise<void> {
    await expect
      .poll(() => this.#stepTowardsSignedOut(person), {
        message: `${person.user} is signed out again at ${this.#visit.opening.machine.id}`,
        timeout: restoreMs,
      })
      .toBe('LOGOUT');
  }

  async #stepTowardsSignedOut(person: Person): Promise<string | null> {
    const state = await this.#stateOf(person);
    if (state === 'LOGOUT') return state;
    const { text } = await this.ask(person, 'GET', `User/${encodeURIComponent(person.user)}/Dialogs`);
    const drop = `<Dialog><targetMediaAddress>${person.extension ?? ''}</targetMediaAddress><requestedAction>DROP</requestedAction></Dialog>`;
    for (const [, id = ''] of text.matchAll(/<id>([^<]+)<\/id>/g)) await this.ask(person, 'PUT', `Dialog/${id}`, drop);
    const next = state === 'NOT_READY' ? 'LOGOUT' : 'NOT_READY';
    await this.#put(person, `<User><state>${next}</state></User>`);
    return this.#stateOf(person);
  }

  async #stateOf(person: Person): Promise<string | null> {
    return stateIn((await this.ask(person, 'GET', `User/${encodeURIComponent(person.user)}`)).text);
  }

  async #put(person: Person, body: string): Promise<void> {
    await this.ask(person, 'PUT', `User/${encodeURIComponent(person.user)}`, body);
  }

  /** A page of the same origin as the REST API, out of the sight of the visit. */
  async #controlPage(): Promise<Page> {
    const { browser } = this.#around;
    const { machine } = this.#visit.opening;
    const pages = controlPages.get(browser) ?? new Map<string, Page>();
    controlPages.set(browser, pages);
    const known = pages.get(machine.id);
    if (known !== undefined) return known;
    const page = await (await browser.newContext()).newPage();
    await page.goto(urlOf(machine, 8445, '/finesse/api/SystemInfo'));
    pages.set(machine.id, page);
    return page;
  }

  #noteRefusal(person: Person): void {
    mkdirSync(this.#around.folder, { recursive: true });
    appendFileSync(this.#refusals, `${this.#sortOf(person)}\n`);
  }

  #refusedBefore(person: Person): void {
    if (!existsSync(this.#refusals)) return;
    const refused = readFileSync(this.#refusals, 'utf8').split('\n');
    if (refused.includes(this.#sortOf(person))) this.#visit.cannotLook({ reason: 'not-authorised', as: person.user });
  }

  get #refusals(): string {
    return join(this.#around.folder, 'refused-accounts');
  }

  #sortOf({ user }: Person): string {
    return `${user} at ${this.#visit.opening.machine.id}`;
  }
}

function article(role: Role): string {
  return /^[aeiou]/.test(role) ? 'an' : 'a';
}

function stateIn(user: string): string | null {
  return /<state>(\w+)<\/state>/.exec(user)?.[1] ?? null;
}
