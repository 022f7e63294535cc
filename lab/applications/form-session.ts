import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { setCookie } from 'hono/cookie';
import { parse } from 'hono/utils/cookie';
import type { Asked } from './application.ts';

/** The text of a form's field; empty where it is missing or a file. */
export function textOf(field: unknown): string {
  return typeof field === 'string' ? field : '';
}

/** Who is signed in to the pages of one server, by a cookie. */
export class FormSessions {
  readonly #cookie: string;
  readonly #path: string;
  readonly #users = new Map<string, string>();

  constructor(cookie: string, path = '/') {
    this.#cookie = cookie;
    this.#path = path;
  }

  /** Whose session the cookies of a request name. */
  userOf(request: Asked): string | null {
    return this.#users.get(this.#idOf(request)) ?? null;
  }

  open(context: Context, user: string): void {
    const id = randomBytes(16).toString('hex').toUpperCase();
    this.#users.set(id, user);
    setCookie(context, this.#cookie, id, { path: this.#path, secure: true, httpOnly: true });
  }

  close(request: Asked): void {
    this.#users.delete(this.#idOf(request));
  }

  #idOf(request: Asked): string {
    return parse(request.header('cookie') ?? '', this.#cookie)[this.#cookie] ?? '';
  }
}
