import { ProbeError } from '#model/errors.ts';
import { ask, type HttpAnswer, type HttpLimits, type HttpRequest, type VerifiedServer } from './verified-https.ts';

/** A web server that asks for a password (HTTP Basic, RFC 7617). It is given to a server that has proved itself, and to no other. */
export interface BasicAccess extends VerifiedServer {
  readonly user: string;
  readonly password: string;
}

/** What is asked: a form that is given makes it a POST. */
export interface Asked {
  readonly path: string;
  readonly accept: string;
  readonly form?: Readonly<Record<string, string>>;
}

/** Asks once and gives the body of a 200. Throws `ProbeError`. */
export async function askBasic(access: BasicAccess, asked: Asked, limits: HttpLimits): Promise<Buffer> {
  return bodyOf(await ask(access, requestOf(asked, basicAuthorisation(access)), limits), access, asked);
}

/** The words that give user and password away: for a server that has proved itself. */
export function basicAuthorisation({ user, password }: BasicAccess): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** What is asked, with the words that sign in. */
export function requestOf({ path, accept, form }: Asked, authorization: string): HttpRequest {
  const headers = { accept, authorization };
  if (form === undefined) return { method: 'GET', path, headers };
  return {
    method: 'POST',
    path,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  };
}

/** The body of a 200. Throws `ProbeError` for any other answer. */
export function bodyOf({ status, body }: HttpAnswer, { user }: BasicAccess, { path }: Asked): Buffer {
  if (status === 200) return body;
  if (status === 401) throw new ProbeError({ reason: 'not-authorised', as: user });
  throw unexpectedAnswer(path, `status ${String(status)}`);
}

/** An answer that is none of those known. */
export function unexpectedAnswer(to: string, answer: string): ProbeError {
  return new ProbeError({ reason: 'unexpected-answer', to, answer: answer.slice(0, 300) });
}
