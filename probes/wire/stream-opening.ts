import { Malformation } from './bytes.ts';

/** After bytes came in: wait for more, ask for TLS, begin with it, or the end because the server offers none. */
export type StreamProgress =
  | { readonly next: 'more' }
  | { readonly next: 'send'; readonly bytes: Buffer }
  | { readonly next: 'tls' }
  | { readonly next: 'no-tls' };

/** A server that says more than this before TLS is no XMPP server that anybody knows. */
const mostBytes = 1 << 14;
const tls = 'urn:ietf:params:xml:ns:xmpp-tls';

/** What ends a wait for the features, RFC 6120 sections 4.3.2 and 4.9. A name ends with a character behind it: where a piece ends says nothing. */
const features = /<stream:features\s*\/>|<\/stream:features\s*>|<stream:error[\s/>]|<\/stream:stream\s*>/;
/** What answers a request for TLS, section 5.4.2.3; both ways of writing an empty element. */
const answer =
  /<proceed(?=[\s/>])[^<>]*?(?:\/>|>\s*<\/proceed\s*>)|<failure[\s/>]|<stream:error[\s/>]|<\/stream:stream\s*>/;

/**
 * The way to TLS on a port that begins in XMPP (RFC 6120 section 5): our stream header, the server's features, `<starttls/>`, `<proceed/>`. Pure but for its own
 * state. It looks for the few elements that matter and reads no XML, so that nothing a peer sends is expanded.
 */
export class StreamOpening {
  readonly #to: string;
  #text = '';
  #isAsked = false;

  /** `to`: the name of the host; what XML has a meaning for is left out. */
  constructor(to: string) {
    this.#to = to.replace(/[^\w.:-]/g, '');
  }

  /** The first bytes to send. */
  get header(): Buffer {
    return Buffer.from(
      `<?xml version='1.0'?><stream:stream to='${this.#to}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`,
    );
  }

  /** Takes bytes as they come, in pieces of any size. */
  push(bytes: Buffer): StreamProgress {
    this.#text += bytes.toString('latin1');
    const found = (this.#isAsked ? answer : features).exec(this.#text);
    const end = found === null ? this.#text.length : found.index + found[0].length;
    if (end > mostBytes) throw new Malformation('more XMPP than a stream begins with');
    // Without this, a peer of another language would be waited for until the deadline.
    const begin = this.#text.trimStart();
    if (!this.#isAsked && !['<?xml', '<stream'].some((word) => word.startsWith(begin.slice(0, word.length))))
      return { next: 'no-tls' };
    if (found === null) return { next: 'more' };
    const before = this.#text.slice(0, end);
    const after = this.#text.slice(end);
    if (this.#isAsked) {
      if (!found[0].startsWith('<proceed')) return { next: 'no-tls' };
      // Section 5.4.3.3: what follows is TLS, and the client speaks first there. Anything else was put in by somebody.
      if (after !== '') throw new Malformation('bytes between <proceed/> and TLS');
      return { next: 'tls' };
    }
    if (!new RegExp(`<starttls\\s[^<>]*xmlns=['"]${tls}['"]`).test(before)) return { next: 'no-tls' };
    this.#isAsked = true;
    this.#text = after;
    return { next: 'send', bytes: Buffer.from(`<starttls xmlns='${tls}'/>`) };
  }
}
