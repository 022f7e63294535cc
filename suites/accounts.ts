import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import { messageOf } from '#model/errors.ts';
import type { Inventory, Person } from '#inventory/load.ts';
import { companionWords, roleWords } from '#inventory/pages.ts';
import { loadSecret } from '#inventory/secret.ts';
import type { Role } from '#inventory/schema.ts';
import { FinesseRest, stateIn, userPath, type Reply } from './finesse-rest.ts';
import { chooseFree, type Availability, type Choice } from './free-accounts.ts';
import type { Ledger } from './ledger.ts';
import type { Mask } from './mask.ts';
import { patient, type Visit } from './visit.ts';

/** Milliseconds for an account to be as it was. */
const restoreMs = 15_000;

/** Milliseconds for another test of this run to end. */
const freeMs = 60_000;

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
  /** Whom no other test of this run may have. */
  readonly #reserved = new Set<Person>();
  #companion: Person | null = null;
  /** The machine took the password of nobody: its page is asked once what it says. */
  #isRefusedEverybody = false;
  /** What the test asked of Finesse and has no reply to. */
  readonly #underWay = new Set<Promise<unknown>>();
  #hasEnded = false;

  constructor(visit: Visit, around: Surroundings) {
    this.#visit = visit;
    this.#around = around;
    this.#finesse = new FinesseRest(around.browser, visit.opening.machine, (person) => this.passwordOf(person));
  }

  /** The account that the visit is made with, where it may be signed in more than once. Ends the visit where there is none. */
  get own(): Person {
    const untried = this.#candidates.find(({ user }) => !this.#around.ledger.isRefused(user, this.#machine));
    return (
      untried ?? this.#candidates[0] ?? this.#visit.cannotLook({ reason: 'no-account', role: roleWords(this.#role) })
    );
  }

  /** Ends the visit where the inventory has no account for it. */
  expectOne(): Person {
    return this.own;
  }

  /** Takes an account that can be signed in only once, and with it whoever must be there too. */
  async takeOwn(): Promise<Person> {
    const [first = this.own, companion] = await this.#take(this.#candidates, ...this.#companions);
    this.#companion = companion ?? null;
    return first;
  }

  /** Signs in, behind the scenes, who must be there beside the account of the visit. */
  async signInCompanion(): Promise<Person> {
    const { beside, role } = this.#visit.opening;
    if (beside === null || role === null) throw new TypeError('nobody is needed beside the account of this page');
    const [companions] = this.#companions;
    if (companions === undefined) this.#visit.cannotLook({ reason: 'no-account', role: companionWords(beside, role) });
    const [person] = this.#companion === null ? await this.#take(companions) : [this.#companion];
    if (person === undefined || !this.#taken.includes(person))
      this.#visit.cannotLook({ reason: 'not-authorised', as: person?.user ?? '' });
    await this.#change(person, `<User><state>LOGIN</state><extension>${person.extension ?? ''}</extension></User>`);
    await expect
      .poll(() => this.#finesse.stateOf(person), { message: `${person.user} is signed in` })
      .toBe('NOT_READY');
    return person;
  }

  get #role(): Role {
    return this.#visit.opening.role ?? 'agent';
  }

  get #candidates(): readonly Person[] {
    return this.#around.inventory.people.filter(({ role }) => role === this.#role);
  }

  /** Who may be there beside the account of the visit: one list, or none where the inventory has nobody. */
  get #companions(): readonly (readonly Person[])[] {
    const { people } = this.#around.inventory;
    const fitting = people.filter(({ role }) => this.#visit.opening.beside?.roles.includes(role) === true);
    return fitting.some((person) => person !== this.#candidates[0]) ? [fitting] : [];
  }

  /** Takes a free account of each list. Where only tests of this run have them, it waits for one to end. */
  async #take(...wanted: readonly (readonly Person[])[]): Promise<readonly Person[]> {
    const attempt = (): Promise<Choice> =>
      chooseFree(
        wanted,
        (person) => this.#lookAt(person),
        (person) => {
          this.#leave(person);
        },
      );
    const isWaiting = (each: Choice): boolean => 'failure' in each && each.isWorthWaiting;
    let choice = await attempt();
    if (isWaiting(choice))
      await expect
        .poll(async () => isWaiting((choice = await attempt())), { timeout: freeMs })
        .toBe(false)
        .catch(() => undefined);
    this.#mustGoOn();
    if ('failure' in choice) this.#visit.cannotLook(choice.failure);
    if (this.#isRefusedEverybody) return choice.chosen;
    for (const person of choice.chosen) {
      this.#taken.push(person);
      this.#around.ledger.signedIn(person.user, this.#machine);
    }
    return choice.chosen;
  }

  /** Whether an account is free; from then on it is kept from the other tests of this run. */
  async #lookAt(person: Person): Promise<Availability> {
    this.#mustGoOn();
    if (this.#isRefusedEverybody) return 'free';
    if (!this.#around.ledger.reserve(person.user)) return 'of another test';
    this.#reserved.add(person);
    if (this.#around.ledger.isRefused(person.user, this.#machine)) {
      this.#leave(person);
      return 'refused';
    }
    const { status, text } = await this.#finesse.userOf(person);
    if (status === 401) return this.#weigh(person);
    const state = stateIn(text);
    if (status !== 200 || state === null)
      this.#visit.cannotLook({ reason: 'unexpected-answer', to: `GET User/${person.user}`, answer: String(status) });
    if (state === 'LOGOUT') return 'free';
    this.#leave(person);
    return { state };
  }

  #leave(person: Person): void {
    if (this.#reserved.delete(person)) this.#around.ledger.release(person.user);
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

  /**
   * Signs in by a form, with the first account of the role that it takes: a wrong password is the account's problem and not the
   * page's, and each is tried once. `send` opens the form, fills it and sends it.
   */
  async signInByForm(send: (person: Person) => Promise<void>, first: Locator, refusal: Locator): Promise<void> {
    const { ledger } = this.#around;
    const untried = this.#candidates.filter(({ user }) => !ledger.isRefused(user, this.#machine));
    this.expectOne();
    for (const person of untried) {
      await send(person);
      const either = first.or(refusal).first();
      await this.#visit.claim(`${person.user} is signed in`, () => patient(either).toBeVisible());
      if (!(await refusal.first().isVisible())) return;
      ledger.refuse(person.user, null);
    }
    const users = this.#candidates.map(({ user }) => user).join(', ');
    this.#visit.cannotLook({ reason: 'not-authorised', as: users });
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
    const failures: unknown[] = [];
    for (const person of this.#taken.splice(0).reverse())
      await this.#restore(person).catch((error: unknown) => failures.push(error));
    for (const person of [...this.#reserved]) this.#leave(person);
    if (failures.length > 0) throw new Error(failures.map(messageOf).join('; '), { cause: failures[0] });
  }

  #mustGoOn(): void {
    if (this.#hasEnded) throw new Error('the visit has ended, and nobody is signed in any more');
  }

  async #restore(person: Person): Promise<void> {
    await expect
      // An answer that does not come, of a busy node or a page that went, is no reason to leave somebody signed in: poll would end with it.
      .poll(() => this.#finesse.stepTowardsSignedOut(person).catch(messageOf), {
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
   * Whose the refusal is. Where the machine takes another account it is the password of this one, which nobody tries again anywhere.
   * Where it takes none the machine is at fault, and its page may be asked once what it says: five refusals lock an account.
   */
  async #weigh(person: Person): Promise<Availability> {
    const { inventory, ledger } = this.#around;
    const others = inventory.people.filter(({ user, extension }) => user !== person.user && extension !== null);
    const refused = [person];
    let isTheirs = others.length === 0;
    for (const other of others.filter(({ user }) => !ledger.isRefused(user, this.#machine))) {
      const { status } = await this.#finesse.userOf(other);
      isTheirs = status !== 401;
      if (isTheirs) break;
      refused.push(other);
      ledger.refuse(other.user, this.#machine);
    }
    if (isTheirs) {
      for (const { user } of refused) ledger.refuse(user, null);
      this.#leave(person);
      return 'refused';
    }
    ledger.refuse(person.user, this.#machine);
    if (person.role !== this.#role) this.#visit.cannotLook({ reason: 'not-authorised', as: person.user });
    this.#isRefusedEverybody = true;
    return 'free';
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
