import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import type { Inventory, Person } from '#inventory/load.ts';
import { loadSecret } from '#inventory/secret.ts';
import type { Role } from '#inventory/schema.ts';
import { FinesseRest, stateIn, userPath, type Reply } from './finesse-rest.ts';
import type { Ledger } from './ledger.ts';
import type { Mask } from './mask.ts';
import { patient, type Visit } from './visit.ts';

/** Milliseconds for an account to be as it was. */
const restoreMs = 15_000;

interface Surroundings {
  readonly browser: Browser;
  readonly inventory: Inventory;
  readonly mask: Mask;
  readonly ledger: Ledger;
}

/**
 * The test accounts of one visit, as Finesse has them: an account is taken only while it is signed out, and is signed
 * out again whatever happens. All is asked through the browser: a password goes only to a server that the PC trusts.
 */
export class Accounts implements AsyncDisposable {
  readonly #visit: Visit;
  readonly #around: Surroundings;
  readonly #finesse: FinesseRest;
  readonly #taken: Person[] = [];
  /** What the test asked of Finesse and has no reply to. */
  readonly #underWay = new Set<Promise<unknown>>();
  #hasEnded = false;

  constructor(visit: Visit, around: Surroundings) {
    this.#visit = visit;
    this.#around = around;
    this.#finesse = new FinesseRest(around.browser, visit.opening.machine, (person) => this.passwordOf(person));
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

  /** Types a password into the field that has the focus: what Playwright itself types stands in its reports. */
  async typePassword(page: Page, person: Person): Promise<void> {
    const text = this.passwordOf(person);
    if (page.context().browser()?.browserType().name() === 'firefox') {
      // The arguments of scripts stand in traces alone, which are masked.
      await page.evaluate(intoField, text);
      return;
    }
    const keyboard = await page.context().newCDPSession(page);
    await keyboard.send('Input.insertText', { text });
    await keyboard.detach();
  }

  /** Makes sure that nobody is disturbed, and that the account is signed out in the end. */
  async take(person: Person): Promise<void> {
    this.untried(person);
    const { status, text } = await this.#finesse.userOf(person);
    if (status === 401) {
      await this.#weigh(person);
      return;
    }
    const state = stateIn(text);
    if (status !== 200 || state === null)
      this.#visit.cannotLook({ reason: 'unexpected-answer', to: `GET User/${person.user}`, answer: String(status) });
    if (state !== 'LOGOUT') this.#visit.cannotLook({ reason: 'account-in-use', as: person.user, state });
    this.#mustGoOn();
    this.#taken.push(person);
    this.#around.ledger.signedIn(person.user, this.#machine);
  }

  /** Makes sure that the password of the account was not refused before. */
  untried({ user }: Person): void {
    if (this.#around.ledger.isRefused(user, this.#machine))
      this.#visit.cannotLook({ reason: 'not-authorised', as: user });
  }

  /** Ends the visit: the password is wrong, which is the account's problem and not the page's. */
  refused({ user }: Person): never {
    this.#around.ledger.refuse(user, null);
    this.#visit.cannotLook({ reason: 'not-authorised', as: user });
  }

  /** Claims that a form has let the account in. What it says instead is about the account. */
  async claimSignedIn(person: Person, first: Locator, refusal: Locator): Promise<void> {
    const either = first.or(refusal).first();
    await this.#visit.claim(`${person.user} is signed in`, () => patient(either).toBeVisible());
    if (await refusal.first().isVisible()) this.refused(person);
  }

  /** Signs an account in, behind the scenes. */
  async signIn(person: Person): Promise<void> {
    await this.take(person);
    await this.#change(person, `<User><state>LOGIN</state><extension>${person.extension ?? ''}</extension></User>`);
    await expect
      .poll(() => this.#finesse.stateOf(person), { message: `${person.user} is signed in` })
      .toBe('NOT_READY');
  }

  /** Asks for a state, behind the scenes. */
  async turn(person: Person, state: 'READY' | 'NOT_READY'): Promise<void> {
    await this.#change(person, `<User><state>${state}</state></User>`);
  }

  /** Calls an extension from the telephone of an account. */
  async call(from: Person, to: Person): Promise<void> {
    const [fromAddress, toAddress] = [from.extension ?? '', to.extension ?? ''];
    const dialog = `<Dialog><requestedAction>MAKE_CALL</requestedAction><toAddress>${toAddress}</toAddress><fromAddress>${fromAddress}</fromAddress></Dialog>`;
    const { status } = await this.ask(from, 'POST', `${userPath(from)}/Dialogs`, dialog);
    expect(status, 'MAKE_CALL is taken').toBeLessThan(300);
  }

  /** Finesse REST, asked by the browser. */
  async ask(person: Person, method: string, path: string, body?: string): Promise<Reply> {
    this.#mustGoOn();
    const reply = this.#finesse.ask(person, method, path, body);
    this.#underWay.add(reply);
    return reply.finally(() => this.#underWay.delete(reply));
  }

  /** Everybody who was taken is signed out, as before; a test that was interrupted, and runs on, signs nobody in any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#hasEnded = true;
    if (this.#taken.length > 0) await this.#visit.leave();
    await Promise.allSettled(this.#underWay);
    for (const person of this.#taken.splice(0).reverse()) await this.#restore(person);
  }

  #mustGoOn(): void {
    if (this.#hasEnded) throw new Error('the visit has ended, and nobody is signed in any more');
  }

  async #restore(person: Person): Promise<void> {
    await expect
      .poll(() => this.#finesse.stepTowardsSignedOut(person), {
        message: `${person.user} is signed out again at ${this.#machine}`,
        timeout: restoreMs,
      })
      .toBe('LOGOUT');
    this.#around.ledger.signedOut(person.user, this.#machine);
  }

  /** What the test itself changes. */
  async #change(person: Person, body: string): Promise<void> {
    await this.ask(person, 'PUT', userPath(person), body);
  }

  /**
   * Whose the refusal is. Where the machine takes another account it is the password of this one, which nobody tries again.
   * Where it takes none the machine is at fault, and its page may be asked once what it says: five refusals lock an account.
   */
  async #weigh(person: Person): Promise<void> {
    const { inventory, ledger } = this.#around;
    const others = inventory.people.filter(({ user, extension }) => user !== person.user && extension !== null);
    for (const other of others.filter(({ user }) => !ledger.isRefused(user, this.#machine))) {
      const { status } = await this.#finesse.userOf(other);
      if (status !== 401) this.refused(person);
      ledger.refuse(other.user, this.#machine);
    }
    if (others.length === 0) this.refused(person);
    ledger.refuse(person.user, this.#machine);
    if (person !== this.own) this.#visit.cannotLook({ reason: 'not-authorised', as: person.user });
  }

  get #machine(): string {
    return this.#visit.opening.machine.id;
  }
}

/** In the page: what somebody types, and that the page hears of it. */
function intoField(text: string): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement)) throw new TypeError('no field has the focus');
  field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

function article(role: Role): string {
  return /^[aeiou]/.test(role) ? 'an' : 'a';
}
