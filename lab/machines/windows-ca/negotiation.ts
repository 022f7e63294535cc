import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket, type PeerCertificate } from 'node:tls';
import { basicOf } from '../request-body.ts';
import type { SignIn } from '../sign-in.ts';
import { bindingOf, newChallenge, ntlmKind, readAnswer, type NtlmAnswer } from './ntlm.ts';

/** How far a connection has come: NTLM signs in connections, not requests. */
type Progress = { readonly at: 'challenged'; readonly challenge: Buffer } | { readonly at: 'signed-in' };

/** `LAB\name` and `name@lab.example` are the name. */
function accountOf(user: string): string {
  return user.replace(/^.*\\/, '').replace(/@.*$/, '');
}

/** Sign-in as IIS offers it: NTLM, and Basic. */
export class Negotiation {
  readonly #fqdn: string;
  readonly #signIn: SignIn;
  readonly #isHardened: () => boolean;
  readonly #connections = new WeakMap<object, Progress>();

  constructor(fqdn: string, signIn: SignIn, isHardened: () => boolean) {
    this.#fqdn = fqdn;
    this.#signIn = signIn;
    this.#isHardened = isHardened;
  }

  /** Whether the request may go on. Otherwise it has been answered: with a challenge, or with what can be tried. */
  admits(request: IncomingMessage, response: ServerResponse): boolean {
    const who = basicOf(request);
    if (who !== null && !this.#isHardened()) {
      if (this.#signIn.check(accountOf(who.user), who.password) === 'accepted') return true;
      return this.#refuse(request, response);
    }
    const message = /^NTLM (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (message === undefined) {
      return this.#connections.get(request.socket)?.at === 'signed-in' || this.#refuse(request, response);
    }
    return this.#continue(Buffer.from(message, 'base64'), request, response);
  }

  #continue(message: Buffer, request: IncomingMessage, response: ServerResponse): boolean {
    const progress = this.#connections.get(request.socket);
    this.#connections.delete(request.socket);
    if (ntlmKind(message) === 1) {
      const [host = '', domain = ''] = this.#fqdn.split('.');
      const next = newChallenge(host, domain);
      this.#connections.set(request.socket, { at: 'challenged', challenge: next.challenge });
      return this.#refuse(request, response, [`NTLM ${next.message.toString('base64')}`]);
    }
    const answer = progress?.at === 'challenged' ? readAnswer(message, progress.challenge) : null;
    if (answer === null || !this.#isBound(answer, request)) return this.#refuse(request, response);
    if (this.#signIn.checkProof(accountOf(answer.user), answer.proves) !== 'accepted')
      return this.#refuse(request, response);
    this.#connections.set(request.socket, { at: 'signed-in' });
    return true;
  }

  /** An answer that names a connection must be for this one; with extended protection it must name one. */
  #isBound({ binding }: NtlmAnswer, { socket }: IncomingMessage): boolean {
    if (binding === null || binding.every((octet) => octet === 0)) return !this.#isHardened();
    const own = socket instanceof TLSSocket ? (socket.getCertificate() as PeerCertificate | null) : null;
    return own !== null && binding.equals(bindingOf(own.raw));
  }

  #refuse(
    request: IncomingMessage,
    response: ServerResponse,
    ways: readonly string[] = this.#isHardened() ? ['NTLM'] : ['NTLM', `Basic realm="${this.#fqdn}"`],
  ): false {
    request.resume();
    response.writeHead(401, { 'www-authenticate': [...ways], 'content-type': 'text/html' });
    response.end('<h1>401 - Unauthorized: Access is denied due to invalid credentials.</h1>\n');
    return false;
  }
}
