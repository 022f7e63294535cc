import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What must be known beyond one process: whose password was refused, so that nobody tries it again; whom a test has, so that
 * no other takes the same account; and who is signed in, so that whoever ends the suites by force is told (workflow/suites.ts). The folders
 * `reserved` and `signed-in` hold an empty file for each.
 */
export class Ledger {
  readonly #refusals: string;
  readonly #signedIn: string;
  readonly #reserved: string;

  constructor(folder: string) {
    this.#reserved = join(folder, 'reserved');
    mkdirSync(this.#reserved, { recursive: true });
    this.#signedIn = join(folder, 'signed-in');
    this.#refusals = join(folder, 'refused-accounts');
    mkdirSync(this.#signedIn, { recursive: true });
  }

  /** Notes a refusal: by one machine that refuses everybody, or of a password that is wrong everywhere. */
  refuse(user: string, machine: string | null): void {
    appendFileSync(this.#refusals, `${machine === null ? user : atMachine(user, machine)}\n`);
  }

  isRefused(user: string, machine: string): boolean {
    if (!existsSync(this.#refusals)) return false;
    const lines = readFileSync(this.#refusals, 'utf8').split('\n');
    return lines.includes(user) || lines.includes(atMachine(user, machine));
  }

  /** Keeps an account from every other test, in whichever process; false where one has it. A cluster has one state of it. */
  reserve(user: string): boolean {
    try {
      writeFileSync(join(this.#reserved, encodeURIComponent(user)), '', { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  release(user: string): void {
    rmSync(join(this.#reserved, encodeURIComponent(user)), { force: true });
  }

  signedIn(user: string, machine: string): void {
    writeFileSync(this.#fileOf(user, machine), '');
  }

  signedOut(user: string, machine: string): void {
    rmSync(this.#fileOf(user, machine), { force: true });
  }

  #fileOf(user: string, machine: string): string {
    return join(this.#signedIn, encodeURIComponent(atMachine(user, machine)));
  }
}

function atMachine(user: string, machine: string): string {
  return `${user} at ${machine}`;
}
