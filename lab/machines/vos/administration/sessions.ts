import { randomBytes, randomInt } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { seen } from './names.ts';

const mostSessions = 200;
const tokenLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** What the server remembers of one browser. */
export interface BrowserSession {
  /** Who signed in, or null. */
  user: string | null;
  /** The page that was asked for before the sign-in. */
  wanted: string | null;
  /** Tokens of forms that were shown and not yet sent. */
  readonly tokens: Set<string>;
}

/** The sessions of one web server, by cookie. Tomcat forgets them when it restarts. */
export class Sessions {
  readonly #sessions = new Map<string, BrowserSession>();

  /** The browser's session; a browser without one gets a new one. */
  of(request: IncomingMessage, response: ServerResponse): BrowserSession {
    const known = this.#sessions.get(this.#cookieOf(request));
    return known ?? this.#start(response, { user: null, wanted: null, tokens: new Set() });
  }

  /** After the sign-in the session goes on under another id: whoever knew the old one is not signed in. */
  signIn(request: IncomingMessage, response: ServerResponse, user: string): void {
    this.end(request);
    this.#start(response, { user, wanted: null, tokens: new Set() });
  }

  end(request: IncomingMessage): void {
    this.#sessions.delete(this.#cookieOf(request));
  }

  clear(): void {
    this.#sessions.clear();
  }

  #cookieOf({ headers }: IncomingMessage): string {
    return new RegExp(`(?:^|;\\s*)${seen.session}=([0-9A-F]+)`).exec(headers.cookie ?? '')?.[1] ?? '';
  }

  #start(response: ServerResponse, session: BrowserSession): BrowserSession {
    const id = randomBytes(16).toString('hex').toUpperCase();
    const [oldest] = this.#sessions.keys();
    if (oldest !== undefined && this.#sessions.size >= mostSessions) this.#sessions.delete(oldest);
    this.#sessions.set(id, session);
    response.setHeader('set-cookie', `${seen.session}=${id}; Path=/cmplatform; Secure; HttpOnly`);
    return session;
  }
}

/** A token for one form: it is taken once. */
export function newToken({ tokens }: BrowserSession): string {
  const token = Array.from({ length: 32 }, () => tokenLetters[randomInt(tokenLetters.length)]).join('');
  tokens.add(token);
  return token;
}
