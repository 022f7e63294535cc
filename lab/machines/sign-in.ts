import { createHash, timingSafeEqual } from 'node:crypto';

/** Who administers the lab's machines. */
export interface Administrator {
  readonly user: string;
  readonly password: string;
}

export type SignInResult = 'accepted' | 'refused' | 'locked';

const wrongPasswordsAllowed = 5;
const lockedMilliseconds = 300_000; // inferred: `set accountlocking unlocktime` has another default in some guides

/** Compares secrets in a time that tells nothing of them. */
export function areSame(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** Who may administer a machine. Five wrong passwords lock the account, for pages, programs and SSH alike. */
export class SignIn {
  readonly #administrator: Administrator;
  readonly #now: () => Date;
  #wrong = 0;
  #lockedUntil = 0;

  constructor(administrator: Administrator, now: () => Date) {
    this.#administrator = administrator;
    this.#now = now;
  }

  check(user: string, password: string): SignInResult {
    return this.checkProof(user, (own) => areSame(own, password));
  }

  /** The same where the password itself is not sent: `proves` says whether the proof was made with the right one. */
  checkProof(user: string, proves: (password: string) => boolean): SignInResult {
    if (!areSame(user, this.#administrator.user)) return 'refused';
    if (this.#now().getTime() < this.#lockedUntil) return 'locked';
    if (proves(this.#administrator.password)) {
      this.#wrong = 0;
      return 'accepted';
    }
    this.#wrong += 1;
    if (this.#wrong < wrongPasswordsAllowed) return 'refused';
    this.unlock();
    this.#lockedUntil = this.#now().getTime() + lockedMilliseconds;
    return 'locked';
  }

  unlock(): void {
    this.#wrong = 0;
    this.#lockedUntil = 0;
  }
}
